// What the browser tests share: the browser, a small server on this machine, and a list of checks that ends a script with
// status 1 when one fails.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NIANBAO_TEST_TOOLS, "package.json"));
const { chromium } = require("playwright-core");

export const [folder, executablePath] = process.argv.slice(2);
export const disk = pathToFileURL(path.resolve(folder)).href + "/";
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml" };

export const launch = () => chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

// Serves the site below /jb/ under a strict policy; `instead` holds texts that stand for files. Every address asked is kept.
export async function serve(instead = new Map()) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    asked.push(url.pathname + url.search);
    const name = decodeURIComponent(url.pathname).replace(/^\/jb\//, "");
    try {
      const body = instead.get(name) ?? (await readFile(path.join(folder, name)));
      response.writeHead(200, { "content-type": TYPES[path.extname(name)] ?? "application/octet-stream", "content-security-policy": POLICY });
      response.end(body);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { root: `http://127.0.0.1:${server.address().port}/jb/`, asked, close: () => server.close() };
}

// A page that keeps what no reader should meet: messages, errors, refused addresses, breaches of the policy.
export async function open(context) {
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.stack}`));
  // what a reader leaves before it has come is no fault of the site
  page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && faults.push(`cannot load ${request.url()}: ${request.failure()?.errorText}`));
  await page.addInitScript(() => {
    window.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
  });
  return { page, faults };
}

const failed = [];
let count = 0;

export function equal(got, expected, what) {
  count += 1;
  const [left, right] = [JSON.stringify(got), JSON.stringify(expected)];
  if (left !== right) failed.push(`${what}:\n    got      ${left}\n    expected ${right}`);
}

export function holds(truth, what) {
  count += 1;
  if (!truth) failed.push(what);
}

// Runs named parts one after the other, prints, and sets the exit status.
export async function run(parts, after = () => {}) {
  const browser = await launch();
  try {
    for (const [name, part] of Object.entries(parts)) {
      const before = failed.length;
      try {
        await part(browser);
      } catch (error) {
        failed.push(error.stack);
      }
      for (let at = before; at < failed.length; at += 1) failed[at] = `${name}: ${failed[at]}`;
    }
  } finally {
    await browser.close();
    after();
  }
  console.log(failed.length ? failed.join("\n") : `${count} checks hold`);
  process.exit(failed.length || count === 0 ? 1 : 0);
}
