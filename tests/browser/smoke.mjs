// Opens pages of a built site from disk, as a reviewer does, and prints one line for everything a reader should not meet:
// messages in the console, requests out of the folder, sideways scrolling, charts that do not show.
//
//     node smoke.mjs SITE CHROMIUM PAGE…       (PAGE is a path below SITE; ends with status 1 when something was found)

import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NIANBAO_TEST_TOOLS, "package.json"));
const { chromium } = require("playwright-core");

const [site, executablePath, ...pages] = process.argv.slice(2);
const root = pathToFileURL(path.resolve(site)).href + "/";
const faults = [];

// Everything that must hold on a page, once it is open.
async function look(page, circumstances) {
  const found = [];
  const { javaScriptEnabled, width } = circumstances;
  const size = await page.evaluate(() => {
    const scroll = document.scrollingElement;
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      if (box.right <= innerWidth + 0.5 || getComputedStyle(element).position === "fixed") return false;
      for (let at = element; at; at = at.parentElement) {
        if (at !== document.body && at !== document.documentElement && getComputedStyle(at).overflowX !== "visible") return false;
      }
      return true;
    });
    const name = (element) => element.tagName.toLowerCase() + (element.className ? "." + String(element.className.baseVal ?? element.className).replace(/ /g, ".") : "");
    return { scroll: scroll.scrollWidth, inner: innerWidth, wide: wide.slice(0, 3).map(name) };
  });
  if (size.scroll > size.inner) found.push(`scrolls sideways: ${size.scroll} > ${size.inner} (${size.wide.join(", ")})`);

  const figures = await page.locator("figure.chart").all();
  for (const [at, figure] of figures.entries()) {
    await figure.scrollIntoViewIfNeeded();
    const plot = figure.locator(".plot");
    const alive = javaScriptEnabled && (await plot.evaluate((element) => element.clientWidth)) >= 420;
    if (alive) {
      const drawn = await plot.locator(".live canvas, .live svg").first().waitFor({ state: "visible", timeout: 60000 }).then(() => true, () => false);
      if (!drawn) found.push(`chart ${at + 1} does not come alive within 60 s`);
    } else {
      const box = await plot.locator("svg").first().boundingBox().catch(() => null);
      if (!box || box.width < 100 || box.height < 60) found.push(`chart ${at + 1} shows no drawing: ${JSON.stringify(box)}`);
    }
  }
  if (width >= 1000 && javaScriptEnabled) circumstances.alive = (circumstances.alive ?? 0) + figures.length;
  return found;
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
let alive = 0;
try {
  for (const width of [1280, 360]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const javaScriptEnabled of [true, false]) {
        const circumstances = { width, colorScheme, javaScriptEnabled };
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, javaScriptEnabled });
        for (const name of pages) {
          const found = [];
          const page = await context.newPage();
          page.on("console", (message) => found.push(`console ${message.type()}: ${message.text()}`));
          page.on("pageerror", (error) => found.push(`error: ${error.message}`));
          page.on("request", (request) => {
            const url = request.url();
            if (!url.startsWith(root) && !url.startsWith("data:")) found.push(`asks for ${url}`);
          });
          page.on("requestfailed", (request) => found.push(`cannot load ${request.url()}: ${request.failure()?.errorText}`));
          await page.goto(root + name.split("/").map(encodeURIComponent).join("/"), { waitUntil: "load" });
          found.push(...(await look(page, circumstances)));
          await page.close();
          const where = `${name} at ${width} px, ${colorScheme}, JavaScript ${javaScriptEnabled ? "on" : "off"}`;
          faults.push(...[...new Set(found)].map((fault) => `${where}: ${fault}`));
        }
        alive += circumstances.alive ?? 0;
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
}
if (alive === 0) faults.push("no chart was met on any page");
console.log(faults.length ? faults.join("\n") : `nothing to mend on ${pages.length} pages`);
process.exitCode = faults.length ? 1 : 0;
