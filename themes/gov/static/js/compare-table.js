/* What the compare page shows of one indicator: from the reader's choice to rows, periods, what stands apart and why, and
   the sentence. No page is touched here; drawing is compare-draw.js. */
(function () {
  "use strict";
  const nianbao = window.nianbao = window.nianbao || {};
  if (!nianbao.figures) return;
  const { minus, compare, abs, short, figures, exact, change, byChange, ranked } = nianbao.figures;

  // ---- words

  const MOST = 4;

  function words(index) {
    const zh = index.lang === "zh";
    const say = (chinese, english) => (zh ? chinese : english);
    const list = (names) => {
      const some = names.slice(0, MOST).join(say("、", ", "));
      return names.length > MOST ? say(`${some}等${names.length}个`, `${some} and ${names.length - MOST} more`) : some;
    };
    const join = (clauses) => {
      const all = clauses.filter(Boolean).join(say("；", "; "));
      return all ? all + say("。", ".") : "";
    };
    return { zh, say, list, join, points: say("个百分点", " pp"), when: (period) => period.label };
  }

  // ---- the table

  /* The rows and periods of a choice: { view, from, to, level, regions: [{ code, own }] }. */
  function table(index, indicator, chunk, choice) {
    const w = words(index);
    const rank = { v: choice.view, one: choice.view === "ranking" };
    const all = index.periods.map((period, at) => Object.assign({ at }, period));
    const place = new Map(chunk.periods.map((id, at) => [id, at]));
    const known = all.filter((period) => place.has(period.id));
    const rows = choice.regions.map((chosen) => {
      const region = index.region.get(chosen.code);
      return { code: region.code, name: region.label, level: region.level, page: region.page, own: chosen.own, own_figures: figures(chunk, chunk.rows[region.code]) };
    });
    const figure = (row, period) => (place.has(period.id) ? row.own_figures[place.get(period.id)] : null);
    const out = { view: choice.view, indicator, w, figure, all: rows, rows: [], periods: [], excluded: [], notes: [], sentence: "", why: "", levels: [], silent: 0 };

    const inside = (period) => (!choice.from || period.at >= choice.from.at) && (!choice.to || period.at <= choice.to.at);
    const filled = known.filter((period) => inside(period) && rows.some((row) => figure(row, period)));
    if (!filled.length) return nothing(out, rows, known);

    if (rank.one) out.periods = [choice.to && filled.includes(choice.to) ? choice.to : choice.to || newestRankable(indicator, rows, filled, figure)];
    else if (choice.view === "change") out.periods = ends(index, indicator, choice, filled, rows, figure);
    else if (choice.view === "compare") {
      const newest = filled.filter((period) => period.full).pop() || filled[filled.length - 1];
      const last = choice.to && filled.some((period) => period.id === choice.to.id) ? choice.to : newest;
      const same = filled.filter((period) => period.kind === last.kind);
      out.periods = same.slice(-6);
      if (same.length > 6) out.notes.push(w.say(`时期多于六个，只并列最近六个。`, `more than six periods: only the newest six stand side by side.`));
    } else out.periods = whole(all, filled);
    if (rank.one) out.periods = out.periods.map((period) => all[period.at]);

    split(index, out, choice, rank.one || !indicator.across);
    const view = { trend, ranking, compare: grouped, change: changed, grid }[choice.view];
    view(index, out);
    notes(index, out);
    if (choice.view !== "ranking" && choice.view !== "change") without(out);
    const left = out.excluded.length;
    out.sentence = w.join(out.clauses.concat(left && choice.view !== "grid" ? w.say(`另有${left}项因不可比未列入`, `${left} not comparable and left out`) : ""));
    return out;
  }

  // Every year between the first and the last stays visible, with figure or without; other periods only with figures.
  function whole(all, filled) {
    const [low, high] = [filled[0].year, filled[filled.length - 1].year];
    const ids = new Set(filled.map((period) => period.id));
    const years = new Set(filled.filter((period) => period.full).map((period) => period.year));
    const periods = all.filter((period) => ids.has(period.id));
    if (years.size) {
      for (let year = low; year <= high; year += 1) {
        if (!years.has(year)) {
          const known = all.find((period) => period.full && period.year === year);
          periods.push(known || { id: String(year), label: filled.find((period) => period.full).label.replace(/\d{4}/, year), short: String(year), full: true, kind: filled.find((period) => period.full).kind, year, at: -1 });
        }
      }
      const key = (period) => (period.at >= 0 ? period.at : all.findIndex((other) => other.year > period.year) - 0.5);
      periods.sort((a, b) => (a.at < 0 || b.at < 0 ? a.year - b.year || key(a) - key(b) : a.at - b.at));
    }
    return periods;
  }

  function count(rows, period, figure) {
    const levels = new Map();
    rows.forEach((row) => {
      if (exact(figure(row, period))) levels.set(row.level, (levels.get(row.level) || 0) + 1);
    });
    return levels;
  }

  // The newest whole year in which more than half of the best year's figures can be ranked, else the newest period.
  function newestRankable(indicator, rows, filled, figure) {
    const sizes = filled.map((period) => (period.full ? Math.max(0, ...count(rows, period, figure).values()) : 0));
    const best = Math.max(...sizes);
    for (let at = filled.length - 1; best > 0 && at >= 0; at -= 1) {
      if (sizes[at] * 2 > best) return filled[at];
    }
    return filled[filled.length - 1];
  }

  // The two periods of a change: as chosen, else the newest whole year and the earliest that compares in most regions.
  function ends(index, indicator, choice, filled, rows, figure) {
    const later = choice.to || newestRankable(indicator, rows, filled, figure);
    if (choice.from) return [choice.from, later];
    const same = filled.filter((period) => period.kind === later.kind && period.at < later.at);
    const sizes = same.map((period) => rows.filter((row) => !change(indicator, index.reasons, figure(row, period), figure(row, later), {}).why).length);
    const best = Math.max(0, ...sizes);
    return [same.find((period, at) => best && sizes[at] * 2 > best) || same[0] || later, later];
  }

  // One level of government at a time where sizes differ: the chosen one, else the one with most exact figures.
  function split(index, out, choice, single) {
    const { figure } = out;
    const levels = new Map();
    const weigh = (level) => levels.set(level, (levels.get(level) || 0) + 1);
    if (choice.view === "ranking") count(out.all, out.periods[0], figure).forEach((n, level) => levels.set(level, n));
    else out.all.filter((row) => out.periods.some((period) => figure(row, period))).forEach((row) => weigh(row.level));
    out.levels = [...levels.keys()].sort((a, b) => a - b);
    if (!single || out.levels.length < 2) {
      out.level = out.levels[0];
      out.rows = out.all.slice();
      if (!single) out.levels = [];
      return;
    }
    const most = out.levels.reduce((best, level) => (levels.get(level) > levels.get(best) ? level : best));
    out.level = out.levels.includes(choice.level) ? choice.level : most;
    out.rows = [];
    out.all.forEach((row) => {
      if (row.level === out.level) out.rows.push(row);
      else if (out.periods.some((period) => figure(row, period))) apart(out, row, out.periods.length === 1 ? out.periods[0] : null, index.reasons.level);
    });
  }

  function apart(out, row, period, why) {
    const one = period && out.figure(row, period);
    out.excluded.push([[row.name, period ? period.label : "", one ? one.written : ""].filter(Boolean).join(" "), why]);
  }

  function nothing(out, rows, known) {
    const { w } = out;
    const some = rows.filter((row) => known.some((period) => out.figure(row, period)));
    out.why = some.length
      ? w.say(`所选时期里没有“${out.indicator.name}”的数；有数的时期是${known[0].label}至${known[known.length - 1].label}。`, `no figure of “${out.indicator.name}” in these periods; there are figures from ${known[0].label} to ${known[known.length - 1].label}.`)
      : w.say(`所选地区没有“${out.indicator.name}”的数。`, `the chosen regions have no figure of “${out.indicator.name}”.`);
    return out;
  }

  // Chosen regions without a figure in these periods are told, not left out in silence.
  function without(out) {
    const names = out.all.filter((row) => !out.periods.some((period) => out.figure(row, period))).map((row) => row.name);
    if (names.length) out.notes.push(out.w.say(`所选时期没有数的地区：${out.w.list(names)}。`, `no figure in these periods: ${out.w.list(names)}.`));
  }

  // Remarks on renamed regions and on breaks; regions that share a reason share a line.
  function notes(index, out) {
    const { w } = out;
    const shown = out.rows.slice(0, 60);
    shown.forEach((row) => {
      const years = out.periods.filter((period) => out.figure(row, period)).map((period) => period.year);
      Object.entries(index.former).filter(([, [, now]]) => now === row.code).forEach(([code, [name, , year]]) => {
        if (years.length && years[0] < Number(year) && Number(year) <= years[years.length - 1]) {
          out.notes.push(w.say(`${row.name}：${year}年由${name}（代码${code}）改设，前后辖区范围是否一致以当地公布为准`, `${row.name}: until ${year} ${name} (code ${code}); its boundary may differ before`));
        }
      });
    });
    const breaks = new Map();
    shown.forEach((row) => out.periods.forEach((period) => {
      const one = out.figure(row, period);
      if (!one || !one.breaks) return;
      const note = `${period.label}${w.say("：", ": ")}${one.note || one.status || w.say("与此前的数口径不同", "another definition than before")}`;
      breaks.set(note, (breaks.get(note) || []).concat(row.name));
    }));
    const all = [...breaks].map(([note, names]) => `${names.join(w.say("、", ", "))} ${note}`);
    out.notes.push(...all.slice(0, 8));
    if (all.length > 8) out.notes.push(w.say(`另有${all.length - 8}处口径变化，见数据表中的标记`, `${all.length - 8} more breaks are marked in the table`));
  }

  // ---- trend

  const solid = (period, one) => period.full && exact(one);

  // Stretches of periods one line joins; a figure that is not solid is in none.
  function runs(out, row) {
    const all = [];
    let open = false, last = null;
    out.periods.forEach((period, at) => {
      const one = out.figure(row, period);
      if (!one || !one.value || !solid(period, one)) {
        open = open && !period.full;
        return;
      }
      const broken = last !== null && one.stretch !== last;
      one.breaks = broken;
      if (open && !broken) all[all.length - 1].places.push(at);
      else all.push({ places: [at], broken });
      open = true;
      last = one.stretch;
    });
    return all;
  }

  const verb = (w, indicator, up) => (indicator.change === "growth" ? w.say(up ? "增加到" : "减少到", "to") : w.say(up ? "升至" : "降至", "to"));

  function told(index, out, before, now) {
    const { w, indicator } = out;
    const found = change(indicator, index.reasons, before, now, w);
    if (found.rounded) return w.say("相差在舍入之内", "a difference that rounding may explain");
    // Without a rate of growth the difference itself is told.
    const amount = found.why ? short(abs(minus(now.value, before.value))) + indicator.unit : found.amount;
    const up = compare(now.value, before.value) > 0;
    const growth = indicator.change === "growth" && !found.why;
    return w.say(`${up ? (growth ? "增长" : "上升") : "下降"}${amount}`, `${up ? "up" : "down"} ${amount}`);
  }

  function trend(index, out) {
    const { w, indicator, periods, figure } = out;
    out.rows = out.rows.filter((row) => periods.some((period) => figure(row, period) && figure(row, period).value));
    out.rows.forEach((row) => { row.runs = runs(out, row); });
    out.clauses = [];
    const row = out.rows.find((one) => one.own) || out.rows[0];
    if (!row) {
      out.why = w.say(`没有可比的数。`, `nothing to compare.`);
      return;
    }
    const who = w.say(`${row.name}${indicator.name}`, `${indicator.name}, ${row.name}`);
    const since = row.runs.reduce((found, run, at) => (run.broken ? at : found), 0);
    const points = [].concat(...row.runs.slice(since).map((run) => run.places)).map((at) => ({ period: periods[at], one: figure(row, periods[at]) }));
    if (!points.length) {
      const last = periods.filter((period) => figure(row, period) && figure(row, period).value).pop();
      out.clauses.push(w.say(`${w.when(last)}${who}为${figure(row, last).written}，没有可以前后比较的数`, `${who} was ${figure(row, last).written} in ${w.when(last)}; no two figures can be compared`));
    } else if (points.length === 1) {
      out.clauses.push(w.say(`${w.when(points[0].period)}${who}为${points[0].one.written}，可比的只有这一期，不构成趋势`, `${who} was ${points[0].one.written} in ${w.when(points[0].period)}, the only comparable period, so there is no trend`));
    } else out.clauses.push(...fromTo(index, out, who, points));
    if (since > 0) out.clauses.push(w.say("此前口径或范围不同，不作比较", "earlier figures follow another definition and are not compared"));
    const newest = periods.filter((period) => figure(row, period) && figure(row, period).value).pop();
    if (points.length && newest && periods.indexOf(newest) > periods.indexOf(points[points.length - 1].period) && !solid(newest, figure(row, newest))) {
      out.clauses.push(w.say(`${w.when(newest)}为${figure(row, newest).written}，不参与比较`, `${figure(row, newest).written} in ${w.when(newest)} is not compared`));
    }
    if (points.length) out.clauses.push(...others(out, points[points.length - 1].period, row));
    const gaps = periods.filter((period) => period.full && !(figure(row, period) && figure(row, period).value)).map(w.when);
    if (gaps.length) out.clauses.push(w.say(gaps.length > MOST ? `${w.list(gaps)}时期缺数` : `${w.list(gaps)}缺数`, `no figure for ${w.list(gaps)}`));
    // what no line joins stands apart with its reason
    out.rows.forEach((one) => periods.forEach((period) => {
      const found = figure(one, period);
      if (found && found.value && !solid(period, found)) apart(out, one, period, found.why || index.reasons.period);
    }));
  }

  function fromTo(index, out, who, points) {
    const { w, indicator } = out;
    const [first, last] = [points[0], points[points.length - 1]];
    const same = (a, b) => compare(a.one.value, b.one.value) === 0;
    if (points.every((point) => same(point, first))) {
      return [w.say(`${w.when(first.period)}至${w.when(last.period)}，${who}有数的${points.length}期均为${last.one.written}`, `${who} was ${last.one.written} in all ${points.length} periods from ${w.when(first.period)} to ${w.when(last.period)}`)];
    }
    const [from, to, before, after] = [w.when(first.period), w.when(last.period), first.one.written, last.one.written];
    const up = compare(last.one.value, first.one.value) > 0;
    const rounds = change(indicator, index.reasons, first.one, last.one, w).rounded;
    const clauses = [same(first, last)
      ? w.say(`${who}${from}为${before}，${to}为${after}，首尾持平`, `${who} was ${before} in ${from} and ${after} in ${to}, the same at both ends`)
      : w.say(`${who}由${from}的${before}${rounds ? "到" : verb(w, indicator, up)}${to}的${after}，${told(index, out, first.one, last.one)}`, `${who} went from ${before} in ${from} to ${after} in ${to}, ${told(index, out, first.one, last.one)}`)];
    const highest = points.reduce((best, point) => (compare(point.one.value, best.one.value) > 0 ? point : best));
    const lowest = points.reduce((best, point) => (compare(point.one.value, best.one.value) < 0 ? point : best));
    const inner = (point) => !same(point, first) && !same(point, last);
    if (inner(highest)) clauses.push(w.say(`其间最高为${w.when(highest.period)}的${highest.one.written}`, `highest in ${w.when(highest.period)} at ${highest.one.written}`));
    if (inner(lowest)) clauses.push(w.say(`其间最低为${w.when(lowest.period)}的${lowest.one.written}`, `lowest in ${w.when(lowest.period)} at ${lowest.one.written}`));
    return clauses;
  }

  // The highest and the lowest of one level of government in a period, where at least two have exact figures, and the
  // figures of other levels beside `lead`.
  function others(out, period, lead, noun = out.w.say("个系列", "series")) {
    const { w, figure } = out;
    const here = out.rows.filter((row) => exact(figure(row, period)));
    const [peers, other] = oneLevel(here);
    const clauses = [];
    if (peers.length > 1) {
      const [top, bottom] = extremes(out, peers, period);
      const among = other.length ? w.say(`同级的${peers.length}${noun}`, `${peers.length} ${noun} of one level`) : w.say(`所列${peers.length}${noun}`, `${peers.length} ${noun}`);
      clauses.push(top.names.length === peers.length
        ? w.say(`${w.when(period)}${among}数值相同`, `in ${w.when(period)} all ${among} are equal`)
        : w.say(`${w.when(period)}${among}中最高的是${w.list(top.names)}（${top.written}），最低的是${w.list(bottom.names)}（${bottom.written}）`, `of ${among} in ${w.when(period)}, highest ${w.list(top.names)} (${top.written}), lowest ${w.list(bottom.names)} (${bottom.written})`));
    }
    const told = (peers.length > 1 ? other : here).filter((row) => row !== lead).map((row) => w.say(`${row.name}为${figure(row, period).written}`, `${row.name} ${figure(row, period).written}`));
    if (told.length && lead) clauses.push(w.say(`同期${w.list(told)}`, `in the same period ${w.list(told)}`));
    return clauses;
  }

  // The rows of the level most of them have, of equals the first, and the others.
  function oneLevel(rows) {
    if (!rows.length) return [[], []];
    const counts = new Map();
    rows.forEach((row) => counts.set(row.level, (counts.get(row.level) || 0) + 1));
    const main = [...counts].reduce((best, entry) => (best === null || entry[1] > best[1] ? entry : best), null);
    return [true, false].map((own) => rows.filter((row) => (row.level === main[0]) === own));
  }

  function extremes(out, rows, period) {
    const value = (row) => out.figure(row, period).value;
    return [1, -1].map((side) => {
      const end = rows.reduce((best, row) => (side * compare(value(row), value(best)) > 0 ? row : best));
      const equal = rows.filter((row) => compare(value(row), value(end)) === 0);
      return { names: equal.map((row) => row.name), written: out.figure(equal[0], period).written };
    });
  }

  // ---- ranking

  function ranking(index, out) {
    const { w, indicator, figure } = out;
    const period = out.periods[0];
    out.clauses = [];
    const here = [];
    out.rows.forEach((row) => {
      const one = figure(row, period);
      if (exact(one)) here.push(row);
      else if (one) apart(out, row, period, one.why);
      else out.silent += 1;
    });
    const about = w.say(`${w.when(period)}${indicator.name}`, `${indicator.name}, ${w.when(period)}`);
    if (here.length < 2) {
      out.rows = here;
      out.why = here.length
        ? w.say(`没有可比的数：${about}有可比数的只有${here[0].name}，为${figure(here[0], period).written}，不作排名。`, `nothing to compare: only ${here[0].name} has a comparable figure, ${figure(here[0], period).written}, so nothing is ranked.`)
        : w.say(`没有可比的数：${about}没有可以排名的确数。`, `nothing to compare: ${about} has no exact figure to rank.`);
      return;
    }
    out.rows = ranked(indicator, here, (row) => figure(row, period));
    const [top, bottom] = extremes(out, out.rows, period);
    if (top.names.length === here.length) {
      out.clauses.push(w.say(`${about}：有数的${here.length}个均为${top.written}`, `${about}: all ${here.length} are ${top.written}`));
      return;
    }
    const falling = indicator.better >= 0;
    const own = out.rows.filter((row) => row.own).slice(0, 3).map((row) => {
      const tied = out.rows.filter((other) => other.rank === row.rank).length > 1;
      return w.say(`${row.name}为${figure(row, period).written}，${tied ? "并列第" : "居第"}${row.rank}位`, `${row.name} has ${figure(row, period).written}, ${tied ? "tied at" : "at"} ${row.rank}`);
    });
    const clauses = own.concat(w.say(`最高为${w.list(top.names)}（${top.written}），最低为${w.list(bottom.names)}（${bottom.written}）`, `highest ${w.list(top.names)} (${top.written}), lowest ${w.list(bottom.names)} (${bottom.written})`));
    clauses[0] = w.say(`${about}：有数的${here.length}个由${falling ? "高到低" : "低到高"}排列，${clauses[0]}`, `${about}, ${here.length} from ${falling ? "high to low" : "low to high"}: ${clauses[0]}`);
    if (out.silent) clauses.push(w.say(`另有${out.silent}个地区这一时期没有数`, `${out.silent} ${out.silent === 1 ? "region has" : "regions have"} no figure for this period`));
    out.clauses = clauses;
  }

  // ---- periods side by side

  function grouped(index, out) {
    const { w, indicator, periods, figure } = out;
    const last = periods[periods.length - 1];
    out.rows = out.rows.filter((row) => periods.some((period) => figure(row, period)));
    out.rows.forEach((row) => periods.forEach((period) => {
      const one = figure(row, period);
      if (one && one.why && one.value) apart(out, row, period, one.why);
      const newest = figure(row, last);
      if (exact(one) && exact(newest) && one.stretch !== newest.stretch) {
        one.breaks = true;
        apart(out, row, period, index.reasons.break);
      }
    }));
    const exacts = out.rows.filter((row) => exact(figure(row, last)));
    const [here, other] = oneLevel(exacts);
    out.clauses = [];
    if (!out.rows.some((row) => periods.some((period) => exact(figure(row, period))))) {
      out.why = w.say("没有可比的数：所选的都不是确数。", "nothing to compare: no figure is exact.");
      return;
    }
    if (exacts.length === 1) out.clauses.push(w.say(`${w.when(last)}${here[0].name}${indicator.name}为${figure(here[0], last).written}`, `${indicator.name}, ${here[0].name}: ${figure(here[0], last).written} in ${w.when(last)}`));
    if (exacts.length > 1 && here.length < 2) out.clauses.push(w.say(`${w.when(last)}${indicator.name}没有两个同级可比的数，不比高低`, `${indicator.name}, ${w.when(last)}: no two comparable figures are of one level`));
    if (here.length > 1) {
      const [top, bottom] = extremes(out, here, last);
      const peers = other.length ? w.say("同级", " of one level") : "";
      out.clauses.push(top.names.length === here.length
        ? w.say(`${w.when(last)}${indicator.name}${w.zh ? peers : ""}有数的${here.length}个均为${top.written}`, `${indicator.name}, ${w.when(last)}: all ${here.length}${peers} are ${top.written}`)
        : w.say(`${w.when(last)}${indicator.name}${w.zh ? peers : ""}有数的${here.length}个中，最高为${w.list(top.names)}（${top.written}），最低为${w.list(bottom.names)}（${bottom.written}）`, `${indicator.name}, ${w.when(last)}, ${here.length} regions${peers}: highest ${w.list(top.names)} (${top.written}), lowest ${w.list(bottom.names)} (${bottom.written})`));
    }
    const first = periods[0];
    if (first !== last) {
      const moved = out.rows.filter((row) => !change(indicator, index.reasons, figure(row, first), figure(row, last), w).why);
      const moves = moved.map((row) => change(indicator, index.reasons, figure(row, first), figure(row, last), w));
      if (moves.length === 1 && exacts.length === 1 && moves[0].direction) out.clauses.push(w.say(`比${w.when(first)}${told(index, out, figure(moved[0], first), figure(moved[0], last))}`, `${told(index, out, figure(moved[0], first), figure(moved[0], last))} on ${w.when(first)}`));
      else if (moves.length) out.clauses.push(tally(w, moves, w.say(`比${w.when(first)}`, `on ${w.when(first)}, `)));
    }
  }

  function tally(w, moves, lead) {
    const n = (direction) => moves.filter((found) => !found.rounded && found.direction === direction).length;
    const rounded = moves.filter((found) => found.rounded).length;
    const parts = [[n(1), w.say("上升", "up")], [n(-1), w.say("下降", "down")], [n(0), w.say("持平", "unchanged")], [rounded, w.say("相差在舍入之内", "within rounding")]].filter(([many]) => many);
    return w.say(`${lead}${parts.map(([many, word]) => `${word}的有${many}个`).join("、")}`, `${lead}${parts.map(([many, word]) => `${many} ${word}`).join(", ")}`);
  }

  // ---- change between two periods

  function changed(index, out) {
    const { w, indicator, figure } = out;
    const [before, now] = out.periods;
    out.clauses = [];
    const rows = [];
    if (before.id === now.id || before.kind !== now.kind) {
      out.rows = [];
      out.why = before.id === now.id
        ? w.say("没有可比的数：只有一个时期，没有前后。", "nothing to compare: there is one period only.")
        : w.say(`没有可比的数：${before.label}与${now.label}${index.reasons.period}。`, `nothing to compare: ${before.label} and ${now.label}: ${index.reasons.period}.`);
      return;
    }
    out.rows.forEach((row) => {
      const [a, b] = [figure(row, before), figure(row, now)];
      row.change = change(indicator, index.reasons, a, b, w);
      if (!row.change.why) rows.push(row);
      else if (a || b) {
        const both = [a, b].map((one) => (one && one.written) || "—").join(" → ");
        out.excluded.push([`${row.name} ${both}`, row.change.why]);
      } else out.silent += 1;
    });
    out.rows = rows.sort((a, b) => byChange(b.change, a.change) || (a.code < b.code ? -1 : 1));
    if (!rows.length) {
      out.why = w.say("没有可比的数：这两个时期没有一个地区前后可比。", "nothing to compare: no region has comparable figures in both periods.");
      return;
    }
    const span = w.say(`${w.when(before)}至${w.when(now)}`, `${w.when(before)} to ${w.when(now)}`);
    const tell = (row) => `${row.name}${w.say("，", ", ")}${told(index, out, figure(row, before), figure(row, now))}`;
    if (rows.length === 1) {
      const [a, b] = [figure(rows[0], before), figure(rows[0], now)];
      out.clauses.push(rows[0].change.direction
        ? w.say(`${rows[0].name}${indicator.name}由${w.when(before)}的${a.written}${verb(w, indicator, rows[0].change.direction > 0)}${w.when(now)}的${b.written}，${told(index, out, a, b)}`, `${indicator.name}, ${rows[0].name}: from ${a.written} in ${w.when(before)} to ${b.written} in ${w.when(now)}, ${told(index, out, a, b)}`)
        : w.say(`${rows[0].name}${indicator.name}${w.when(before)}和${w.when(now)}均为${b.written}`, `${indicator.name}, ${rows[0].name}: ${b.written} in both ${w.when(before)} and ${w.when(now)}`));
      return;
    }
    out.clauses.push(w.say(`${span}，${indicator.name}前后可比的${rows.length}个中，${tally(w, rows.map((row) => row.change), "")}`, `${span}, ${indicator.name}, ${rows.length} comparable: ${tally(w, rows.map((row) => row.change), "")}`));
    const moved = rows.filter((row) => !row.change.rounded);
    const [most, least] = [moved[0], moved[moved.length - 1]];
    if (most && most.change.direction > 0) out.clauses.push(w.say(`升幅最大的是${tell(most)}`, `largest rise: ${tell(most)}`));
    if (least && least.change.direction < 0) out.clauses.push(w.say(`降幅最大的是${tell(least)}`, `largest fall: ${tell(least)}`));
    if (out.silent) out.clauses.push(w.say(`另有${out.silent}个地区这两个时期都没有数`, `${out.silent} ${out.silent === 1 ? "region has" : "regions have"} no figure in either period`));
  }

  // ---- regions × periods

  function grid(index, out) {
    const { w, indicator, periods, figure } = out;
    out.rows = out.rows.filter((row) => periods.some((period) => figure(row, period)));
    out.rows.forEach((row) => { row.runs = runs(out, row); });
    const cells = out.rows.length * periods.filter((period) => period.full).length;
    const have = out.rows.reduce((n, row) => n + periods.filter((period) => period.full && figure(row, period) && figure(row, period).value).length, 0);
    out.clauses = [w.say(`${indicator.name}：${out.rows.length}个地区，${periods[0].label}至${periods[periods.length - 1].label}`, `${indicator.name}: ${out.rows.length} ${out.rows.length === 1 ? "region" : "regions"}, ${periods[0].label} to ${periods[periods.length - 1].label}`)];
    if (cells > have) out.clauses.push(w.say(`全年数应有${cells}个，有${have}个，缺${cells - have}个`, `${have} of ${cells} yearly ${cells === 1 ? "figure" : "figures"} ${have === 1 || cells === 1 ? "is" : "are"} known`));
    const last = periods.filter((period) => period.full && out.rows.filter((row) => exact(figure(row, period))).length > 1).pop();
    if (last) out.clauses.push(...others(out, last, null, w.say("个地区", "regions")));
    // shades: five steps between the smallest and the largest exact figure of whole years
    const values = [];
    out.rows.forEach((row) => periods.forEach((period) => {
      if (solid(period, figure(row, period))) values.push(figure(row, period).value);
    }));
    values.sort(compare);
    out.shade = (period, one) => {
      if (!solid(period, one) || values.length < 2) return 0;
      const [low, high] = [values[0], values[values.length - 1]];
      const span = minus(high, low);
      if (compare(low, high) === 0) return 1;
      const from = minus(one.value, low);
      const s = Math.max(span.s, from.s);
      const step = (from.n * BigInt("1" + "0".repeat(s - from.s)) * BigInt(5)) / (span.n * BigInt("1" + "0".repeat(s - span.s)));
      return Math.min(4, Number(step)) + 1;
    };
  }

  // ---- the file of what is shown

  const HEAD = ["INDICATOR", "INDICATOR_NAME", "REF_AREA", "REF_AREA_NAME", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "AS_WRITTEN", "RANK", "CHANGE", "COMPARABLE", "NOTE"];

  // A text a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers.
  function cell(text) {
    let out = String(text);
    if (/^[=+\-@\t\r]/.test(out) && !/^-?\d+(\.\d+)?$/.test(out)) out = "'" + out;
    return /[",\r\n]/.test(out) ? '"' + out.replace(/"/g, '""') + '"' : out;
  }

  // All figures of the choice, those that stand apart as well: one line a figure, with a byte order mark for spreadsheets.
  function csv(index, shown) {
    const lines = [HEAD];
    shown.forEach((out) => {
      const inside = new Set(out.rows);
      out.rows.concat(out.all.filter((row) => !inside.has(row))).forEach((row) => out.periods.forEach((period, at) => {
        const one = out.figure(row, period);
        if (!one) return;
        const why = one.why || (inside.has(row) ? (out.view === "trend" && !period.full ? index.reasons.period : "") : (row.change && row.change.why) || (row.level !== out.level && out.levels.length ? index.reasons.level : out.why));
        const changed = out.view === "change" && at === 1 && row.change && !row.change.why ? (row.change.direction < 0 ? "-" : "") + row.change.amount : "";
        lines.push([out.indicator.id, out.indicator.name, row.code, row.name, period.id, one.value ? nianbao.figures.plain(one.value) : "", out.indicator.unit, one.written, inside.has(row) ? row.rank || "" : "", changed, why, [one.status, one.note, one.formula].filter(Boolean).join("; ")]);
      }));
    });
    return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  nianbao.table = { words, table, solid, csv };
})();
