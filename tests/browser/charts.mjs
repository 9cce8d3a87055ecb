// Charts of the pages with script: the live chart, the SVG under it and the table show the same numbers; the page does not
// jump when it wakes; the tools work; print shows the SVG; a strict policy holds.
//
//     node charts.mjs SITE CHROMIUM

import { readFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import path from "node:path";
import { disk, equal, folder, holds, open, run, serve } from "./site.mjs";

const below = (place) => readdirSync(path.join(folder, place), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${place}/${entry.name}/index.html`).sort();
const spread = (list, many) => list.filter((_, at) => at % Math.max(1, Math.floor(list.length / many)) === 0).slice(0, many);
const PAGES = [
  "index.html", "reports/429006/2021/index.html", "reports/520200/2024/index.html", "indicators/infant-mortality/index.html", "indicators/beds-per-1000/index.html",
  ...spread(below("indicators"), 6), ...spread(below("regions"), 6), ...spread(below("years"), 3), ...below("pages"),
];

// A chart without a figure is a sentence and does not come alive; its option has no series.
const drop = () => document.querySelectorAll("script.option").forEach((element) => JSON.parse(element.textContent).series || element.remove());

// Opens a page and wakes its charts one after the other.
async function wake(page, address) {
  await page.goto(address);
  await page.evaluate(drop);
  const figures = await page.locator("figure.chart:has(script.option)").all();
  for (const figure of figures) await live(figure);
  return figures.length;
}

async function live(figure) {
  await figure.scrollIntoViewIfNeeded();
  await figure.locator(".live canvas").first().waitFor({ timeout: 60000 })
    .catch(async () => { throw new Error(`${figure.page().url()}#${await figure.getAttribute("id")} does not come alive within 60 s`); });
}

// The numbers of every chart by face; a number is the value in the unit of the chart, without its sign of a bound.
const faces = () => [...document.querySelectorAll("figure.chart:has(script.option)")].map((figure) => {
  const number = (text) => String(Number(text.replace(/[≥≤<>约,]/g, "")));
  const svg = [...figure.querySelectorAll(".plot > svg [data-v]")].flatMap((element) => {
    const value = element.getAttribute("data-v");
    return value.includes("=") ? value.split(" ").map((pair) => number(pair.slice(pair.lastIndexOf("=") + 1))) : [number(value)];
  });
  const chart = window.echarts.getInstanceByDom(figure.querySelector(".live"));
  const series = chart.getOption().series;
  const live = series.flatMap((one) => one.data.filter((item) => item && item.name).map((item) => {
    const value = Array.isArray(item.value) ? item.value[item.value.length - 1] : item.value;
    const flat = one.type === "scatter" || one.type === "heatmap" || one.type === "custom";
    return { value: String(Number(value)), all: [].concat(item.value).map((part) => String(Number(part))), name: item.name, flat };
  }));
  // a target stands beside its figure: told in words, not counted as a figure of the drawing
  const goals = [...figure.querySelectorAll("thead th")].findIndex((head) => ["目标", "target", "Target"].includes(head.textContent.trim()));
  // a change between two figures is told in words; a share is told with its part: 7.4%（153个）
  const changes = [...figure.querySelectorAll("thead th")].findIndex((head) => ["增减", "Change"].includes(head.textContent.trim()));
  const cells = [...figure.querySelectorAll("table tbody td.num")].filter((cell) => ![goals, changes].some((place) => place >= 0 && cell.cellIndex === place));
  const pieces = (text) => text.replace(/^[▲▼] /, "").split(/[（）]/).filter(Boolean);
  const words = JSON.stringify(chart.getOption());
  const untold = [...figure.querySelectorAll("table tbody td.num .fig")].map((cell) => cell.textContent.trim()).filter((text) => !pieces(text).every((piece) => words.includes(piece)));
  const table = cells.map((cell) => ({ value: cell.querySelector("data")?.value, words: pieces(cell.querySelector(".fig")?.textContent.trim() ?? "") })).filter((cell) => cell.words.length);
  return { id: figure.id, svg, live, table, untold };
});

async function numbers(browser) {
  const { page, faults } = await open(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  let charts = 0, figures = 0;
  for (const name of PAGES) {
    await wake(page, disk + name);
    for (const chart of await page.evaluate(faces)) {
      const where = `${name} ${chart.id}`;
      charts += 1;
      figures += chart.svg.length;
      const count = (list) => list.reduce((all, one) => all.set(one, (all.get(one) ?? 0) + 1), new Map());
      holds(chart.svg.length > 0, `${where}: the drawing tells its numbers`);
      // every figure of the drawing is one of the table, as often, and is a point of the live chart
      const exact = chart.table.filter((cell) => cell.value).map((cell) => String(Number(cell.value)));
      const drawn = count(chart.svg);
      const missing = [...count(exact)].filter(([value, times]) => (drawn.get(value) ?? 0) < times);
      equal(missing, [], `${where}: figures of the table that the drawing has not`);
      equal(chart.svg.length, chart.table.length, `${where}: as many figures drawn as in the table`);
      const points = count(chart.live.flatMap((item) => (item.flat ? item.all : [item.value])));
      const lost = [...drawn].filter(([value, times]) => (points.get(value) ?? 0) < times);
      equal(lost, [], `${where}: figures of the drawing that the live chart has not: ${JSON.stringify(chart.live.slice(0, 4))}`);
      // and its tooltips say each figure of the table as written
      const silent = chart.table.filter((cell) => !chart.live.some((item) => cell.words.every((piece) => item.name.includes(piece))));
      equal(silent, [], `${where}: figures no tooltip says as written`);
      equal(chart.untold, [], `${where}: cells of the table the live chart does not say`);
    }
  }
  console.error(`${charts} charts on ${PAGES.length} pages, ${figures} figures`);
  holds(charts >= 30, `enough charts were met: ${charts}`);
  equal(faults, [], "waking charts");
}

// Nothing moves when a chart wakes: no shift of the layout, every figure as high as before.
async function stillness(browser) {
  for (const width of [1280, 700]) {
    const { page } = await open(await browser.newContext({ viewport: { width, height: 900 } }));
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push({ value: entry.value, at: Math.round(entry.startTime), nodes: entry.sources.map((source) => `${source.node?.parentElement?.outerHTML.slice(0, 120)} ${JSON.stringify(source.previousRect)} ${JSON.stringify(source.currentRect)}`) }))).observe({ type: "layout-shift", buffered: true });
    });
    for (const name of PAGES.slice(0, 8)) {
      await page.goto(disk + name);
      await page.evaluate(drop);
      const heights = () => page.locator("figure.chart").evaluateAll((all) => all.map((figure) => Math.round(figure.getBoundingClientRect().height)));
      const before = await heights();
      for (const figure of await page.locator("figure.chart:has(script.option)").all()) await live(figure);
      equal(await heights(), before, `${name} at ${width} px: heights after waking`);
      equal(await page.evaluate(() => window.shifts), [], `${name} at ${width} px: shifts of the layout`);
      const scripts = await page.evaluate(() => [...document.scripts].filter((one) => one.src.includes("echarts")).length);
      holds(scripts <= 1, `${name}: ECharts is loaded once, not ${scripts} times`);
    }
  }
}

