/* How the compare page draws a table: an ECharts option with the colours, dashes and marks of all charts of this site.
   Each item's name is what its tooltip says. Most rows are for the table; a drawing takes as many as can be told apart. */
(function () {
  "use strict";
  const nianbao = window.nianbao = window.nianbao || {};
  if (!nianbao.table) return;
  const { float, exact, compare } = nianbao.figures;
  const { solid } = nianbao.table;
  const DASHES = ["solid", [8, 3], [2, 3], [9, 3, 2, 3], [5, 5], [12, 3, 2, 3, 2, 3]];
  const SHAPES = ["circle", "rect", "triangle", "diamond", "path://M0 10L-9-7H9z", "path://M-3-10h6v7h7v6h-7v7h-6v-7h-7v-6h7z"];
  const LINES = 12, BARS = 60, GROUPS = 24;

  // How many rows a view draws, and how high the drawing is.
  function extent(out, width) {
    const rows = out.rows.length, bars = 30, narrow = width < 520;
    if (out.view === "trend") {
      const few = fewOf(out);
      return { rows: few ? few.rows.length : rows, height: narrow ? 340 : 440, words: few ? few.words : "" };
    }
    if (out.view === "compare") {
      const shown = Math.min(rows, GROUPS);
      return { rows: shown, height: 110 + shown * (out.periods.length * 13 + 14) };
    }
    const shown = Math.min(rows, BARS);
    return { rows: shown, height: (out.view === "grid" ? 70 : 84) + shown * bars };
  }

  // More lines than can be told apart: the reader's own, and the first two, the middle and the last two by rank.
  function fewOf(out) {
    if (out.rows.length <= LINES) return null;
    if (out.few) return out.few;
    const { w, figure } = out;
    const has = (period) => out.rows.filter((row) => solid(period, figure(row, period)));
    const most = Math.max(...out.periods.map((period) => has(period).length));
    const period = out.periods.filter((one) => has(one).length * 2 > most).pop();
    const own = out.rows.filter((row) => row.own).slice(0, LINES - 5);
    const order = (period ? has(period) : []).sort((a, b) => compare(figure(b, period).value, figure(a, period).value) * (out.indicator.better < 0 ? -1 : 1) || (a.code < b.code ? -1 : 1));
    const at = [0, 1, Math.floor((order.length - 1) / 2), order.length - 2, order.length - 1];
    const rows = [...new Set(own.concat(at.map((place) => order[place]).filter(Boolean)))];
    const words = order.length < 5 ? w.say(`图上画${own.length}个，共${out.rows.length}个；其余见表。`, `${own.length} of ${out.rows.length} are drawn; the others are in the table.`)
      : w.say(`图中是${own.length ? "所选地区和" : ""}${period.label}位次居前两位、居中、居末两位的地区，共${out.rows.length}个；其余见表。`, `Shown of ${out.rows.length}: ${own.length ? "the chosen regions and " : ""}the first two, the middle and the last two by rank in ${period.label}; the others are in the table.`);
    out.few = rows.length ? { rows, words } : { rows: out.rows.slice(0, LINES), words: w.say(`图上画${LINES}个，共${out.rows.length}个；其余见表。`, `${LINES} of ${out.rows.length} are drawn; the others are in the table.`) };
    return out.few;
  }

  function option(out, colours, width) {
    const shown = out.rows.slice(0, extent(out, width).rows);
    // the reader's own regions are always drawn
    const late = out.rows.slice(shown.length).filter((row) => row.own);
    const few = out.view === "trend" && fewOf(out);
    const rows = few ? few.rows : late.length ? shown.slice(0, shown.length - late.length).concat(late) : shown;
    const made = { trend, ranking, compare: grouped, change: changed, grid }[out.view](out, rows, colours, width);
    made.aria = { enabled: true, label: { enabled: true, description: out.sentence } };
    made.tooltip = { trigger: "item", formatter: "{b}", renderMode: "richText", confine: true, textStyle: { fontSize: 14, lineHeight: 20 } };
    return made;
  }

  // What a tooltip says: who, when, the figure as written, and what is special about it.
  function tip(out, row, period, one) {
    const { w } = out;
    const formula = one.formula && w.say(`推算：${one.formula}`, `computed: ${one.formula}`);
    const remarks = [one.status, one.note, one.why, formula].filter(Boolean);
    const lines = [w.say(`${row.name} ${w.when(period)}：${one.written}`, `${row.name}, ${w.when(period)}: ${one.written}`)];
    remarks.forEach((remark) => lines.push(...(remark.match(/.{1,24}/g) || [])));
    return lines.join("\n");
  }

  const em = (text) => [...text].reduce((n, c) => n + (c.charCodeAt(0) > 255 ? 1 : 0.56), 0);

  function value(out, cut) {
    const { w, indicator } = out;
    const unit = indicator.unit;
    return {
      type: "value",
      name: cut ? w.say(`${unit}（不从零起）`, `${unit} (does not start at zero)`) : unit,
      nameTextStyle: { align: "left" },
      splitNumber: 5,
      axisLabel: {
        formatter: (v) => {
          const steps = w.zh ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, " bn"], [1e6, " m"]];
          const [factor, word] = steps.find(([size]) => Math.abs(v) >= Math.max(size, 1e5)) || [1, ""];
          return String(Number((v / factor).toPrecision(12))) + word;
        },
      },
    };
  }

  // An axis of lines may begin above zero when all figures lie in the upper half, and says so; one of bars never.
  function cut(values) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low !== high && ((low > 0 && low > high / 2) || (high < 0 && high < low / 2));
  }

  function look(out, rows, colours) {
    const own = rows.some((row) => row.own) && rows.some((row) => !row.own);
    const order = rows.filter((row) => row.own).concat(rows.filter((row) => !row.own));
    return new Map(order.map((row, at) => {
      const round = Math.floor(at / 6);
      const peer = own && !row.own;
      return [row, { colour: peer ? colours.peer : colours[`s${(at % 6) + 1}`], dash: DASHES[(at + round) % 6], shape: SHAPES[(at + 2 * round) % 6], width: peer ? 1.5 : own ? 3 : 2, peer }];
    }));
  }

  function trend(out, rows, colours, width) {
    const { periods, figure, w } = out;
    const looks = look(out, rows, colours);
    const values = [], series = [];
    rows.forEach((row) => periods.forEach((period) => {
      const one = figure(row, period);
      if (one && one.value) values.push(float(one.value));
    }));
    const labelled = rows.length <= 8 ? rows : rows.filter((row) => row.own);
    const named = width >= 520 && labelled.length > 0 && labelled.length <= 8;
    const longest = named ? Math.max(...labelled.map((row) => em(row.name))) : 0;
    [...looks.keys()].forEach((row) => {
      const style = looks.get(row);
      const point = (at) => {
        const [period, one] = [periods[at], figure(row, periods[at])];
        const item = { value: [period.short, float(one.value)], name: tip(out, row, period, one), written: one.written };
        if (!solid(period, one)) item.itemStyle = { color: colours.paper, borderColor: style.colour, borderWidth: 1.5 };
        return item;
      };
      const loose = periods.map((_, at) => [at]).filter(([at]) => {
        const one = figure(row, periods[at]);
        return one && one.value && !solid(periods[at], one);
      });
      const parts = row.runs.map((run) => run.places).concat(loose).sort((a, b) => a[a.length - 1] - b[b.length - 1]);
      parts.forEach((part, at) => {
        const line = {
          type: "line", name: row.name, symbol: style.shape, symbolSize: style.peer ? 5 : 8, showSymbol: true, data: part.map(point),
          itemStyle: { color: style.colour }, lineStyle: { color: style.colour, width: style.width, type: style.dash }, z: style.peer ? 2 : 3,
          emphasis: { focus: "series" },
        };
        if (named && labelled.includes(row) && at === parts.length - 1) {
          line.endLabel = { show: true, formatter: "{a}", distance: 8, color: style.peer ? colours.quiet : colours.ink };
          line.labelLayout = { moveOverlap: "shiftY" };
        }
        series.push(line);
      });
    });
    const axis = value(out, cut(values));
    axis.scale = cut(values);
    // where the definition changed a line marks the first period of the new one
    const broken = [...new Set([].concat(...rows.map((row) => row.runs.filter((run) => run.broken).map((run) => periods[run.places[0]].short))))];
    if (broken.length && broken.length <= 3) {
      series[0].markLine = {
        symbol: ["none", "none"], silent: true, lineStyle: { color: colours.edge, width: 1, type: [2, 3] },
        label: { color: colours.quiet, fontSize: 12, formatter: "{b}", position: "end" },
        data: broken.map((xAxis) => ({ xAxis, name: w.say("口径变化", "break in series") })),
      };
    }
    return {
      grid: { left: 8, right: named ? 28 + longest * 12.5 : 24, top: 40, bottom: 52, containLabel: true },
      legend: { bottom: 0, type: "scroll", data: [...looks.keys()].map((row) => row.name), itemWidth: 36 },
      xAxis: { type: "category", data: periods.map((period) => period.short), axisLabel: { interval: 0, hideOverlap: true, formatter: (label) => (label.length > 6 ? label.replace(/(.{2,5}年)/, "$1\n") : label) } },
      yAxis: axis,
      series,
    };
  }

  const names = (rows) => rows.map((row) => (row.rank ? `${row.rank} ${row.name}` : row.name));

  function across(rows, width) {
    return { type: "category", inverse: true, data: names(rows), axisTick: { show: false }, axisLabel: { width: width < 520 ? 96 : 168, overflow: "truncate", interval: 0 } };
  }

  function ranking(out, rows, colours, width) {
    const period = out.periods[0];
    const own = rows.some((row) => row.own) && rows.some((row) => !row.own);
    const widest = Math.max(...rows.map((row) => em(out.figure(row, period).written)));
    return {
      grid: { left: 8, right: 16 + widest * 12.5, top: 32, bottom: 28, containLabel: true },
      xAxis: value(out, false),
      yAxis: across(rows, width),
      series: [{
        type: "bar", name: out.indicator.name, barMaxWidth: 18,
        data: rows.map((row) => {
          const one = out.figure(row, period);
          const left = one.value.n < BigInt(0);
          return {
            value: float(one.value), name: tip(out, row, period, one), written: one.written,
            itemStyle: { color: own && !row.own ? colours.peer : colours.s1 },
            label: { show: true, position: left ? "left" : "right", formatter: one.written, color: colours.ink, fontSize: 13 },
          };
        }),
      }],
    };
  }

  function grouped(out, rows, colours, width) {
    const { periods, figure } = out;
    const last = periods[periods.length - 1];
    return {
      grid: { left: 8, right: 72, top: 64, bottom: 28, containLabel: true },
      legend: { top: 0, left: 0, type: "scroll", data: periods.map((period) => period.label) },
      xAxis: value(out, false),
      yAxis: across(rows, width),
      series: periods.map((period, at) => {
        const newest = period === last;
        const shade = periods.length === 1 ? 1 : 0.35 + (0.65 * at) / (periods.length - 1);
        return {
          type: "bar", name: period.label, barGap: "10%", barCategoryGap: "22%", itemStyle: { color: colours.s1, opacity: shade },
          data: rows.map((row) => {
            const one = figure(row, period);
            if (!exact(one)) return { value: null };
            const item = { value: float(one.value), name: tip(out, row, period, one), written: one.written };
            // before a change of definition: an outline, not a bar
            if (one.breaks) item.itemStyle = { color: "transparent", borderColor: colours.s1, borderType: "dashed", borderWidth: 1.5, opacity: 1 };
            if (newest) item.label = { show: true, position: one.value.n < BigInt(0) ? "left" : "right", formatter: one.written, color: colours.ink, fontSize: 12 };
            return item;
          }),
        };
      }),
    };
  }

  function changed(out, rows, colours, width) {
    const { figure } = out;
    const [before, now] = out.periods;
    const values = [];
    rows.forEach((row) => values.push(float(figure(row, before).value), float(figure(row, now).value)));
    const axis = value(out, cut(values));
    axis.scale = cut(values);
    const dot = (period, hollow) => ({
      type: "scatter", name: period.label, symbol: "circle", symbolSize: 11, z: 3,
      itemStyle: hollow ? { color: colours.paper, borderColor: colours.s1, borderWidth: 2, opacity: 1 } : { color: colours.s1, opacity: 1 },
      data: rows.map((row, at) => {
        const one = figure(row, period);
        const item = { value: [float(one.value), at], name: tip(out, row, period, one), written: one.written };
        if (!hollow) {
          const { direction, amount } = row.change;
          const sign = direction > 0 ? "▲ " : direction < 0 ? "▼ " : "";
          item.label = { show: true, position: direction < 0 ? "left" : "right", distance: 8, formatter: direction ? sign + amount : out.w.say("持平", "same"), color: colours.ink, fontSize: 12 };
        }
        return item;
      }),
    });
    const old = dot(before, true);
    old.markLine = {
      symbol: ["none", "none"], silent: true, z: 1, label: { show: false }, lineStyle: { color: colours.edge, width: 2, type: "solid" },
      data: rows.map((row, at) => [{ coord: [float(figure(row, before).value), at] }, { coord: [float(figure(row, now).value), at] }]),
    };
    return {
      grid: { left: 8, right: 96, top: 64, bottom: 28, containLabel: true },
      legend: { top: 0, left: 0, data: [before.label, now.label] },
      xAxis: axis,
      yAxis: across(rows, width),
      series: [old, dot(now, false)],
    };
  }

  // For pictures only: on the page the grid is the table itself.
  function grid(out, rows, colours, width) {
    const { periods, figure } = out;
    const font = getComputedStyle(document.body).fontFamily.replace(/"/g, "'");
    const data = [];
    rows.forEach((row, y) => periods.forEach((period, x) => {
      const one = figure(row, period);
      const shade = one ? out.shade(period, one) : 0;
      data.push({
        value: [x, y, shade], name: one ? tip(out, row, period, one) : "",
        fill: shade ? colours[`q${shade}`] : colours.paper, words: one ? one.written || one.why : "", ink: shade > 3 ? colours.paper : colours.ink,
      });
    }));
    return {
      grid: { left: 8, right: 16, top: 8, bottom: 36, containLabel: true },
      xAxis: { type: "category", data: periods.map((period) => period.short), splitLine: { show: false } },
      yAxis: across(rows, width),
      series: [{ type: "custom", data, encode: { x: 0, y: 1 }, renderItem: (params, api) => {
        const [x, y] = api.coord([api.value(0), api.value(1)]);
        const [w, h] = api.size([1, 1]);
        const item = data[params.dataIndex];
        return { type: "group", children: [
          { type: "rect", shape: { x: x - w / 2, y: y - h / 2, width: w, height: h }, style: { fill: item.fill, stroke: colours.rule, lineWidth: 1 } },
          { type: "text", style: { text: item.words, x, y, align: "center", verticalAlign: "middle", fill: item.ink, font: `12px ${font}` } },
        ] };
      } }],
    };
  }

  nianbao.draw = { extent, option };
})();
