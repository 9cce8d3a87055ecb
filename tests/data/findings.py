"""Checks files of findings against the schemas in `schemas/`.

    findings.py FILE.sarif|FILE.xml …

Ends with status 1 and the first fault of each file that has one.
"""

import json
import sys
from pathlib import Path

import jsonschema
import xmlschema

SCHEMAS = Path(__file__).parent / "schemas"


def fault(path):
    if path.suffix == ".sarif":
        schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
        validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
        error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(path.read_text("utf-8"))))
        return error and f"{error.json_path}: {error.message}"
    error = next(xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").iter_errors(path), None)
    return error and f"{error.path}: {error.reason}"


faults = [f"{path}: {words}" for path in map(Path, sys.argv[1:]) if (words := fault(path))]
print(*faults, sep="\n", file=sys.stderr)
sys.exit(bool(faults))