async function tools(browser) {
  const server = await serve();
  for (const root of [server.root, disk]) {
    for (const width of [1280, 360]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true });
      const { page, faults } = await open(context);
      if (root === server.root) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(root).origin });
      await page.goto(`${root}indicators/infant-mortality/index.html`);
      const figure = page.locator("figure.chart:has(script.option)").first();
      const [download] = await Promise.all([page.waitForEvent("download"), figure.locator("button.png").click()]);
      const bytes = await readFile(await download.path());
      equal(bytes.subarray(1, 4).toString(), "PNG", `${root} ${width} px: a picture`);
      holds(bytes.readUInt32BE(16) === 1600 && bytes.length > 20000, `${bytes.readUInt32BE(16)} px wide, ${bytes.length} bytes`);
      if (process.env.NIANBAO_PICTURES) (await import("node:fs")).writeFileSync(`${process.env.NIANBAO_PICTURES}/figure.png`, bytes);
      await figure.locator("button.copy").click();
      await page.waitForFunction(() => document.querySelector("figure.chart .tools [role=status]").textContent !== "");
      const id = await figure.getAttribute("id");
      if (root === server.root) equal(await page.evaluate(() => navigator.clipboard.readText()), `${root}indicators/infant-mortality/index.html#${id}`, "the link to the chart is copied");
      const size = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
      holds(size[0] <= size[1], `the tools fit ${width} px: ${size}`);
      // by keyboard: from the copy button on to the next
      await figure.locator("button.copy").focus();
      await page.keyboard.press("Tab");
      equal(await page.evaluate(() => document.activeElement.className), "png", "buttons follow each other by Tab");
      equal(faults, [], `${root} ${width} px`);
      await context.close();
    }
  }
  server.close();
  const { page } = await open(await browser.newContext({ javaScriptEnabled: false }));
  await page.goto(`${disk}indicators/infant-mortality/index.html`);
  equal(await page.locator(".tools button:visible").count(), 0, "no dead buttons without script");
}

