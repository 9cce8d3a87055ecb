// The compare page as a reader uses it: choosing, the address, keyboard, downloads, without script; over http and from disk;
// and its ranks, changes and sentences against what the program wrote into the other pages.
//
//     node compare.mjs SITE CHROMIUM

import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { disk, equal, folder, holds, open, run, serve } from "./site.mjs";

const index = (() => {
  let found = null;
  vm.runInNewContext(readFileSync(path.join(folder, "data/compare.js"), "utf8"), { nianbao: { index: (data) => (found = data) } });
  return found;
})();
const START = "i=infant-mortality&r=429006,420000,100000&p=2015..2023&v=trend";

async function settled(page, hash) {
  await page.waitForFunction((wanted) => document.querySelector("#results").getAttribute("data-shown") === wanted, hash, { timeout: 60000 })
    .catch(() => { throw new Error(`the page does not show ${hash} within 60 s`); });
}

async function go(page, hash) {
  await page.evaluate((text) => { location.hash = text; }, hash);
  await settled(page, hash);
}

const hashOf = (page) => page.evaluate(() => location.hash.slice(1));
const rowsOf = (page, at = 0) => page.locator(".result").nth(at).locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => [...cell.childNodes].filter((node) => !node.className?.includes("flag")).map((node) => node.textContent).join("").trim())));
const sentence = (page) => page.locator(".result .sentence").first().textContent();

// Runs a part over http and from disk.
const both = (part) => async (browser) => {
  const server = await serve();
  try {
    for (const root of [server.root, disk]) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
      const { page, faults } = await open(context);
      await part(page, root, context, server);
      equal(faults, [], `${root} speaks up`);
      await context.close();
    }
  } finally {
    server.close();
  }
};

const choosing = both(async (page, root, _context, server) => {
  await page.goto(`${root}compare/index.html`);
  await settled(page, index.start);
  equal(await hashOf(page), "", "an address without choice stays as it is");
  holds((await rowsOf(page)).length > 1, "there is something to see at first");

  await page.click("#clear");
  await settled(page, "i=&r=&v=trend");
  holds((await page.textContent("#results")).includes("还没有选"), "nothing chosen is said");

  await page.fill("#q-i", "婴儿死亡率");
  await page.click("#list-i label:has(input[value=infant-mortality])");
  await settled(page, "i=infant-mortality&r=&v=trend");
  holds((await page.textContent("#results")).includes("地区"), "regions are asked for");

  for (const [words, code] of [["tms", "429006"], ["湖北省", "420000"], ["100000", "100000"]]) {
    await page.fill("#q-r", words);
    await page.click(`#list-r label:has(input[value="${code}"])`);
    holds(await page.isChecked(`#list-r input[value="${code}"]`), `${words} finds ${code}`);
  }
  await settled(page, "i=infant-mortality&r=429006,420000,100000&v=trend");
  await page.selectOption("#from", "2015");
  await page.selectOption("#to", "2023");
  await settled(page, START);
  equal(await hashOf(page), START, "the address follows");
  const trend = await rowsOf(page);
  equal(trend.map((row) => row[0]), ["天门市", "湖北省", "全国"], "rows in the order of choosing");
  holds((await sentence(page)).includes("天门市婴儿死亡率"), "the sentence speaks of the first region");
  await page.locator(".stage canvas").waitFor();

  for (const [view, hash] of [["ranking", START.replace("trend", "ranking")], ["compare", START.replace("trend", "compare")], ["change", START.replace("trend", "change")], ["grid", START.replace("trend", "grid")]]) {
    await page.click(`.views label:has([value=${view}])`);
    await settled(page, hash);
    holds(await page.isChecked(`[value=${view}]`), `${view} is shown as chosen`);
  }
  equal((await rowsOf(page))[2].slice(0, 3), ["全国", "8.1", "7.5"], "the grid holds the figures as written");

  // a whole level, peers, and taking away again
  await page.selectOption("#set", "@province");
  await page.click("#set-add");
  await settled(page, START.replace("100000&", "100000,@province&").replace("trend", "grid"));
  await page.click('#chosen-r button[aria-label^="去掉湖北省"]');
  const without = START.replace("420000,100000&", "100000,@province&").replace("trend", "grid");
  await settled(page, without);
  equal(await page.evaluate(() => document.activeElement.closest("li").getAttribute("data-key")), "100000", "focus stays in the list when one is taken away");
  const asked = server.asked.filter((address) => address.includes("data/compare"));
  if (root.startsWith("http")) {
    holds(asked.length > 0 && asked.every((address) => /\?v=[0-9a-f]{10}$/.test(address)), `files of figures carry their version: ${asked}`);
    equal(new Set(asked).size, asked.length, "each file is loaded once");
  }
});

