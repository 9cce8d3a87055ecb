// The preview as an author meets it: a figure changed on disk changes the open page, a mistake lists itself over the last good
// site with its place, a mended mistake goes away, a style comes in without loading the page again.
//
//     node serve.mjs SITE CHROMIUM       (SITE is a folder with content/ that may be written to; NIANBAO_TEST_PROGRAM the program)

import { spawn } from "node:child_process";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { equal, folder, holds, open, run } from "./site.mjs";

const program = spawn(process.env.NIANBAO_TEST_PROGRAM, ["serve", "--lang", "en", "--root", folder, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
let told = "";
program.stderr.on("data", (data) => (told += data));
const until = async (what, truth) => {
  const end = Date.now() + 30000;
  while (!(await truth())) {
    if (Date.now() > end) throw new Error(`not within 30 s: ${what}\n${told}`);
    await new Promise((done) => setTimeout(done, 20));
  }
};
const address = async () => {
  await until("the address", () => /http:\/\/\S+/.test(told));
  return told.match(/http:\/\/\S+/)[0];
};
const source = path.join(folder, "content/429006/2021.md");
const edit = async (change) => writeFile(source, change(await readFile(source, "utf8")));

await run({
  async figures(browser) {
    const root = await address();
    const { page, faults } = await open(await browser.newContext());
    await page.goto(`${root}reports/429006/2021/`);
    const row = page.locator("#m-beds-per-1000, [id='m-beds-per-1000']").first();
    holds((await row.textContent()).includes("7.12"), "the figure before");
    await edit((text) => text.replaceAll("7.12张", "7.19张"));
    await page.waitForFunction(() => document.body.textContent.includes("7.19"), null, { timeout: 30000 });
    holds(!(await page.locator("body").textContent()).includes("7.12张"), "the former figure is gone");
    await until("the time", () => /shown after \d+ ms/.test(told));
    // An editor that writes beside the file and renames.
    const text = await readFile(source, "utf8");
    await writeFile(`${source}.tmp~`, text.replaceAll("7.19张", "7.20张"));
    await rename(`${source}.tmp~`, source);
    await page.waitForFunction(() => document.body.textContent.includes("7.20"), null, { timeout: 30000 });
    equal(faults, [], "messages of the page");
  },

  async mistakes(browser) {
    const root = await address();
    const { page, faults } = await open(await browser.newContext());
    await page.goto(`${root}reports/429006/2021/`);
    await edit((text) => text.replace("\nperiod = ", "\nperoid = "));
    const findings = page.locator("#nianbao-findings");
    await findings.waitFor({ timeout: 30000 });
    holds((await findings.textContent()).includes("content/429006/2021.md:4:1"), `the place of the mistake: ${await findings.textContent()}`);
    holds((await findings.locator("summary").textContent()).length > 0, "a summary");
    holds((await page.locator("body").textContent()).includes("7.20"), "the last good page still stands");
    equal((await page.request.get(`${root}reports/429006/2021/`)).status(), 200, "the last good page is still served");
    await page.keyboard.press("Tab");
    await findings.locator("summary").focus();
    await page.keyboard.press("Escape");
    equal(await findings.evaluate((element) => element.open), false, "Escape closes the list");
    await edit((text) => text.replace("\nperoid = ", "\nperiod = "));
    await findings.waitFor({ state: "detached", timeout: 30000 });
    equal(faults, [], "messages of the page");
  },

  async styles(browser) {
    const root = await address();
    const { page } = await open(await browser.newContext());
    await page.goto(root);
    await page.evaluate(() => (window.stays = true));
    const name = "themes/gov/static/css/site.css";
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
    const css = await (await page.request.get(await page.locator("link[rel=stylesheet]").first().evaluate((link) => link.href))).text();
    await writeFile(path.join(folder, name), `${css}\nh1 { letter-spacing: 3px !important; }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "3px", null, { timeout: 30000 });
    await page.evaluate(() => (window.stays = true));
    await writeFile(path.join(folder, name), `${css}\nh1 { letter-spacing: 5px !important; }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "5px", null, { timeout: 30000 });
    equal(await page.evaluate(() => window.stays), true, "the page was not loaded again");
  },

  async folders(browser) {
    const root = await address();
    const { page } = await open(await browser.newContext());
    await page.goto(root);
    await rename(path.join(folder, "content"), path.join(folder, "elsewhere"));
    await until("the folder is missed", () => told.includes("is gone"));
    equal((await page.request.get(root)).status(), 200, "the last good site stays");
    await rename(path.join(folder, "elsewhere"), path.join(folder, "content"));
    await until("the folder is back", async () => {
      await edit((text) => text.replaceAll("7.20张", "7.21张"));
      return (await (await page.request.get(`${root}reports/429006/2021/`)).text()).includes("7.21");
    });
    await rm(path.join(folder, "content/520200"), { recursive: true });
    await until("a removed folder", async () => (await page.request.get(`${root}reports/520200/2024/`)).status() === 404);
    equal((await page.request.get(`${root}nothing/`)).status(), 404, "what is not there");
    program.kill("SIGINT");
    const status = await new Promise((done) => program.on("exit", (code) => done(code)));
    equal(status, 0, "Ctrl-C is no failure");
  },
}, () => program.kill());
