"""Reads the data files of a built site with readers that have nothing to do with nianbao, and compares them.

    read.py SITE

SITE is a folder made by `nianbao build`. Every observation is read from CSV, JSON, the workbook, the files of its indicator
and its region, and from the grid of its indicator's page; all must agree to the last digit. datapackage.json must be valid
and describe what is there. No cell may be a formula, and none may become one. Ends with status 1 and a list of faults.
"""

import csv
import json
import sys
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import frictionless
import openpyxl

TABLES = ["observations", "indicators", "regions", "targets", "derived"]
RISKY = ("=", "+", "-", "@", "\t", "\r")
faults = []


def expect(right, fault):
    if not right:
        faults.append(fault)


def is_number(text):
    try:
        Decimal(text)
        return True
    except ArithmeticError:
        return False


def read_csv(path):
    """The rows of a CSV file as they were before spreadsheets were kept from running them."""
    data = path.read_bytes()
    expect(data.startswith(b"\xef\xbb\xbf"), f"{path}: no byte order mark")
    expect(data.count(b"\n") >= 1 and data.endswith(b"\r\n"), f"{path}: lines end otherwise than RFC 4180 says")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), strict=True))
    for number, row in enumerate(rows):
        for cell in row:
            expect(not cell.startswith(RISKY) or is_number(cell), f"{path}:{number + 1}: a formula: {cell}")
    bare = lambda cell: cell[1:] if cell[:1] == "'" and cell[1:].startswith(RISKY) else cell
    return [dict(zip(rows[0], map(bare, row), strict=True)) for row in rows[1:]]


def read_json(path):
    return json.loads(path.read_text("utf-8"))


def read_sheet(path, sheet, columns):
    """The rows of a sheet: titles in the first line, names in the second."""
    lines = sheet.iter_rows()
    next(lines)
    names = [cell.value for cell in next(lines)]
    expect(names == columns, f"{path} {sheet.title}: columns {names}")
    expect(sheet.freeze_panes == "A3", f"{path} {sheet.title}: frozen at {sheet.freeze_panes}")
    expect((sheet.auto_filter.ref or "").startswith("A2:"), f"{path} {sheet.title}: filter {sheet.auto_filter.ref}")
    rows = []
    for line in lines:
        row = {}
        for name, cell in zip(names, line, strict=True):
            expect(cell.data_type != "f", f"{path} {sheet.title} {cell.coordinate}: a formula: {cell.value}")
            if cell.data_type == "s" and cell.value.startswith(RISKY):
                expect(cell.quotePrefix, f"{path} {sheet.title} {cell.coordinate}: would become a formula when edited")
            row[name] = number(cell) if cell.data_type == "n" and cell.value is not None else cell.value or ""
        rows.append(row)
    return rows


def number(cell):
    """The figure a cell shows: its value with the digits its format prints."""
    places = len(cell.number_format.partition(".")[2])
    shown = f"{Decimal(repr(cell.value)):.{places}f}"
    return shown if Decimal(shown) == Decimal(repr(cell.value)) else repr(cell.value)


def read_book(path, tables):
    """The rows of each table of a workbook; a table too long for a sheet goes on in the next."""
    book = openpyxl.load_workbook(path)
    cover, *sheets = book.worksheets
    text = [str(cell.value) for line in cover.iter_rows() for cell in line if cell.value]
    expect(len(text) > 20, f"{path}: the cover says little: {text}")
    found = {}
    for sheet in sheets:
        names = [cell.value for cell in sheet[2]]
        table = next((table for table, columns in tables.items() if columns == names), None)
        expect(table is not None, f"{path} {sheet.title}: columns of no table: {names}")
        if table:
            found.setdefault(table, []).extend(read_sheet(path, sheet, tables[table]))
    return found, book.properties.created


def same(one, other, what):
    expect(len(one) == len(other), f"{what}: {len(one)} rows and {len(other)}")
    for number, (a, b) in enumerate(zip(one, other)):
        differing = [name for name in a if a[name] != b.get(name)]
        expect(not differing and a.keys() == b.keys(), f"{what}, row {number + 1}: {differing}: {a} and {b}")


class Page(HTMLParser):
    """The rows of the grid below `s-grid` as (address of the region, period, value, text), and links with their words."""

    def __init__(self, text):
        super().__init__()
        self.inside, self.head, self.cells, self.links, self.link, self.skip = False, [], [], [], None, 0
        self.kind = self.at = self.region = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "section":
            self.inside = attributes.get("aria-labelledby") == "s-grid"
        elif tag == "a":
            self.link = [attributes.get("href", ""), ""]
            if self.inside and self.kind == "row":
                self.region = attributes["href"]
        elif self.inside and tag == "th":
            self.kind = "head" if attributes.get("scope") == "col" else "row"
            if self.kind == "head":
                self.head.append("")
            else:
                self.at = 0
        elif self.inside and tag == "td":
            self.kind, self.at = "cell", self.at + 1
            self.cells.append({"region": self.region, "period": self.head[self.at], "value": None, "text": ""})
        elif self.inside and tag == "data" and self.kind == "cell":
            self.cells[-1]["value"] = attributes["value"]
        if self.skip or (tag == "span" and set(attributes.get("class", "").split()) & {"u", "flag", "sub", "note"}):
            self.skip += tag == "span"

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.kind = None
        elif tag == "a" and self.link:
            self.links.append(tuple(self.link))
            self.link = None
        elif tag == "span" and self.skip:
            self.skip -= 1

    def handle_data(self, data):
        if self.link:
            self.link[1] += data
        if self.inside and self.kind == "head":
            self.head[-1] += data
        elif self.inside and self.kind == "cell" and not self.skip:
            self.cells[-1]["text"] += data.strip()


