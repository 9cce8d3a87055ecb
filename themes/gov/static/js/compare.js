/* The compare page: the reader chooses indicators, regions and periods; chart, sentence and table follow, and the address
   keeps the choice (`#i=infant-mortality&r=429006,@province&p=2015..2023&v=trend`). Regions are codes, `@province` for a
   whole level, `@420000` for all below a region, `~429006` for its peers. Files of figures are scripts, loaded when needed. */
(function () {
  "use strict";
  const nianbao = window.nianbao = window.nianbao || {};
  const root = document.querySelector(".cmp");
  if (!root || !nianbao.draw || !nianbao.charts) return;
  const { charts, draw } = nianbao;
  const { say } = charts;
  const VIEWS = ["trend", "ranking", "compare", "change", "grid"];
  const INDICATORS = 6; // charts on one page
  const FOUND = 30; // regions listed for a search
  const ROWS = 60; // rows of a table at first
  const find = (selector) => root.querySelector(selector);

  let index = null;
  let state = null;
  let toldNow = "";
  const chunks = new Map(); // by indicator: data, or a promise of it
  const arriving = new Map();
  const live = []; // drawn charts

  // ---- elements

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (value === false || value === null || value === undefined) return;
      if (key === "class") element.className = value;
      else if (key === "on") Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
      else element.setAttribute(key, value === true ? "" : value);
    });
    children.forEach((child) => {
      if (child !== null && child !== undefined && child !== "") element.append(child);
    });
    return element;
  }

  // Keeps the children that stay, so that focus stays with them.
  function fill(list, items, key, build) {
    const old = new Map([...list.children].map((child) => [child.getAttribute("data-key"), child]));
    const fresh = items.map((item) => {
      const id = key(item);
      const element = old.get(id) || build(item);
      element.setAttribute("data-key", id);
      return element;
    });
    const keep = new Set(fresh);
    [...list.children].forEach((child) => { if (!keep.has(child)) child.remove(); });
    fresh.forEach((element, at) => { if (list.children[at] !== element) list.insertBefore(element, list.children[at] || null); });
  }

  // ---- data

  function script(address, version) {
    return new Promise((done, fail) => {
      const element = document.createElement("script");
      // from a server the version makes an old copy in a cache harmless; from disk the plain name is the file
      element.src = /^http/.test(location.protocol) ? `${address}?v=${version}` : address;
      element.onload = done;
      element.onerror = () => fail(new Error(address));
      document.head.append(element);
    });
  }

  nianbao.index = (data) => {
    const zh = data.lang === "zh";
    const periods = data.periods.map(([id, label, short, kind, full, year]) => ({ id, label, short, kind, full: full === 1, year }));
    const regions = data.regions.map(([code, name, level, parent, initials, page]) => ({
      code, name, level, parent: parent < 0 ? null : data.regions[parent][0], initials, page: page === undefined ? `regions/${code}/index.html` : page,
    }));
    index = Object.assign({}, data, { periods, regions, zh });
    index.indicator = new Map(index.indicators.map((one) => [one.id, one]));
    // bare names repeat: those that do carry the region above (朝阳区（长春市）)
    const times = new Map();
    regions.forEach((one) => times.set(one.name, (times.get(one.name) || 0) + 1));
    const names = new Map(regions.map((one) => [one.code, one.name]));
    regions.forEach((one) => {
      const above = one.parent && names.get(one.parent);
      one.label = times.get(one.name) > 1 ? (zh ? `${one.name}（${above || one.code}）` : `${one.name} (${above || one.code})`) : one.name;
    });
    index.region = new Map(regions.map((one) => [one.code, one]));
    index.period = new Map(periods.map((one, at) => [one.id, Object.assign(one, { at })]));
    index.below = new Map();
    regions.forEach((one) => { if (one.parent) index.below.set(one.parent, (index.below.get(one.parent) || []).concat(one)); });
  };

  nianbao.add = (id, data) => chunks.set(id, data);

  function chunk(id) {
    if (chunks.has(id)) return Promise.resolve();
    if (!arriving.has(id)) {
      const one = index.indicator.get(id);
      const asked = script(root.getAttribute("data-root") + one.file, one.version).then(() => { if (!chunks.has(id)) throw new Error(one.file); });
      asked.catch(() => arriving.delete(id));
      arriving.set(id, asked);
    }
    return arriving.get(id);
  }

  // ---- the choice and the address

  const levelNames = () => index.levels.map(([id]) => id);

  // The regions of a token in order of code; none when it means nothing here.
  function members(token) {
    const rest = token.slice(1);
    if (token[0] === "@") {
      const level = levelNames().indexOf(rest);
      if (level >= 0) return index.regions.filter((one) => one.level === level);
      return index.below.get(rest) || [];
    }
    if (token[0] === "~") {
      const own = index.region.get(rest);
      return own ? index.regions.filter((one) => one.level === own.level && one.parent === own.parent) : [];
    }
    return index.region.has(token) ? [index.region.get(token)] : [];
  }

  function tokenName(token) {
    const rest = token.slice(1);
    if (token[0] === "@") {
      const level = index.levels.find(([id]) => id === rest);
      const n = members(token).length;
      if (level) return say(`全部${level[1]}（${n}个）`, `all of level ${level[1]} (${n})`);
      return say(`${index.region.get(rest).label}的下级（${n}个）`, `below ${index.region.get(rest).label} (${n})`);
    }
    if (token[0] === "~") return say(`${index.region.get(rest).label}的同级（${members(token).length}个）`, `peers of ${index.region.get(rest).label} (${members(token).length})`);
    return index.region.get(token).label;
  }

  const coded = (text) => encodeURIComponent(text).replace(/%40/g, "@").replace(/%2F/g, "/");

  function write(choice) {
    const parts = [`i=${choice.i.map(coded).join(",")}`, `r=${choice.r.map(coded).join(",")}`];
    if (choice.from || choice.to) {
      parts.push(`p=${choice.from === choice.to ? coded(choice.from) : `${coded(choice.from)}..${coded(choice.to)}`}`);
    }
    parts.push(`v=${choice.v}`);
    if (choice.l) parts.push(`l=${choice.l}`);
    return parts.join("&");
  }

  // Reads an address; what it does not know is told and left out.
  function read(text) {
    const choice = { i: [], r: [], from: "", to: "", v: "trend", l: "" };
    const told = [];
    const strange = (what) => told.push(say(`链接里的“${what}”这里没有，已略去`, `“${what}” in the link is not known here and was left out`));
    const plain = (part) => {
      try { return decodeURIComponent(part); } catch (error) { return part; }
    };
    text.split("&").filter(Boolean).forEach((part) => {
      const at = part.indexOf("=");
      const [key, value] = [at < 0 ? part : part.slice(0, at), at < 0 ? "" : part.slice(at + 1)];
      const list = [...new Set(value.split(",").filter(Boolean).map(plain))];
      if (key === "i") {
        list.forEach((id) => {
          if (!index.indicator.has(id)) strange(id);
          else if (choice.i.length < INDICATORS) choice.i.push(id);
          else told.push(say(`一次最多看${INDICATORS}个指标，“${index.indicator.get(id).name}”已略去`, `at most ${INDICATORS} indicators at a time: “${index.indicator.get(id).name}” was left out`));
        });
      } else if (key === "r") {
        list.forEach((token) => {
          const former = index.former[token];
          if (former && index.region.has(former[1])) {
            told.push(say(`${token} ${former[0]}现为${index.region.get(former[1]).label}（${former[1]}）`, `${token} ${former[0]} is now ${index.region.get(former[1]).label} (${former[1]})`));
            if (!choice.r.includes(former[1])) choice.r.push(former[1]);
          } else if (members(token).length) choice.r.push(token);
          else strange(token);
        });
      } else if (key === "p") {
        const [from, to] = value.includes("..") ? value.split("..").map(plain) : [plain(value), plain(value)];
        const known = (id) => {
          if (id && !index.period.has(id)) strange(id);
          return index.period.has(id) ? id : "";
        };
        [choice.from, choice.to] = from === to ? [known(from), index.period.has(to) ? to : ""] : [known(from), known(to)];
        if (choice.from && choice.to && index.period.get(choice.from).at > index.period.get(choice.to).at) [choice.from, choice.to] = [choice.to, choice.from];
      } else if (key === "v") {
        if (VIEWS.includes(value)) choice.v = value;
        else strange(value);
      } else if (key === "l") {
        if (levelNames().includes(value)) choice.l = value;
        else strange(value);
      } else strange(plain(part));
    });
    return { choice, told };
  }

  const hash = () => location.hash.replace(/^#/, "");

  // The choice in the address; an address without one shows the start.
  function follow() {
    const text = hash();
    if (text && !text.includes("=")) return; // an anchor of the page
    const { choice, told } = read(text || index.start);
    if (state && write(choice) === write(state) && !told.length) return;
    state = choice;
    toldNow = told.length ? told.join(say("；", "; ")) + say("。", ".") : "";
    show();
  }

  function choose(changes) {
    state = Object.assign({}, state, changes);
    toldNow = "";
    const text = write(state);
    if (hash() !== text) location.hash = text;
    show();
  }

  // ---- the controls

  const toggled = (list, id) => (list.includes(id) ? list.filter((one) => one !== id) : list.concat(id));

  function box(id, name, note, checked, change) {
    const input = make("input", { type: "checkbox", value: id, on: { change } });
    input.checked = checked;
    return make("li", {}, make("label", {}, input, make("span", {}, name), note ? make("span", { class: "sub" }, note) : ""));
  }

  function chosenList(list, ids, name, remove, search) {
    fill(list, ids, (id) => id, (id) => make("li", {}, make("button", {
      type: "button", "aria-label": say(`去掉${name(id)}`, `remove ${name(id)}`),
      on: { click: (event) => {
        const item = event.currentTarget.parentElement;
        const next = item.nextElementSibling || item.previousElementSibling;
        const key = next && next.getAttribute("data-key");
        remove(id);
        const after = key && [...list.children].find((one) => one.getAttribute("data-key") === key);
        (after ? after.firstElementChild : search).focus();
      } },
    }, name(id), make("span", { "aria-hidden": "true" }, " ×"))));
    list.hidden = !ids.length;
  }

  function indicatorControls() {
    const search = find("#q-i");
    const list = find("#list-i");
    const topics = new Map();
    index.indicators.forEach((one) => topics.set(one.topic, (topics.get(one.topic) || []).concat(one)));
    topics.forEach((items, topic) => {
      const boxes = items.map((one) => box(one.id, one.name, one.unit, false, (event) => {
        if (event.target.checked && state.i.length >= INDICATORS) {
          event.target.checked = false;
          find("#hint-i").textContent = say(`一次最多看${INDICATORS}个指标，请先去掉一个。`, `At most ${INDICATORS} indicators at a time: remove one first.`);
          return;
        }
        choose({ i: toggled(state.i, one.id) });
      }));
      list.append(make("li", { class: "group" }, topic ? make("p", { class: "tag" }, topic) : "", make("ul", {}, ...boxes)));
    });
    search.addEventListener("input", () => {
      const text = search.value.trim().toLowerCase();
      let n = 0;
      list.querySelectorAll("input").forEach((input) => {
        const one = index.indicator.get(input.value);
        const fits = !text || one.name.toLowerCase().includes(text) || one.id.includes(text) || one.topic.includes(text);
        input.closest("li").hidden = !fits;
        n += fits ? 1 : 0;
      });
      list.querySelectorAll(".group").forEach((group) => { group.hidden = ![...group.querySelectorAll("li")].some((li) => !li.hidden); });
      find("#hint-i").textContent = text ? (n ? say(`${n}个指标`, `${n} indicators`) : say("没有这样的指标。", "No such indicator.")) : "";
    });
  }

  // Whether letters are initials of successive characters of a name; a capital begins a character's letters.
  function initialsFit(groups, letters) {
    for (let from = 0; from + letters.length <= groups.length; from += 1) {
      if ([...letters].every((letter, at) => groups[from + at].includes(letter))) return true;
    }
    return false;
  }

  function matches(text) {
    const wanted = text.trim().toLowerCase();
    const letters = /^[a-z0-9]+$/.test(wanted);
    return index.regions.filter((one) => {
      if (!wanted || one.name.toLowerCase().includes(wanted) || one.code.startsWith(wanted)) return true;
      if (!letters) return false;
      if (!one.groups) one.groups = (one.initials.match(/[A-Z0-9][a-z]*/g) || []).map((group) => group.toLowerCase());
      return initialsFit(one.groups, wanted);
    });
  }

  function regionNote(one) {
    const level = index.levels[one.level][1];
    const parent = one.parent && index.region.get(one.parent);
    return [parent && parent.level > 0 ? parent.name : level, one.code].join(" ");
  }

  function regionResults() {
    const search = find("#q-r");
    const text = search.value;
    let found = matches(text);
    const total = found.length;
    if (text.trim()) {
      const wanted = text.trim();
      const near = (one) => (one.name === wanted || one.code === wanted ? 0 : one.name.startsWith(wanted) ? 1 : 2);
      found = found.slice().sort((a, b) => near(a) - near(b) || a.level - b.level);
    } else found = found.slice().sort((a, b) => a.level - b.level);
    found = found.slice(0, FOUND);
    fill(find("#list-r"), found, (one) => one.code, (one) => box(one.code, one.name, regionNote(one), state.r.includes(one.code), () => choose({ r: toggled(state.r, one.code) })));
    find("#hint-r").textContent = !total ? say("没有这样的地区。", "No such region.")
      : total > FOUND ? say(`共${total}个，列出前${FOUND}个；请输入更多字。`, `${total} found, the first ${FOUND} are listed; type more.`)
      : text.trim() ? say(`${total}个地区`, `${total} regions`) : "";
  }

  function sets() {
    const select = find("#set");
    const options = [];
    const add = (group, token) => {
      const n = members(token).length;
      if (n > 1 && !state.r.includes(token)) options.push([group, token]);
    };
    levelNames().forEach((id) => add(say("整级", "Whole levels"), `@${id}`));
    const own = state.r.filter((token) => index.region.has(token));
    own.forEach((code) => {
      add(say("同级（同一上级）", "Peers (same parent)"), `~${code}`);
      add(say("下级", "Children"), `@${code}`);
    });
    const parents = index.regions.filter((one) => (index.below.get(one.code) || []).length > 1 && !own.includes(one.code));
    parents.slice(0, 400).forEach((one) => add(say("下级", "Children"), `@${one.code}`));
    const before = select.value;
    select.textContent = "";
    select.append(make("option", { value: "" }, say("选一组…", "Choose a group…")));
    const groups = new Map();
    options.forEach(([group, token]) => {
      if (!groups.has(group)) groups.set(group, make("optgroup", { label: group }));
      groups.get(group).append(make("option", { value: token }, tokenName(token)));
    });
    groups.forEach((group) => select.append(group));
    select.value = options.some(([, token]) => token === before) ? before : "";
  }

  function periodControls() {
    const known = state.i.map((id) => chunks.get(id)).filter(Boolean);
    const used = new Set([].concat(...known.map((data) => data.periods)));
    const list = index.periods.filter((one) => !used.size || used.has(one.id) || one.id === state.from || one.id === state.to);
    const one = state.v === "ranking";
    [["#from", "from", say("最早", "earliest")], ["#to", "to", say("最近", "newest")]].forEach(([id, key, word]) => {
      const select = find(id);
      const wanted = [["", one && key === "to" ? say("最近可比的一期", "newest comparable") : word]].concat(list.slice().reverse().map((period) => [period.id, period.label]));
      const now = [...select.options].map((option) => option.value + option.text).join();
      if (now !== wanted.map(([value, text]) => value + text).join()) {
        select.textContent = "";
        wanted.forEach(([value, text]) => select.append(make("option", { value }, text)));
      }
      select.value = state[key];
    });
    find("#from").parentElement.hidden = one;
    find("label[for=to]").textContent = one ? say("时期", "Period") : say("到", "To");
  }

  function controls() {
    root.querySelectorAll("#list-i input").forEach((input) => { input.checked = state.i.includes(input.value); });
    root.querySelectorAll("#list-r input").forEach((input) => { input.checked = state.r.includes(input.value); });
    chosenList(find("#chosen-i"), state.i, (id) => index.indicator.get(id).name, (id) => choose({ i: state.i.filter((one) => one !== id) }), find("#q-i"));
    chosenList(find("#chosen-r"), state.r, tokenName, (id) => choose({ r: state.r.filter((one) => one !== id) }), find("#q-r"));
    root.querySelectorAll("[name=v]").forEach((radio) => { radio.checked = radio.value === state.v; });
    find("#sum-i").textContent = state.i.length ? state.i.map((id) => index.indicator.get(id).name).join(say("、", ", ")) : say("未选", "none");
    find("#sum-r").textContent = state.r.length ? state.r.map(tokenName).join(say("、", ", ")) : say("未选", "none");
    const label = (id) => index.period.get(id).label;
    find("#sum-p").textContent = state.v === "ranking" ? (state.to ? label(state.to) : say("最近可比的一期", "newest comparable"))
      : state.from || state.to ? `${state.from ? label(state.from) : say("最早", "earliest")}—${state.to ? label(state.to) : say("最近", "newest")}` : say("全部", "all");
    sets();
    periodControls();
  }

  // ---- the results

  let turn = 0;

  function show() {
    const now = ++turn;
    controls();
    const notice = find("#told");
    notice.textContent = toldNow;
    notice.hidden = !toldNow;
    const results = find("#results");
    if (!state.i.length || !state.r.length) {
      const word = !state.i.length && !state.r.length ? say("还没有选。请选指标和地区，图、表和一句话就出在这里。", "Nothing is chosen yet. Choose indicators and regions; chart, table and sentence appear here.")
        : !state.i.length ? say("请再选指标。", "Now choose indicators.") : say("请再选地区。", "Now choose regions.");
      clear();
      results.replaceChildren(make("p", { class: "empty" }, word));
      results.setAttribute("data-shown", write(state));
      announce(word);
      return;
    }
    const missing = state.i.filter((id) => !chunks.has(id));
    if (missing.length) results.setAttribute("aria-busy", "true");
    Promise.all(state.i.map((id) => chunk(id).then(() => null, () => id))).then((failed) => {
      if (now !== turn) return;
      results.removeAttribute("aria-busy");
      periodControls();
      clear();
      const lost = failed.filter(Boolean);
      const shown = state.i.filter((id) => !lost.includes(id)).map(result);
      results.replaceChildren(...lost.map((id) => make("p", { class: "banner" }, say(`取不到“${index.indicator.get(id).name}”的数：文件 ${index.indicator.get(id).file} 打不开，请核对站点文件是否齐全。`, `The figures of “${index.indicator.get(id).name}” cannot be loaded: ${index.indicator.get(id).file}.`))), ...shown.map((one) => one.element));
      shown.forEach((one) => one.start());
      results.setAttribute("data-shown", write(state));
      announce(shown.map((one) => one.out.why || one.out.sentence).join(" "));
    });
  }

  function announce(text) {
    const area = find("#says");
    if (area.textContent !== text) area.textContent = text;
  }

  function clear() {
    live.splice(0).forEach((one) => one.chart.dispose());
  }

  function chosenRegions() {
    const single = state.r.filter((token) => index.region.has(token));
    const sets = state.r.filter((token) => !index.region.has(token));
    const seen = new Set();
    const all = [];
    const take = (code, own) => {
      if (seen.has(code)) return;
      seen.add(code);
      all.push({ code, own });
    };
    single.forEach((code) => take(code, sets.length > 0));
    sets.forEach((token) => members(token).forEach((one) => take(one.code, false)));
    return all;
  }

  function result(id) {
    const indicator = index.indicator.get(id);
    const choice = {
      view: state.v, regions: chosenRegions(), level: levelNames().indexOf(state.l),
      from: state.v === "ranking" ? null : index.period.get(state.from) || null, to: index.period.get(state.to) || null,
    };
    const out = nianbao.table.table(index, indicator, chunks.get(id), choice);
    const rootPath = root.getAttribute("data-root");
    const title = titleOf(out);
    const element = make("section", { class: "result", "aria-labelledby": `h-${id}` });
    element.append(make("h2", { id: `h-${id}` }, make("a", { href: rootPath + indicator.page }, indicator.name), indicator.unit ? make("span", { class: "u" }, indicator.unit) : "", make("span", { class: "sub" }, title)));
    if (out.levels.length > 1) element.append(levels(out));
    const start = [];
    if (out.why) element.append(make("p", { class: "empty" }, out.why));
    else {
      element.append(make("p", { class: "sentence" }, out.sentence));
      if (state.v !== "grid") {
        const stage = make("div", { class: "stage", role: "img", "aria-label": `${indicator.name} ${title}` });
        const limit = make("p", { class: "cap" });
        element.append(stage, limit);
        start.push(() => paint(out, stage, limit));
      }
    }
    if (out.rows.length) element.append(tableOf(out));
    const remarks = out.notes.concat(exclusions(out));
    if (remarks.length) element.append(make("ul", { class: "notes" }, ...remarks.map((note) => make("li", {}, note))));
    if (out.periods.length) element.append(tools(out, title));
    return { out, element, start: () => start.forEach((run) => run()) };
  }

  function exclusions(out) {
    const { excluded, w } = out;
    const lines = excluded.slice(0, 12).map(([what, why]) => w.say(`未列入：${what}，${why}。`, `left out: ${what}: ${why}.`));
    if (excluded.length > 12) lines.push(w.say(`未列入的共${excluded.length}项，其余见下载的表。`, `${excluded.length} left out in all; the download lists the rest.`));
    return lines;
  }

  function titleOf(out) {
    const [first, last] = [out.periods[0], out.periods[out.periods.length - 1]];
    if (!first) return "";
    return first === last ? first.label : `${first.label}—${last.label}`;
  }

  // One level of government at a time; the reader may turn to another.
  function levels(out) {
    const select = make("select", { id: `l-${out.indicator.id}`, on: { change: (event) => choose({ l: event.target.value }) } });
    out.levels.forEach((level) => {
      const [id, name] = index.levels[level];
      const option = make("option", { value: id }, name);
      option.selected = level === out.level;
      select.append(option);
    });
    return make("p", { class: "pick-level" }, make("label", { for: select.id }, say("行政级别不同的不放在一起比，现在看 ", "Levels of government are not compared with each other; now showing ")), select);
  }

  function paint(out, stage, limit) {
    const width = stage.clientWidth;
    const extent = draw.extent(out, width);
    stage.style.height = `${extent.height}px`;
    limit.textContent = extent.words ? extent.words : out.rows.length > extent.rows ? say(`图上画${extent.rows}个，共${out.rows.length}个；表和下载里有全部。`, `${extent.rows} of ${out.rows.length} are drawn; table and download have all.`) : "";
    charts.load().then((echarts) => {
      if (!stage.isConnected) return;
      const put = (colours) => {
        const chart = echarts.init(stage, charts.theme(colours));
        const value = draw.option(out, colours, stage.clientWidth);
        value.animation = false;
        chart.setOption(value);
        return chart;
      };
      live.push({ stage, put, chart: put(charts.palette(false)) });
      stage.classList.add("on");
    }).catch(() => { limit.textContent = say("画不出图，请看下面的表。", "The chart cannot be drawn; see the table."); });
  }

  // For print, white paper and the width of a page.
  function repaint(white) {
    live.forEach((one) => {
      one.chart.dispose();
      one.stage.style.width = white ? "640px" : "";
      one.chart = one.put(charts.palette(white));
    });
  }

  function link(row) {
    return row.page ? make("a", { href: root.getAttribute("data-root") + row.page }, row.name) : document.createTextNode(row.name);
  }

  function figureCell(out, row, period) {
    const one = out.figure(row, period);
    const cell = make("td", { class: "num" });
    if (!one) return cell;
    if (!one.value) return cell.append(make("span", { class: "missing" }, one.why)), cell;
    const loose = out.view !== "ranking" && out.view !== "change" && !nianbao.table.solid(period, one);
    const unit = out.indicator.unit;
    const bare = unit && one.written.endsWith(unit) ? one.written.slice(0, -unit.length) : one.written;
    const places = /^-?[\d,]+(\.\d+)?$/.test(bare) ? (bare.split(".")[1] || "").length : 0;
    cell.className = `num d${Math.min(places, 4)}${loose ? " loose" : ""}`;
    const number = make("span", { class: "fig" }, one.why ? bare : make("data", { value: nianbao.figures.plain(one.value) }, bare));
    cell.append(number);
    if (one.breaks) cell.append(make("span", { class: "flag" }, index.reasons.break));
    else if (one.status) cell.append(make("span", { class: "flag" }, one.status));
    if (one.formula) cell.append(make("span", { class: "flag derived", title: one.formula }, say("推算", "derived")));
    if (out.shade) cell.classList.add(`q${out.shade(period, one)}`);
    return cell;
  }

  function changeCell(row) {
    const { direction, amount, better, rounded, formula } = row.change;
    const cell = make("td", { class: "num" });
    const words = make("span", { class: `change ${better > 0 ? "better" : better < 0 ? "worse" : ""}`, title: formula });
    if (direction) words.append(make("span", { class: "arrow", "aria-hidden": "true" }, direction > 0 ? "▲" : "▼"), make("span", { class: "sr" }, direction > 0 ? say("上升", "up ") : say("下降", "down ")), amount);
    else words.append(say("持平", "same"));
    if (better) words.append(make("span", { class: "sr" }, better > 0 ? say("（好转）", " (better)") : say("（变差）", " (worse)")));
    if (rounded) words.append(say("（舍入之内）", " (within rounding)"));
    cell.append(words, make("span", { class: "flag derived", title: formula }, say("推算", "derived")));
    return cell;
  }

  function tableOf(out) {
    const ranks = out.rows.some((row) => row.rank);
    const changes = out.view === "change";
    let places = 0;
    out.rows.slice(0, 2000).forEach((row) => out.periods.forEach((period) => {
      const one = out.figure(row, period);
      if (one && one.value) places = Math.max(places, one.value.s);
    }));
    const unit = out.indicator.unit;
    const caption = `${out.indicator.name}${unit ? say(`（${unit}）`, ` (${unit})`) : ""}`;
    const head = make("tr", {}, ranks ? make("th", { scope: "col", class: "rank" }, say("位次", "Rank")) : "", make("th", { scope: "col" }, say("地区", "Region")), ...out.periods.map((period) => make("th", { scope: "col", class: "num" }, period.full ? period.short : period.label)), changes ? make("th", { scope: "col", class: "num" }, say("增减", "Change")) : "");
    const rows = make("tbody");
    const add = (from, to) => out.rows.slice(from, to).forEach((row) => rows.append(make("tr", { class: row.own ? "own" : false }, ranks ? make("td", { class: "rank" }, String(row.rank || "")) : "", make("th", { scope: "row" }, link(row)), ...out.periods.map((period) => figureCell(out, row, period)), changes ? changeCell(row) : "")));
    add(0, ROWS);
    const table = make("table", { class: `grid p${Math.min(places, 4)}${out.view === "grid" ? " shaded" : ""}${out.periods.length > 5 ? " periods" : ""}` }, make("caption", {}, make("span", {}, caption)), make("thead", {}, head), rows);
    const holder = make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, table);
    const wrap = make("div", { class: "rows" }, holder);
    if (out.rows.length > ROWS) {
      let shown = ROWS;
      const count = make("span", { role: "status" });
      const say2 = () => { count.textContent = say(`列出前${Math.min(shown, out.rows.length)}个，共${out.rows.length}个；下载里有全部。`, `the first ${Math.min(shown, out.rows.length)} of ${out.rows.length}; the download has all.`); };
      const more = make("button", { type: "button", on: { click: () => {
        add(shown, shown + 200);
        shown += 200;
        say2();
        if (shown >= out.rows.length) {
          more.hidden = true;
          holder.focus();
        }
      } } }, say("再列200个", "200 more"));
      say2();
      wrap.append(make("p", { class: "more" }, count, " ", more));
    }
    return wrap;
  }

  function tools(out, title) {
    const said = make("span", { role: "status" });
    const name = `${out.indicator.name}-${title}`;
    const words = () => ({
      title: `${out.indicator.name}${out.indicator.unit ? say(`（${out.indicator.unit}）`, ` (${out.indicator.unit})`) : ""} ${title}`,
      sentence: out.sentence, notes: out.notes.concat(exclusions(out)),
      source: `${say("来源：", "Source: ")}${root.getAttribute("data-site")}${/^http/.test(location.protocol) ? ` ${location.href}` : ""}`,
    });
    const picture = (type) => {
      said.textContent = "";
      const width = 860;
      charts.picture(type, (colours) => draw.option(out, colours, width), words(), width, draw.extent(out, width).height)
        .then((blob) => charts.save(blob, `${name}.${type}`))
        .catch(() => { said.textContent = say("画不出图片", "the picture cannot be made"); });
    };
    const button = (word, click, label) => make("button", { type: "button", "aria-label": label, on: { click } }, word);
    const all = [button(say("复制链接", "Copy link"), () => charts.copyLink(`${location.href.split("#")[0]}#${write(state)}`, said))];
    all.push(button("CSV", () => charts.save(new Blob([nianbao.table.csv(index, [out])], { type: "text/csv;charset=utf-8" }), `${name}.csv`), say(`下载${out.indicator.name}的表（CSV）`, `Download ${out.indicator.name} as CSV`)));
    if (!out.why) {
      all.push(button("PNG", () => picture("png"), say(`下载${out.indicator.name}的图（PNG）`, `Download ${out.indicator.name} as PNG`)));
      all.push(button("SVG", () => picture("svg"), say(`下载${out.indicator.name}的图（SVG）`, `Download ${out.indicator.name} as SVG`)));
    }
    return make("p", { class: "tools" }, ...all, said);
  }

  // ---- start

  function begin() {
    indicatorControls();
    find("#q-r").addEventListener("input", regionResults);
    find("#set-add").addEventListener("click", () => {
      const token = find("#set").value;
      if (token) choose({ r: state.r.concat(token) });
      find("#set").focus();
    });
    find("form").addEventListener("submit", (event) => event.preventDefault());
    root.querySelectorAll("[name=v]").forEach((radio) => radio.addEventListener("change", () => choose({ v: radio.value })));
    const period = (key) => (event) => {
      const next = Object.assign({}, state, { [key]: event.target.value });
      const [a, b] = [index.period.get(next.from), index.period.get(next.to)];
      // an end before the beginning moves the other one along
      if (a && b && a.at > b.at) next[key === "from" ? "to" : "from"] = event.target.value;
      choose({ from: next.from, to: next.to });
    };
    find("#from").addEventListener("change", period("from"));
    find("#to").addEventListener("change", period("to"));
    find("#clear").addEventListener("click", () => choose({ i: [], r: [], from: "", to: "", l: "" }));
    const skip = document.querySelector("a.skip");
    if (skip) skip.addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector("main").focus();
    });
    const wide = window.matchMedia("(min-width: 1000px)").matches;
    root.querySelectorAll("details.pick").forEach((one) => { one.open = wide; });
    document.querySelector(".ways").open = false;
    root.hidden = false;
    follow();
    regionResults();
    window.addEventListener("hashchange", () => {
      follow();
      regionResults();
    });
    if (charts.dark.addEventListener) charts.dark.addEventListener("change", () => repaint(false));
    window.addEventListener("beforeprint", () => repaint(true));
    window.addEventListener("afterprint", () => repaint(false));
    let late = 0;
    window.addEventListener("resize", () => {
      clearTimeout(late);
      late = setTimeout(() => repaint(false), 150);
    });
  }

  script(root.getAttribute("data-index"), root.getAttribute("data-version")).then(() => {
    if (!index) throw new Error("no index");
    begin();
  }).catch(() => {
    const lost = document.querySelector(".cmp-lost");
    if (lost) lost.hidden = false;
  });
})();