// All kinds of pages under a strict policy.
async function policy(browser) {
  const server = await serve();
  const { page, faults } = await open(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  for (const name of PAGES.slice(0, 12)) {
    await wake(page, server.root + name);
    equal(faults.splice(0), [], `${name} under the policy`);
  }
  server.close();
}

async function paper(browser) {
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open(await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme, reducedMotion: "reduce" }));
    await wake(page, `${disk}indicators/infant-mortality/index.html`);
    const figure = page.locator("figure.chart:has(.live)").first();
    equal(await figure.locator(".live").getAttribute("role"), "img", "the live chart is an image");
    holds((await figure.locator(".live").getAttribute("aria-label")).length > 2, "with a name");
    holds(await page.evaluate(() => window.echarts.getInstanceByDom(document.querySelector(".live")).getOption().animation === false), "no animation when motion is reduced");
    await page.emulateMedia({ media: "print" });
    holds(await figure.locator(".plot > svg").isVisible(), `${colorScheme}: print shows the SVG`);
    holds(!(await figure.locator(".live").isVisible()) && !(await figure.locator(".tools").isVisible()), `${colorScheme}: print shows neither canvas nor tools`);
    const inks = await figure.locator(".plot > svg .label").evaluateAll((all) => [...new Set(all.map((element) => getComputedStyle(element).fill))].sort());
    equal(inks, ["rgb(0, 0, 0)", "rgb(68, 68, 68)"], `${colorScheme}: letters are black and grey in print`);
  }
}

// What every live chart says and draws beside its figures, next to the drawing it replaces.
const remarks = () => [...document.querySelectorAll("figure.chart:has(script.option)")].map((figure) => {
  const chart = window.echarts.getInstanceByDom(figure.querySelector(".live"));
  const option = chart.getOption();
  const bare = (text) => text.replace(/[\s\u3000]/g, "");
  const letters = bare([...figure.querySelectorAll(".plot > svg text")].map((element) => element.textContent).join(""));
  const lines = (option.title?.[0]?.subtext ?? "").split("\n").filter(Boolean);
  const own = option.series.filter((one) => one.xAxisIndex === 1);
  const strokes = [...figure.querySelectorAll(".plot > svg .sign")].map((element) => element.outerHTML).join("");
  const texts = [];
  chart.getZr().storage.getDisplayList(true).forEach((element) => {
    if (element.type !== "tspan" || !element.style.text || element.invisible || element.ignore) return;
    const rect = element.getBoundingRect().clone();
    if (element.transform) rect.applyTransform(element.transform);
    texts.push({ text: element.style.text, fill: element.style.fill, left: rect.x, right: rect.x + rect.width, top: rect.y, bottom: rect.y + rect.height });
  });
  return {
    id: figure.id, letters, lines, said: bare(lines.join("")), texts, width: chart.getWidth(), height: chart.getHeight(),
    pieces: lines.flatMap((line) => line.split("\u3000")).map((piece) => bare(piece).replace(/^\/\//, "")),
    trend: own.filter((one) => one.type === "scatter").flatMap((one) => one.data).length,
    grid: own.filter((one) => one.type === "lines").flatMap((one) => one.data).length,
    strokes: strokes.split("l5-10m0 10l5-10").length - 1,
    rules: figure.querySelector(".plot > svg .q1, .plot > svg .q2, .plot > svg .q3") ? (strokes.match(/M[\d.]+ [\d.]+v/g) ?? []).length : 0,
  };
});

async function honesty(browser) {
  const KEYS = ["越高越好", "越低越好", "空心：", "空框：", "箭头：", "竖线：", "口径或范围有变化", "—：缺数", "各档含下限"];
  const seen = { trend: 0, grid: 0, remarks: 0 };
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [500, "light"]]) {
    const { page, faults } = await open(await browser.newContext({ viewport: { width, height: 900 }, colorScheme }));
    for (const name of ["pages/charts/index.html", "indicators/infant-mortality/index.html", "reports/429006/2021/index.html", ...spread(below("indicators"), 4)]) {
      await wake(page, disk + name);
      const quiet = await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--quiet").trim());
      for (const chart of await page.evaluate(remarks)) {
        const where = `${name} ${chart.id} at ${width} px, ${colorScheme}`;
        equal(chart.pieces.filter((piece) => !chart.letters.includes(piece)), [], `${where}: remarks the drawing has not`);
        equal(KEYS.filter((key) => chart.letters.includes(key) && !chart.said.includes(key)), [], `${where}: remarks of the drawing that the live chart has not`);
        equal([chart.trend, chart.grid], [chart.strokes, chart.rules], `${where}: breaks of the drawing that the live chart marks`);
        const shown = chart.texts.filter((text) => chart.lines.includes(text.text));
        equal(shown.map((text) => text.text), chart.lines, `${where}: remarks are drawn`);
        equal(shown.filter((text) => text.fill !== quiet || text.left < 0 || text.right > chart.width || text.bottom > chart.height + 1).map((text) => text.text), [], `${where}: remarks in the quiet colour and inside the chart`);
        const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
        equal(chart.texts.flatMap((a, at) => chart.texts.slice(at + 1).filter((b) => meet(a, b)).map((b) => [a.text, b.text])), [], `${where}: words printed over one another`);
        seen.trend += chart.trend;
        seen.grid += chart.grid;
        seen.remarks += chart.lines.length;
      }
    }
    equal(faults, [], `${width} px, ${colorScheme}`);
  }
  holds(seen.trend && seen.grid && seen.remarks, `breaks and remarks were met: ${JSON.stringify(seen)}`);
}

const parts = { numbers, honesty, stillness, tools, policy, paper };
const only = process.argv[4];
await run(only ? { [only]: parts[only] } : parts);
