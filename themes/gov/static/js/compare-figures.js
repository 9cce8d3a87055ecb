/* What the compare page says: from figures with their verdicts to a table, ranks, changes and a sentence. Decimals are
   scaled integers, never floats. Which figure may be compared was decided when the site was built and stands beside
   it; here figures are only grouped, by level and by period. No page is touched here. */
(function () {
  "use strict";
  var nianbao = window.nianbao = window.nianbao || {};
  if (typeof BigInt === "undefined") return;
  const ZERO = BigInt(0), ONE = BigInt(1), TWO = BigInt(2), TEN = BigInt(10);

  // ---- exact decimals: { n, s } is n ÷ 10^s

  const power = (s) => BigInt("1" + "0".repeat(s));

  function decimal(text) {
    const [whole, part = ""] = text.split(".");
    return { n: BigInt(whole + part), s: part.length };
  }

  const scaled = (a, s) => a.n * power(s - a.s);

  function minus(a, b) {
    const s = Math.max(a.s, b.s);
    return { n: scaled(a, s) - scaled(b, s), s };
  }

  function compare(a, b) {
    const { n } = minus(a, b);
    return n < ZERO ? -1 : n > ZERO ? 1 : 0;
  }

  const abs = (a) => ({ n: a.n < ZERO ? -a.n : a.n, s: a.s });

  // A quotient of two integers above zero with `places` decimals, half to the even digit.
  function quotient(above, below, places) {
    const scaledUp = above * power(places);
    let n = scaledUp / below;
    const rest = (scaledUp % below) * TWO;
    if (rest > below || (rest === below && n % TWO === ONE)) n += ONE;
    return { n, s: places };
  }

  function plain({ n, s }) {
    let digits = (n < ZERO ? -n : n).toString().padStart(s + 1, "0");
    if (s > 0) digits = digits.slice(0, -s) + "." + digits.slice(-s);
    return (n < ZERO ? "-" : "") + digits;
  }

  // The shortest text: no noughts at the end, a comma every three digits from five on.
  function short(a) {
    let { n, s } = a;
    while (s > 0 && n % TEN === ZERO) {
      n /= TEN;
      s -= 1;
    }
    const [whole, part] = plain({ n, s }).split(".");
    const sign = whole.startsWith("-") ? "-" : "", digits = whole.slice(sign.length);
    const grouped = digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ",");
    return sign + grouped + (part ? "." + part : "");
  }

  // The place on an axis; the only float, and only for drawing.
  const float = (a) => Number(plain(a));

  // ---- figures

  // Half the step of the last digit; a whole count is not rounded.
  const half = (value, counted) => (counted && value.s === 0 ? { n: ZERO, s: 0 } : { n: BigInt(5), s: value.s + 1 });

  // The figures of one region from its row in the file, a place a period; a place without observation is null.
  function figures(chunk, row) {
    if (!row) return chunk.periods.map(() => null);
    const cells = Array.isArray(row) ? row : row.c;
    return cells.map((cell, at) => {
      if (cell === 0) return null;
      const stretch = row.s ? row.s[at] : 0;
      if (typeof cell === "string") {
        const value = decimal(cell);
        return { written: cell + chunk.unit, value, why: "", status: "", note: "", formula: "", half: half(value, chunk.counted), stretch };
      }
      const [written, text, verdict = 0, status = "", note = "", formula = "", step = ""] = cell;
      const value = text === "" ? null : decimal(text);
      const why = verdict ? chunk.why[verdict - 1] : "";
      return { written, value, why, status, note, formula, half: step ? decimal(step) : value && half(value, chunk.counted), stretch };
    });
  }

  const exact = (one) => Boolean(one && one.value && !one.why);

  // ---- change

  // A rate of growth in per cent with one decimal, or with as many as it takes to be no zero: a rise of 0.04 % is no rise of 0.0 %.
  function growthRate(rise, old) {
    let rate = quotient(rise * BigInt(100), old, 1);
    for (let places = 2; rise !== ZERO && rate.n === ZERO && places <= 6; places += 1) rate = quotient(rise * BigInt(100), old, places);
    return rate;
  }

  // Whether the coarser rounding of two figures may be all that they differ by.
  function rounding(a, b, difference) {
    const order = compare(a.half, b.half);
    return difference.n !== ZERO && order !== 0 && compare(abs(difference), order > 0 ? a.half : b.half) <= 0;
  }

  // How one figure changed to another: { difference, amount, ratio } or { why }.
  function change(indicator, reasons, before, now, words) {
    if (!before || !now || !before.value || !now.value) return { why: reasons.missing };
    if (now.why) return { why: now.why };
    if (before.why) return { why: reasons.former };
    if (before.stretch !== now.stretch) return { why: words.broken || reasons.break };
    const difference = minus(now.value, before.value);
    const size = plain(abs(difference));
    const growth = indicator.change === "growth";
    if (growth && before.value.n === ZERO) return { why: reasons.zero };
    if (growth && (before.value.n < ZERO || now.value.n < ZERO)) return { why: reasons.negative };
    const s = Math.max(before.value.s, now.value.s);
    const [rise, old] = [scaled(abs(difference), s), growth ? scaled(before.value, s) : ONE];
    const amount = indicator.change === "points" ? size + words.points
      : indicator.change === "unit" ? size + indicator.unit
      : plain(growthRate(rise, old)) + "%";
    const direction = difference.n === ZERO ? 0 : difference.n < ZERO ? -1 : 1;
    const rounded = rounding(before, now, difference);
    const better = direction === 0 || indicator.better === 0 || rounded ? 0 : direction * indicator.better;
    const bracket = (one) => (one.written.startsWith("-") ? `(${one.written})` : one.written);
    const formula = growth ? `(${bracket(now)} − ${bracket(before)}) ÷ ${bracket(before)}` : `${bracket(now)} − ${bracket(before)}`;
    return { difference, amount, direction, better, rounded, formula, above: difference.n < ZERO ? -rise : rise, below: old, s: growth ? 0 : s };
  }

  // Orders changes by their size, growth by its rate.
  function byChange(a, b) {
    const left = a.above * b.below * power(b.s), right = b.above * a.below * power(a.s);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  // ---- ranks

  // Gives ranks to rows with an exact figure: best first, or largest first; ties share a rank.
  function ranked(indicator, rows, figure) {
    const order = indicator.better < 0 ? 1 : -1;
    const sorted = rows.slice().sort((a, b) => order * compare(figure(a).value, figure(b).value) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
    let rank = 0;
    sorted.forEach((row, at) => {
      if (at === 0 || compare(figure(sorted[at - 1]).value, figure(row).value) !== 0) rank = at + 1;
      row.rank = rank;
    });
    return sorted;
  }

  nianbao.figures = { decimal, minus, compare, abs, plain, short, float, figures, exact, change, byChange, ranked };
})();
