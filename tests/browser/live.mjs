// Every face of a chart shows the same numbers: for each chart of some pages the drawing, the live chart and the table are read
// and compared, and the page must not move when a chart comes alive.
//
//     node live.mjs SITE CHROMIUM

import { disk, equal, holds, open, run } from "./site.mjs";

const PAGES = [
  "index.html",
  "pages/charts/index.html",
  "indicators/beds-per-1000/index.html",
  "indicators/hospitals/index.html",
  "indicators/infant-mortality/index.html",
  "indicators/institutions/index.html",
  "indicators/maternal-mortality/index.html",
  "indicators/permanent-population/index.html",
  "regions/100000/index.html",
  "regions/370800/index.html",
  "regions/420000/index.html",
  "reports/429006/2021/index.html",
  "reports/520200/2024/index.html",
  "years/2021/index.html",
  "years/2024/index.html",
];

// The numbers of a figure's faces, as sorted texts without repetition.
const read = (figure) => figure.evaluate((element) => {
  const sorted = (numbers) => [...new Set(numbers.map((number) => String(Number(number))))].sort();
  const drawn = [...element.querySelectorAll(".plot svg [data-v]")].flatMap((mark) => mark.getAttribute("data-v").split(" "));
  const bare = (text) => text.replace(/^.*=(?=[^=]*$)/, "").replace(/^[≥≤><约]/, "");
  const { series } = echarts.getInstanceByDom(element.querySelector(".live")).getOption();
  const has = (type) => series.some((one) => one.type === type);
  const number = (one, item) => {
    const value = item && typeof item === "object" && !Array.isArray(item) ? item.value : item;
    switch (one.type) {
      case "line": return value[1];
      case "bar": return value;
      case "heatmap": return value[2];
      // beside bars the marks of targets, in a grid the gaps
      case "scatter": return has("bar") || has("heatmap") ? "-" : value[0];
      default: return "-";
    }
  };
  const live = series.flatMap((one) => (one.data ?? []).map((item) => number(one, item))).filter((value) => value !== "-" && value !== undefined);
  const table = [...element.querySelectorAll("details data")].map((cell) => cell.value);
  return { drawn: sorted(drawn.map(bare)), live: sorted(live), table: sorted(table) };
});

await run({
  numbers: async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    let charts = 0;
    for (const name of PAGES) {
      const { page, faults } = await open(context);
      await page.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.moved += entry.value; })).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(disk + name);
      for (const [at, figure] of (await page.locator("figure.chart").all()).entries()) {
        await figure.scrollIntoViewIfNeeded();
        await figure.locator(".live canvas, .live svg").first().waitFor({ state: "visible", timeout: 8000 });
        const { drawn, live, table } = await read(figure);
        const chart = `${name}, chart ${at + 1}`;
        holds(drawn.length > 0, `${chart}: the drawing has no number`);
        equal(live, drawn, `${chart}: live chart and drawing`);
        const lost = table.filter((value) => !drawn.includes(value));
        // a target has its mark in the drawing and its figure in the table
        holds(lost.length === 0 || (await figure.locator("svg .target").count()) > 0, `${chart}: only the table has ${lost.join(", ")}`);
        holds(drawn.some((value) => table.includes(value)) || table.length === 0, `${chart}: the table has other numbers`);
        charts += 1;
      }
      holds((await page.evaluate(() => window.moved)) < 0.02, `${name} moves while its charts come alive`);
      equal(faults, [], `${name} speaks up`);
      await page.close();
    }
    holds(charts > 40, `only ${charts} charts were met`);
  },
});
