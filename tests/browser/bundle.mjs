// Opens an unpacked bundle from disk as a reviewer does, without scripts: the first page, then home, a report and its proof
// sheet by their links. Prints one line for every dead link and every request that leaves the folder.
//
//     node bundle.mjs FOLDER CHROMIUM         (ends with status 1 when something was found)

import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NIANBAO_TEST_TOOLS, "package.json"));
const { chromium } = require("playwright-core");

const [folder, executablePath] = process.argv.slice(2);
const root = pathToFileURL(path.resolve(folder)).href + "/";
const faults = [];

// Whether everything a page links to lies in the folder and is there.
async function look(page) {
  const here = decodeURI(page.url().slice(root.length));
  const links = await page.locator("a[href]").evaluateAll((all) => all.map((one) => new URL(one.getAttribute("href"), document.baseURI).href));
  const inside = links.filter((link) => link.startsWith("file:"));
  for (const link of new Set(inside)) {
    const at = link.split(/[?#]/)[0];
    if (!at.startsWith(root)) faults.push(`${here}: leads out to ${link}`);
    else if (!existsSync(fileURLToPath(at))) faults.push(`${here}: dead link ${link}`);
  }
  if (inside.length === 0) faults.push(`${here}: no links`);
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!request.url().startsWith(root) && !request.url().startsWith("data:")) faults.push(`asks for ${request.url()}`);
    });
    page.on("requestfailed", (request) => {
      // A chart that was still loading its script when the page was left.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`cannot load ${request.url()}: ${request.failure()?.errorText}`);
    });
    const follow = async (selector) => {
      await page.locator(selector).first().click();
      await page.waitForLoadState("load");
      await look(page);
    };
    const first = root + encodeURIComponent("先看这里.html");
    await page.goto(first);
    await look(page);
    await follow('a[href="site/index.html"]');
    if (!page.url().endsWith("/site/index.html")) faults.push(`home is ${page.url()}`);
    await follow('a[href*="reports/"]');
    if (!page.url().includes("/site/reports/")) faults.push(`a report is ${page.url()}`);
    await follow('a[href="proof.html"]');
    if (!page.url().endsWith("/proof.html")) faults.push(`a proof sheet is ${page.url()}`);
    await page.goto(first);
    await follow('a[href$="/proof.html"]');
    await page.goto(first);
    await page.locator('a[href="findings.html"]').click();
    await page.waitForLoadState("load");
    if ((await page.locator("h1").count()) !== 1) faults.push("the findings have no heading");
    await context.close();
  }
} finally {
  await browser.close();
}
console.log(faults.length ? [...new Set(faults)].join("\n") : "nothing to mend");
process.exitCode = faults.length ? 1 : 0;
