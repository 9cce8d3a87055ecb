/* Brings charts to life when they come into view: ECharts is loaded once, from this site, and drawn over the SVG in the
   same place and size. The SVG stays for print, for narrow screens, for readers without scripts, and wherever anything
   here fails. */
(function () {
  "use strict";
  var body = document.body;
  var source = body.getAttribute("data-echarts");
  var figures = [].slice.call(document.querySelectorAll("figure.chart"));
  var saving = navigator.connection && navigator.connection.saveData;
  if (!source || !figures.length || saving || !("IntersectionObserver" in window)) return;

  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var NARROW = 420; // below this a drawing made for the width reads better than a chart squeezed into it
  var waiting = null;
  var drawn = [];
  // the series colours of options are written for white paper; on dark paper their counterparts take their place
  var PAPER = ["#12436d", "#1d8077", "#801650", "#c94a15", "#3d3d3d", "#7d5fb8", "#5b6570", "#cbd2d9", "#b3261e", "#1b1f24", "#ffffff", "#fff", "#e6eef7", "#bdd3ea", "#86afd9", "#3f74b0", "#11406a"];
  var NAMES = ["s1", "s2", "s3", "s4", "s5", "s6", "peer", "rest", "red", "ink", "paper", "paper", "q1", "q2", "q3", "q4", "q5"];

  function colour(name) {
    return getComputedStyle(body).getPropertyValue("--" + name).trim();
  }

  function theme() {
    var ink = colour("ink"), quiet = colour("quiet"), rule = colour("rule"), edge = colour("edge"), paper = colour("paper");
    var axis = {
      axisLine: { lineStyle: { color: edge } },
      axisTick: { lineStyle: { color: edge } },
      axisLabel: { color: quiet, fontSize: 13 },
      nameTextStyle: { color: quiet },
      splitLine: { lineStyle: { color: rule } }
    };
    var label = { label: { color: ink, textBorderWidth: 0 }, endLabel: { color: ink, textBorderWidth: 0 } };
    return {
      darkMode: dark.matches,
      color: NAMES.slice(0, 6).map(colour),
      backgroundColor: "transparent",
      textStyle: { color: ink, fontFamily: getComputedStyle(body).fontFamily },
      title: { textStyle: { color: ink }, subtextStyle: { color: quiet } },
      legend: { textStyle: { color: ink } },
      tooltip: { backgroundColor: paper, borderColor: edge, textStyle: { color: ink } },
      categoryAxis: axis,
      valueAxis: axis,
      timeAxis: axis,
      bar: label,
      line: label,
      scatter: label
    };
  }

  function repaint(value, colours) {
    if (typeof value === "string") {
      var at = PAPER.indexOf(value.toLowerCase());
      return at < 0 ? value : colours[at];
    }
    if (Array.isArray(value)) return value.map(function (v) { return repaint(v, colours); });
    if (value && typeof value === "object") {
      var out = {};
      for (var key in value) out[key] = repaint(value[key], colours);
      return out;
    }
    return value;
  }

  function load() {
    if (!waiting) {
      waiting = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.src = source;
        script.onload = function () { return window.echarts ? done(window.echarts) : fail(); };
        script.onerror = fail;
        document.head.appendChild(script);
      });
    }
    return waiting;
  }

  function draw(figure, echarts) {
    var plot = figure.querySelector(".plot");
    var text = figure.querySelector("script.option");
    var svg = plot && plot.querySelector("svg");
    if (!svg || !text) return;
    var option = JSON.parse(text.textContent);
    if (!option || !option.series) return;
    var look = theme();
    option = repaint(option, NAMES.map(colour));
    // drawn on the canvas: no markup with styles in it, which a strict policy would refuse
    if (option.tooltip) option.tooltip.renderMode = "richText";
    option.animation = option.animation !== false && !still.matches;
    option.animationDuration = 300;
    [].concat(option.series).forEach(function (series) {
      if (series.type === "line" && series.endLabel && !series.labelLayout) series.labelLayout = { moveOverlap: "shiftY" };
    });
    var box = document.createElement("div");
    box.className = "live";
    box.setAttribute("role", "img");
    var title = figure.querySelector("h3, figcaption");
    box.setAttribute("aria-label", title ? title.textContent : "");
    plot.appendChild(box);
    var chart;
    try {
      chart = echarts.init(box, look);
      chart.setOption(option);
    } catch (error) {
      if (chart) chart.dispose();
      plot.removeChild(box);
      return;
    }
    plot.classList.add("on");
    drawn.push({ figure: figure, plot: plot, box: box, chart: chart });
  }

  function erase(item) {
    item.chart.dispose();
    item.plot.removeChild(item.box);
    item.plot.classList.remove("on");
  }

  function redraw() {
    if (!window.echarts) return;
    var old = drawn;
    drawn = [];
    old.forEach(erase);
    old.forEach(function (item) { draw(item.figure, window.echarts); });
  }

  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting || entry.target.querySelector(".plot").clientWidth < NARROW) return;
      near.unobserve(entry.target);
      load().then(function (echarts) { draw(entry.target, echarts); }).catch(function () { near.disconnect(); });
    });
  }, { rootMargin: "200px" });
  figures.forEach(function (figure) { near.observe(figure); });

  if (dark.addEventListener) dark.addEventListener("change", redraw);
  var late = 0;
  window.addEventListener("resize", function () {
    clearTimeout(late);
    late = setTimeout(function () {
      drawn = drawn.filter(function (item) {
        if (item.plot.clientWidth >= NARROW) {
          item.chart.resize();
          return true;
        }
        erase(item);
        near.observe(item.figure);
        return false;
      });
    }, 150);
  });
})();