const addresses = both(async (page, root) => {
  await page.goto(`${root}compare/index.html#${START}`);
  await settled(page, START);
  const first = await rowsOf(page);
  await go(page, START.replace("trend", "ranking"));
  await go(page, START.replace("infant-mortality", "infant-mortality,under5-mortality"));
  equal(await page.locator(".result h2 a").allTextContents(), ["婴儿死亡率", "5岁以下儿童死亡率"], "an indicator a section");
  await page.goBack();
  await settled(page, START.replace("trend", "ranking"));
  await page.goBack();
  await settled(page, START);
  equal(await rowsOf(page), first, "back shows what was");
  holds(await page.isChecked("[value=trend]"), "back moves the controls as well");
  await page.goForward();
  await settled(page, START.replace("trend", "ranking"));
  await page.reload();
  await settled(page, START.replace("trend", "ranking"));
  holds(await page.isChecked("[value=ranking]"), "a reload keeps the choice");

  // what an old or broken link says is told and left out
  const told = () => page.textContent("#told");
  await page.goto("about:blank");
  await page.goto(`${root}compare/index.html#i=infant-mortality,nonsense&r=429006,999999,100000&p=1800..2023&v=pie&x=1&%E0%A4%A`);
  await settled(page, "i=infant-mortality&r=429006,100000&p=..2023&v=trend");
  for (const part of ["nonsense", "999999", "1800", "pie", "x=1"]) holds((await told()).includes(part), `${part} is told: ${await told()}`);

  // the skip link is no choice
  await go(page, START);
  await page.focus("a.skip");
  await page.keyboard.press("Enter");
  equal(await page.evaluate(() => document.activeElement.id), "main", "the skip link leads to the content");
  equal(await hashOf(page), START, "and keeps the address");
});

// A code that was in force once leads to the region that continues it.
async function former(browser) {
  const text = `nianbao.index(${JSON.stringify({ ...index, former: { 420100: ["天门县", "429006"] } })});`;
  const server = await serve(new Map([["data/compare.js", text]]));
  const { page } = await open(await browser.newContext());
  await page.goto(`${server.root}compare/index.html#i=infant-mortality&r=420100&v=trend`);
  await settled(page, "i=infant-mortality&r=429006&v=trend");
  const told = await page.textContent("#told");
  holds(told.includes("天门县") && told.includes("429006"), `a former code leads to its successor: ${told}`);
  server.close();
}

const empty = both(async (page, root) => {
  await page.goto(`${root}compare/index.html#${START}`);
  await settled(page, START);
  await go(page, "i=infant-mortality&r=360100&v=trend");
  holds((await page.textContent("#results")).includes("没有“婴儿死亡率”的数"), "no figure is said");
  await go(page, "i=beds-per-1000&r=@province&p=2015..2024&v=change");
  const text = await page.textContent("#results");
  holds(text.includes("没有可比的数") && text.includes("口径变了"), `nothing comparable has its reasons: ${text}`);
  holds((await page.textContent("#says")).includes("没有可比的数"), "it is announced");
  await go(page, "i=infant-mortality&r=429006,100000&p=2021&v=ranking");
  holds((await page.textContent("#results")).includes("行政级别不同"), "another level stands apart in a ranking");
});