def compare_pages(site, observations, units):
    """Every value of the site itself against the grid of its indicator's page."""
    labels = {}
    for address, words in Page((site / "years/index.html").read_text("utf-8")).links:
        labels[address.removesuffix("/index.html")] = words.strip()
    compared, elsewhere = 0, 0
    for indicator in sorted({one["INDICATOR"] for one in observations}):
        page = Page((site / "indicators" / indicator / "index.html").read_text("utf-8"))
        cells = {(unquote(cell["region"]).split("/")[-2], cell["period"]): cell for cell in page.cells if cell["region"]}
        shown = {place for place, cell in cells.items() if cell["value"] is not None}
        for one in observations:
            if one["INDICATOR"] != indicator or one["ROLE"] not in ("actual", "derived") or not one["OBS_VALUE"]:
                continue
            place = (one["REF_AREA"], labels[one["TIME_PERIOD"].replace("/", "_")])
            what = f"indicators/{indicator}, {place}"
            cell = cells.get(place)
            if cell is None:
                faults.append(f"{what}: not on the page: {one['AS_WRITTEN']}")
                continue
            expect(one["AS_WRITTEN"].startswith(cell["text"]), f"{what}: {cell['text']} and {one['AS_WRITTEN']}")
            if one["BOUND"] != "eq":
                expect(cell["value"] is None, f"{what}: {one['AS_WRITTEN']} stands as a value: {cell['value']}")
                continue
            shown.discard(place)
            if one["UNIT_MEASURE"] == units[indicator]:
                value = Decimal(one["OBS_VALUE"]).scaleb(int(one["UNIT_MULT"]))
                expect(cell["value"] and Decimal(cell["value"]) == value, f"{what}: {cell['value']} and {value}")
                compared += 1
            else:
                elsewhere += 1
        expect(not shown, f"indicators/{indicator}: values of no observation: {sorted(shown)}")
    expect(compared > 10 * elsewhere, f"only {compared} values compare, {elsewhere} stand in another unit")
    return compared


def main(site):
    data = site / "data"
    report = frictionless.validate(str(data / "datapackage.json"))
    expect(report.valid, f"datapackage.json: {report.flatten(['code', 'message'])}")
    package = frictionless.Package(str(data / "datapackage.json"))
    expect([resource.name for resource in package.resources] == TABLES, "datapackage.json: other tables")
    columns = {resource.name: [field.name for field in resource.schema.fields] for resource in package.resources}
    whole = {table: read_csv(data / f"{table}.csv") for table in TABLES}
    for resource in package.resources:
        numbers = [field.name for field in resource.schema.fields if field.type in ("number", "integer")]
        for written, read in zip(whole[resource.name], resource.read_rows(), strict=True):
            for name in numbers:
                text = written[name]
                expect(read[name] == (Decimal(text) if text else None), f"{resource.name} {name}: {read[name]}, {text}")

    observations = whole["observations"]
    same(observations, read_json(data / "observations.json"), "observations.csv and .json")
    book, created = read_book(data / "observations.xlsx", columns)
    expect(str(created.date()) == package.created[:10], f"observations.xlsx: made on {created}")
    for table in TABLES:
        same(whole[table], book.get(table, []), f"{table}.csv and observations.xlsx")

    parts = 0
    for folder, column in (("indicators", "INDICATOR"), ("regions", "REF_AREA")):
        for path in sorted((data / folder).glob("*.csv")):
            of = lambda rows: [row for row in rows if row[column] == path.stem]
            rows = read_csv(path)
            same(of(observations), rows, f"observations.csv and {path.name}")
            same(rows, read_json(path.with_suffix(".json")), f"{path.name} and .json")
            book, _ = read_book(path.with_suffix(".xlsx"), columns)
            for table in ("observations", "targets", "derived"):
                same(of(whole[table]), book.get(table, []), f"{table}.csv and {path.stem}.xlsx")
            parts += len(rows)
    expect(parts == 2 * len(observations), f"{parts} rows by indicator and region, {len(observations)} observations")

    units = {row["INDICATOR"]: row["UNIT_MEASURE"] for row in whole["indicators"]}
    compared = compare_pages(site, observations, units)
    print(f"{len(observations)} observations agree in all files, {compared} with the pages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    if faults:
        print(f"{len(faults)} faults:", *faults[:30], sep="\n", file=sys.stderr)
        sys.exit(1)
