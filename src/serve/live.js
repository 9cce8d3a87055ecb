// Loads the page again when the site changed, puts in changed style sheets, and lists what is to be mended.
(() => {
  "use strict";
  const own = new URL(document.currentScript.src).search.slice(1);
  const zh = document.documentElement.lang.startsWith("zh") || document.documentElement.lang === "";
  const say = (chinese, english) => (zh ? chinese : english);
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const KEY = "nianbao-findings-closed";
  let panel = null;

  const place = (finding) => (finding.path ? `${finding.path}:${finding.line}:${finding.column}` : "");
  const item = (finding) => {
    const words = { error: say("错误", "error"), warning: say("警告", "warning"), note: say("提示", "note") };
    const help = finding.help.map((text) => element("p", { class: "help" }, text));
    return element("li", { class: finding.level },
      element("p", {}, element("b", {}, words[finding.level] ?? finding.level), " ", element("code", {}, place(finding))),
      element("p", {}, finding.message), ...help);
  };

  const show = ({ diagnostics, stale }) => {
    panel?.remove();
    panel = null;
    if (diagnostics.length === 0) return;
    const errors = diagnostics.filter((finding) => finding.level === "error").length;
    const rank = { error: 0, warning: 1, note: 2 };
    const list = [...diagnostics].sort((a, b) => rank[a.level] - rank[b.level]);
    const head = stale
      ? say("内容有错误，下面是上一次正常的页面", "There are mistakes; the page below is the last good one")
      : say(`${errors} 个错误，${diagnostics.length - errors} 个警告和提示`, `${errors} errors, ${diagnostics.length - errors} warnings and notes`);
    // What was closed stays closed until something else is found.
    const words = JSON.stringify(diagnostics);
    const close = () => {
      sessionStorage.setItem(KEY, words);
      panel.open = false;
    };
    panel = element("details", { id: "nianbao-findings", class: errors ? "bad" : "" },
      element("summary", {}, head), element("ol", {}, ...list.map(item)));
    panel.open = errors > 0 && sessionStorage.getItem(KEY) !== words;
    panel.addEventListener("toggle", () => (panel.open ? sessionStorage.removeItem(KEY) : sessionStorage.setItem(KEY, words)));
    panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
    document.body.append(panel);
  };

  const style = (changed) => {
    const root = document.querySelector("link[rel=stylesheet][href*='static/']");
    const base = root ? root.href.slice(0, root.href.indexOf("static/")) : "/";
    for (const [name, path] of Object.entries(changed)) {
      const stem = `static/${name.replace(/\.css$/, ".")}`;
      for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
        if (link.href.startsWith(base + stem)) link.href = base + path;
      }
    }
  };

  const source = new EventSource("/-nianbao/events");
  source.addEventListener("page", (event) => {
    if (event.data !== own) {
      source.close();
      location.reload();
    }
  });
  source.addEventListener("style", (event) => style(JSON.parse(event.data)));
  source.addEventListener("findings", (event) => show(JSON.parse(event.data)));
  window.addEventListener("pagehide", () => source.close());
})();