const keyboard = both(async (page, root) => {
  await page.goto(`${root}compare/index.html#i=&r=&v=trend`);
  await settled(page, "i=&r=&v=trend");
  const until = async (selector) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the Tab key does not reach ${selector}`);
  };
  await until("#q-i");
  await page.keyboard.type("婴儿死亡");
  await until("#list-i input[value=infant-mortality]");
  await page.keyboard.press("Space");
  await settled(page, "i=infant-mortality&r=&v=trend");
  holds(await page.evaluate(() => document.activeElement.value === "infant-mortality"), "focus stays on the box");
  await until("#q-r");
  await page.keyboard.type("qg");
  await until('#list-r input[value="100000"]');
  await page.keyboard.press("Space");
  await settled(page, "i=infant-mortality&r=100000&v=trend");
  holds(await page.evaluate(() => document.activeElement.value === "100000"), "focus stays on the box after drawing");
  await until("#set");
  await until("#from");
  await until("[name=v]");
  await page.keyboard.press("ArrowRight");
  await settled(page, "i=infant-mortality&r=100000&v=ranking");
  await page.keyboard.press("ArrowLeft");
  await settled(page, "i=infant-mortality&r=100000&v=trend");
  await until(".result .tools button");
  const nameless = await page.evaluate(() => [...document.querySelectorAll(".cmp input, .cmp select, .cmp button")].filter((one) => !one.hidden && !(one.labels?.length || one.textContent.trim() || one.getAttribute("aria-label"))).map((one) => one.outerHTML));
  equal(nameless, [], "every control has a name");
});

async function file(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`.result .tools button:text-is("${name}")`)]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const downloads = both(async (page, root, context) => {
  await page.goto(`${root}compare/index.html#${START}`);
  await settled(page, START);
  const csv = await file(page, "CSV");
  const text = csv.bytes.toString("utf8");
  holds(text.startsWith("\ufeffINDICATOR,"), "the table begins with a byte order mark");
  holds(csv.name.startsWith("婴儿死亡率") && csv.name.endsWith(".csv"), csv.name);
  const lines = text.trim().split("\r\n");
  const shown = (await rowsOf(page)).flatMap((row) => row.slice(1)).filter(Boolean);
  equal(lines.length - 1, shown.length, "a line a figure shown");
  holds(lines.some((line) => line.startsWith("infant-mortality,婴儿死亡率,429006,天门市,2021,2.69,‰,2.69‰,")), lines[1]);
  const svg = (await file(page, "SVG")).bytes.toString("utf8");
  // read on a page of its own, whose policy says nothing about the drawing
  const blank = await context.newPage();
  const read = await blank.evaluate((source) => {
    const document = new DOMParser().parseFromString(source, "image/svg+xml");
    return { fault: document.querySelector("parsererror")?.textContent ?? "", title: document.querySelector("title")?.textContent, lines: document.querySelectorAll("path").length };
  }, svg);
  equal(read.fault, "", "the drawing is well-formed");
  holds(read.title.includes("婴儿死亡率") && read.lines > 5, JSON.stringify(read));
  holds(svg.includes("天门市") && svg.includes("来源："), "the drawing carries names and source");
  holds(/<text x="16" [^>]*fill="#1b1f24">婴儿死亡率/.test(svg) && svg.includes('fill="#ffffff"'), "the drawing is near-black on white");
  const png = (await file(page, "PNG")).bytes;
  equal(png.subarray(1, 4).toString(), "PNG", "a picture");
  holds(png.readUInt32BE(16) === 1720 && png.length > 20000, `${png.readUInt32BE(16)} px wide, ${png.length} bytes`);
  for (const view of ["ranking", "compare", "change", "grid"]) {
    await go(page, `i=beds-per-1000&r=429006,@province&v=${view}`);
    const one = await file(page, "PNG");
    holds(one.bytes.length > 15000, `${view} as a picture: ${one.bytes.length} bytes`);
    if (process.env.NIANBAO_PICTURES) await import("node:fs").then((fs) => fs.writeFileSync(`${process.env.NIANBAO_PICTURES}/${view}.png`, one.bytes));
  }
  if (root.startsWith("http")) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(root).origin });
  await page.click('.result .tools button:text-is("复制链接")');
  await page.waitForFunction(() => document.querySelector(".result .tools [role=status]").textContent !== "");
  if (root.startsWith("http")) equal(await page.evaluate(() => navigator.clipboard.readText()), page.url(), "the link is copied");
  holds(/链接已复制|#i=/.test(await page.textContent(".result .tools [role=status]")), "copying is told");
});

