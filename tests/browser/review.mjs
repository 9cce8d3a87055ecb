// Pages with panels as a reviewer meets them: keys from finding to finding and page to page, figures that light up, from disk
// and under a strict policy, with and without scripts, wide and narrow, on paper.
//
//     node review.mjs FOLDER CHROMIUM         (FOLDER is a site built with --review in which two reports have findings)

import { disk, equal, holds, open, run, serve } from "./site.mjs";

const FIRST = "reports/429006/2020/index.html";
const LAST = "reports/429006/2021/index.html";
const server = await serve();
const focused = (page) => page.evaluate(() => document.activeElement.id);
const isOpen = (page) => page.locator("#nianbao-review > details").evaluate((one) => one.open);

await run({
  async keys(browser) {
    for (const root of [disk, server.root]) {
      const { page, faults } = await open(await browser.newContext());
      await page.goto(root + FIRST);
      equal(await isOpen(page), false, "closed at first");
      const count = await page.locator("#nianbao-review .findings > li").count();
      holds(count > 0, "findings");
      for (let at = 1; at <= count; at += 1) {
        await page.keyboard.press("n");
        equal(await focused(page), `nianbao-review-${at}`, `finding ${at}`);
      }
      equal(await isOpen(page), true, "open");
      await Promise.all([page.waitForURL(`**/${LAST}*`), page.keyboard.press("n")]);
      await page.waitForFunction(() => document.activeElement.id === "nianbao-review-1");
      equal(await isOpen(page), true, "open on the next page");
      await Promise.all([page.waitForURL(`**/${FIRST}*`), page.keyboard.press("p")]);
      await page.waitForFunction((id) => document.activeElement.id === id, `nianbao-review-${count}`);
      await page.keyboard.press("Escape");
      equal(await isOpen(page), false, "Escape closes");
      // Closed stays closed from page to page.
      await page.goto(root + "regions/index.html");
      equal(await isOpen(page), false, "closed elsewhere");
      await page.goto(root + "compare/index.html");
      await page.locator("input:not([type=hidden])").first().focus();
      await page.keyboard.press("n");
      holds(page.url().includes("compare/"), "a letter in a field is a letter");
      await page.goto(root + "review/index.html");
      equal(await page.locator("tbody tr").count(), 2, "reports of the overview");
      equal(faults, [], `messages below ${root}`);
      await page.context().close();
    }
  },

  async figures(browser) {
    const { page, faults } = await open(await browser.newContext({ viewport: { width: 1400, height: 900 } }));
    await page.goto(disk + LAST);
    await page.locator("#nianbao-review > details > summary").click();
    const line = page.locator("#nianbao-review .figures > li.backed").first();
    const lit = () => page.locator(".nianbao-review-lit").evaluateAll((all) => all.map((one) => one.textContent));
    await line.hover();
    equal(await lit(), ["125张"], "the figure in the text");
    await page.locator("h1").first().hover();
    equal(await lit(), [], "dark again");
    await line.locator("a").focus();
    equal(await lit(), ["125张"], "on focus");
    const covered = await page.evaluate(() => document.querySelector("main").getBoundingClientRect().right > document.querySelector("#nianbao-review").getBoundingClientRect().left);
    equal(covered, false, "the text is beside the panel");
    await page.goto(disk + LAST.replace("index", "proof"));
    await page.locator("#nianbao-review .figures > li.unbacked").first().hover();
    equal(await page.locator("tr.nianbao-review-lit").count(), 1, "the line of the proof sheet");
    equal(faults, [], "messages");
  },

  async narrow(browser) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, faults } = await open(await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme }));
      for (const path of [LAST, "review/index.html"]) {
        await page.goto(disk + path);
        await page.evaluate(() => document.querySelector("#nianbao-review > details")?.setAttribute("open", ""));
        equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${path} fits 360 px`);
      }
      equal(faults, [], "messages");
    }
  },

  async plain(browser) {
    const { page } = await open(await browser.newContext({ javaScriptEnabled: false }));
    await page.goto(disk + FIRST);
    await page.locator("#nianbao-review > details > summary").click();
    holds(await page.locator("#nianbao-review .findings > li").first().isVisible(), "findings without scripts");
    await page.locator("#nianbao-review .ways a").first().click();
    holds(page.url().endsWith("review/index.html"), "the overview without scripts");
    await page.locator("tbody th a").first().click();
    holds(page.url().includes("/reports/"), "a report from the overview");
    await page.emulateMedia({ media: "print" });
    equal(await page.locator("#nianbao-review > details").isVisible(), false, "no panel on paper");
    equal(await page.locator("#nianbao-review .paper").isVisible(), true, "a word on paper");
  },
}, server.close);
