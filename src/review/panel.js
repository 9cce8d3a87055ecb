// The panel of a reviewer: n and p go from finding to finding and on to the next page with one, Esc closes; a line that leads
// to a figure lights it up. Without this script the same stands in the page, closed.
(() => {
  "use strict";
  const panel = document.getElementById("nianbao-review");
  if (!panel) return;
  const box = panel.querySelector("details");
  const findings = [...panel.querySelectorAll(".findings > li")];
  const KEY = "nianbao-review-open";
  // What was open stays open from page to page; a browser that keeps nothing opens none.
  const kept = (value) => {
    try {
      if (value === undefined) return sessionStorage.getItem(KEY);
      sessionStorage.setItem(KEY, value);
    } catch {
      return null;
    }
    return null;
  };
  if (kept() === "open") box.open = true;
  box.addEventListener("toggle", () => kept(box.open ? "open" : "closed"));

  // What a line of the panel leads to on this page.
  const table = [...document.querySelectorAll("table.proof tbody tr")];
  const target = (line) => {
    const link = line.querySelector("a[href^='#']");
    if (link) return document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return (line.hasAttribute("value") && table[line.value - 1]) || null;
  };
  let lit = null;
  const light = (line, show) => {
    const found = line && target(line);
    if (lit && lit !== found) lit.classList.remove("nianbao-review-lit");
    lit = found;
    if (!found) return;
    found.classList.add("nianbao-review-lit");
    if (show) found.scrollIntoView({ block: "nearest" });
  };
  const line = (event) => event.target.closest?.("#nianbao-review li");
  // What scrolls below a resting pointer lights nothing.
  let rest = "";
  panel.addEventListener("pointermove", (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    if (here !== rest) light(line(event), false);
    rest = here;
  });
  panel.addEventListener("pointerleave", () => light(null, false));
  panel.addEventListener("focusin", (event) => light(line(event), true));
  panel.addEventListener("focusout", () => light(null, false));

  let at = -1;
  const go = (to) => {
    findings[at]?.removeAttribute("aria-current");
    at = to;
    box.open = true;
    findings[at].closest("details").open = true;
    findings[at].setAttribute("aria-current", "true");
    findings[at].focus({ preventScroll: true });
    findings[at].scrollIntoView({ block: "nearest" });
  };
  const arrive = () => {
    const here = findings.findIndex((one) => `#${one.id}` === location.hash);
    if (here >= 0) go(here);
  };
  arrive();
  window.addEventListener("hashchange", arrive);

  const leave = (rel) => {
    const link = panel.querySelector(`a[rel=${rel}]`);
    if (link) location.href = link.href;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (event.key === "Escape" && box.open) {
      box.open = false;
      box.querySelector("summary").focus();
    } else if (step) {
      event.preventDefault();
      const to = at < 0 && step < 0 ? -1 : at + step;
      if (findings[to]) go(to);
      else leave(step > 0 ? "next" : "prev");
    }
  });
})();