// Formula characters of names are defused in the table.
const defused = async (browser) => {
  const text = (await readFile(path.join(folder, "data/compare/infant-mortality.js"), "utf8")).replace(/"2\.69‰"/, '"=2.69‰"');
  const server = await serve(new Map([["data/compare/infant-mortality.js", text]]));
  const { page } = await open(await browser.newContext({ acceptDownloads: true }));
  await page.goto(`${server.root}compare/index.html#${START}`);
  await settled(page, START);
  const csv = (await file(page, "CSV")).bytes.toString("utf8");
  holds(csv.includes("'=") && !/(^|,)=/m.test(csv), "a formula is defused");
  server.close();
};

const bare = async (browser) => {
  for (const width of [1280, 360]) {
    const { page, faults } = await open(await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } }));
    await page.goto(`${disk}compare/index.html`);
    holds(!(await page.isVisible(".cmp")), "no dead controls without script");
    holds(await page.isVisible("noscript .banner"), "it is said why");
    const links = await page.locator(".ways a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const part of ["../indicators/infant-mortality/index.html", "../regions/429006/index.html", "../years/2021/index.html"]) holds(links.includes(part), `${part} is linked`);
    holds(await page.isVisible('.ways a[href="../indicators/infant-mortality/index.html"]'), "the links show");
    equal(faults, [], "without script");
  }
};

const looks = async (browser) => {
  for (const width of [360, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, faults } = await open(await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" }));
      await page.goto(`${disk}compare/index.html#${START}`);
      await settled(page, START);
      if (width === 360) {
        equal(await page.locator("details.pick[open]").count(), 0, "narrow: results come before lists");
        await page.click("details.pick:nth-of-type(2) summary");
      }
      for (const view of ["trend", "ranking", "compare", "change", "grid"]) {
        await go(page, `i=beds-per-1000,hospitals&r=429006,@province,@prefecture&v=${view}`);
        const size = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
        holds(size[0] <= size[1], `${view} scrolls sideways at ${width} px: ${size}`);
      }
      await go(page, START);
      const canvas = page.locator(".stage canvas");
      await canvas.waitFor();
      const ground = await page.evaluate(() => {
        const chart = window.echarts.getInstanceByDom(document.querySelector(".stage"));
        return chart.getOption().series[0].itemStyle.color.toLowerCase();
      });
      equal(ground, colorScheme === "dark" ? "#8ab4f0" : "#12436d", `series colour, ${colorScheme}`);
      // print is white paper, with the table and without the controls
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      holds(!(await page.isVisible(".choose")) && (await page.isVisible(".result table")) && (await page.isVisible(".stage canvas")), "print shows chart and table");
      equal(await page.evaluate(() => window.echarts.getInstanceByDom(document.querySelector(".stage")).getOption().series[0].itemStyle.color.toLowerCase()), "#12436d", "print uses the colours of white paper");
      equal(faults, [], `${width} px, ${colorScheme}`);
    }
  }
};

// ---- against the other pages

const numbers = (text) => (text.match(/\d[\d,]*(\.\d+)?/g) ?? []).map((one) => one.replace(/,/g, ""));
const codeOf = (href) => href.match(/regions\/([^/]+)\//)?.[1];

async function agreement(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page: compare, faults } = await open(context);
  const page = await context.newPage();
  await compare.goto(`${disk}compare/index.html#${START}`);
  await settled(compare, START);
  const labels = new Map(index.periods.map(([id, label]) => [label, id]));
  const tally = { rankings: 0, trends: 0, changes: 0, sentences: 0 };
  for (const indicator of index.indicators.filter((one) => one.regions > 1)) {
    await page.goto(`${disk}${indicator.page}`, { waitUntil: "domcontentloaded" });
    const charts = await page.locator("figure.chart").evaluateAll((all) => all.map((figure) => ({
      id: figure.id, title: figure.querySelector("h3").textContent, sentence: figure.querySelector(".sentence").textContent,
      head: [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent.trim()),
      rows: [...figure.querySelectorAll("tbody tr")].map((row) => ({
        link: row.querySelector("th a")?.getAttribute("href") ?? "", rank: row.querySelector("td.rank")?.textContent.trim() ?? "", name: row.querySelector("th").textContent.trim(),
        cells: [...row.querySelectorAll("td.num")].map((cell) => ({ value: cell.querySelector("data")?.value ?? "", text: cell.querySelector(".fig")?.textContent.trim() ?? "" })),
      })),
    })));
    for (const chart of charts) {
      const codes = chart.rows.map((row) => codeOf(row.link));
      if (!codes.every(Boolean)) continue;
      const ranking = chart.id === "chart-ranking";
      if (!ranking && chart.id !== "chart-trend") continue;
      const period = labels.get(chart.title.match(/[（(]([^（(]*)[）)]$/)?.[1]);
      if (ranking && !period) continue;
      const hash = ranking ? `i=${indicator.id}&r=${codes.join(",")}&p=${period}&v=ranking` : `i=${indicator.id}&r=${codes.join(",")}&v=trend`;
      await go(compare, hash);
      const mine = await compare.locator(".result tbody tr").evaluateAll((rows) => rows.map((row) => ({
        rank: row.querySelector("td.rank")?.textContent.trim() ?? "", name: row.querySelector("th").textContent.trim(),
        cells: [...row.querySelectorAll("td.num")].map((cell) => ({ value: cell.querySelector("data")?.value ?? "", text: cell.querySelector(".fig")?.textContent.trim() ?? "" })),
      })));
      const plain = (value) => (value.includes(".") ? value.replace(/\.?0+$/, "") : value);
      const bare = (text) => (indicator.unit && text.endsWith(indicator.unit) ? text.slice(0, -indicator.unit.length) : text);
      const told = (rows) => rows.map((row) => [row.rank, row.name, ...row.cells.map((cell) => `${plain(cell.value)}|${bare(cell.text)}`)].join(" "));
      equal(told(mine), told(chart.rows), `${indicator.id} ${chart.id}`);
      const known = new Set([...numbers(chart.sentence), ...chart.rows.flatMap((row) => row.cells.flatMap((cell) => numbers(cell.text))), ...chart.head.flatMap(numbers)]);
      const text = await sentence(compare);
      const strange = numbers(text).filter((one) => !known.has(one));
      equal(strange, [], `${indicator.id} ${chart.id}: “${text}” against “${chart.sentence}”`);
      tally.sentences += 1;
      tally[ranking ? "rankings" : "trends"] += 1;
    }
  }
  // changes on the year before, as the pages of years tell them
  for (const [id, , , , full] of index.periods) {
    if (!full) continue;
    await page.goto(`${disk}years/${id}/index.html`, { waitUntil: "domcontentloaded" });
    const rows = await page.locator("table.metrics tbody tr").evaluateAll((all) => all.map((row) => ({
      indicator: row.querySelector('a[href*="indicators/"]')?.getAttribute("href").match(/indicators\/([^/]+)\//)[1],
      region: row.querySelector('a[href*="regions/"]')?.getAttribute("href").match(/regions\/([^/]+)\//)[1],
      when: row.querySelector("th .when")?.textContent.trim() ?? "",
      change: row.querySelector(".change")?.textContent.trim() ?? "", against: row.querySelector(".delta .sub")?.textContent.trim() ?? "",
    })));
    for (const row of rows) {
      const before = labels.get(row.against.match(/^比(\S+)/)?.[1]);
      if (!row.indicator || !row.region || !row.change || !before || row.when) continue;
      await go(compare, `i=${row.indicator}&r=${row.region}&p=${before}..${id}&v=change`);
      const mine = await compare.locator(".result .change").first().textContent();
      const tidy = (text) => text.replace(/[▲▼\s]/g, "");
      equal(tidy(mine), tidy(row.change), `${row.indicator} ${row.region} ${before}..${id}`);
      tally.changes += 1;
    }
  }
  console.error(`agree with the pages: ${JSON.stringify(tally)}`);
  holds(tally.rankings >= 10 && tally.trends >= 10 && tally.changes >= 30, `enough was compared: ${JSON.stringify(tally)}`);
  equal(faults, [], "while comparing");
  await context.close();
}

// ---- at national scale: 3,000 regions × 10 years

async function scale(browser) {
  const provinces = Array.from({ length: 30 }, (_, at) => [`${at + 11}0000`, `第${at}省`, 1, 0, "DQS"]);
  const counties = Array.from({ length: 3000 }, (_, at) => [`${Math.floor(at / 100) + 11}${String((at % 100) + 100).padStart(4, "0")}`, `某${at}县`, 3, 1 + Math.floor(at / 100), "MX"]);
  const years = Array.from({ length: 10 }, (_, at) => String(2014 + at));
  const big = {
    ...index, indicators: [{ ...index.indicators.find((one) => one.id === "infant-mortality"), regions: 3000 }],
    regions: [["100000", "全国", 0, -1, "QG"], ...provinces, ...counties], periods: years.map((year, at) => [year, `${year}年`, year, 0, 1, 2014 + at]),
    start: "i=infant-mortality&r=@county&v=ranking", former: {},
  };
  const rows = Object.fromEntries(counties.map(([code], at) => [code, years.map((_, year) => ((at * 37 + year * 11) % 900 / 100 + 1).toFixed(2))]));
  const chunk = `nianbao.add("infant-mortality",${JSON.stringify({ unit: "‰", periods: years, why: [], rows })});`;
  const text = `nianbao.index(${JSON.stringify(big)});`;
  const server = await serve(new Map([["data/compare.js", text], ["data/compare/infant-mortality.js", chunk]]));
  const { page, faults } = await open(await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true }));
  const started = Date.now();
  await page.goto(`${server.root}compare/index.html`);
  await settled(page, big.start);
  await page.locator(".stage canvas").waitFor();
  const report = { index_kB: Math.round(text.length / 1000), chunk_kB: Math.round(chunk.length / 1000), first_ms: Date.now() - started };
  for (const view of ["trend", "compare", "change", "grid", "ranking"]) {
    const hash = `i=infant-mortality&r=@county&v=${view}`;
    report[`${view}_ms`] = await page.evaluate((wanted) => new Promise((done) => {
      const from = performance.now();
      location.hash = wanted;
      const look = () => {
        const drawn = document.querySelector("#results").getAttribute("data-shown") === wanted && (wanted.endsWith("grid") || document.querySelector(".stage.on"));
        return drawn ? requestAnimationFrame(() => done(Math.round(performance.now() - from))) : requestAnimationFrame(look);
      };
      look();
    }), hash);
    equal(await page.locator(".result tbody tr").count(), 60, `${view}: the table begins with 60 rows`);
    holds((await page.textContent(".result .more")).includes("共3000个"), `${view}: how many there are is said`);
  }
  report.search_ms = await page.evaluate(() => {
    const search = document.querySelector("#q-r"), from = performance.now();
    search.value = "mx";
    search.dispatchEvent(new Event("input"));
    return Math.round(performance.now() - from);
  });
  holds((await page.locator("#list-r li").count()) <= 30 && (await page.textContent("#hint-r")).includes("共3000个"), "a search lists a few and counts all");
  report.elements = await page.evaluate(() => document.querySelectorAll("*").length);
  holds(report.elements < 4000, `the page stays small: ${report.elements} elements`);
  equal((await file(page, "CSV")).bytes.toString("utf8").trim().split("\r\n").length, 3001, "the download has all");
  console.error(`3000 regions x 10 years: ${JSON.stringify(report)}`);
  equal(faults, [], "at scale");
  server.close();
}

// A file of figures that is not there is told.
async function lost(browser) {
  const server = await serve(new Map([["data/compare/infant-mortality.js", "nothing();"]]));
  const { page } = await open(await browser.newContext());
  await page.goto(`${server.root}compare/index.html#${START}`);
  await page.locator("#results .banner").waitFor();
  holds((await page.textContent("#results")).includes("data/compare/infant-mortality.js"), "a missing file is named");
  server.close();
}

const parts = { choosing, addresses, former, empty, keyboard, downloads, defused, bare, looks, agreement, scale, lost };
const only = process.argv[4];
await run(only ? { [only]: parts[only] } : parts);
