/* Brings charts to life when they come into view: ECharts is loaded once, from this site, and drawn over the SVG in the
   same place and size. The SVG stays for print, for narrow screens, for readers without scripts, and wherever anything
   here fails. Under each chart: copy a link to it, save it as a picture. `nianbao.charts` is what other scripts need. */
(function () {
  "use strict";
  var nianbao = window.nianbao = window.nianbao || {};
  var body = document.body;
  var source = body.getAttribute("data-echarts");
  var zh = /^zh/.test(document.documentElement.lang);
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var waiting = null;

  // the colours of options are written for white paper; those of the page take their place
  var NAMES = ["s1", "s2", "s3", "s4", "s5", "s6", "peer", "rest", "red", "ink", "quiet", "rule", "edge", "paper", "q1", "q2", "q3", "q4", "q5"];
  var LIGHT = ["#12436d", "#1d8077", "#801650", "#c94a15", "#3d3d3d", "#7d5fb8", "#838e9b", "#cbd2d9", "#b3261e", "#1b1f24", "#55606c", "#d5dae0", "#7b8794", "#ffffff", "#e6eef7", "#bdd3ea", "#86afd9", "#3f74b0", "#11406a"];
  var WRITTEN = { "#12436d": "s1", "#1d8077": "s2", "#801650": "s3", "#c94a15": "s4", "#3d3d3d": "s5", "#7d5fb8": "s6", "#5b6570": "peer", "#cbd2d9": "rest", "#b3261e": "red", "#1b1f24": "ink", "#ffffff": "paper", "#fff": "paper", "#e6eef7": "q1", "#bdd3ea": "q2", "#86afd9": "q3", "#3f74b0": "q4", "#11406a": "q5" };

  function say(chinese, english) { return zh ? chinese : english; }

  // the colours of the page as it is read now, or those of white paper for files and print
  function palette(white) {
    var style = getComputedStyle(body), out = {};
    NAMES.forEach(function (name, at) { out[name] = (!white && style.getPropertyValue("--" + name).trim()) || LIGHT[at]; });
    return out;
  }

  // names in single quotes: files of drawings put them between double ones
  function font() { return getComputedStyle(body).fontFamily.replace(/"/g, "'"); }

  function theme(colours) {
    var axis = {
      axisLine: { lineStyle: { color: colours.edge } },
      axisTick: { lineStyle: { color: colours.edge } },
      axisLabel: { color: colours.quiet, fontSize: 13 },
      nameTextStyle: { color: colours.quiet },
      splitLine: { lineStyle: { color: colours.rule } }
    };
    var label = { label: { color: colours.ink, textBorderWidth: 0 }, endLabel: { color: colours.ink, textBorderWidth: 0 } };
    return {
      darkMode: false,
      color: NAMES.slice(0, 6).map(function (name) { return colours[name]; }),
      backgroundColor: "transparent",
      textStyle: { color: colours.ink, fontFamily: font() },
      title: { textStyle: { color: colours.ink }, subtextStyle: { color: colours.quiet } },
      legend: { textStyle: { color: colours.ink }, inactiveColor: colours.edge, pageTextStyle: { color: colours.quiet }, pageIconColor: colours.ink, pageIconInactiveColor: colours.rule },
      tooltip: { backgroundColor: colours.paper, borderColor: colours.edge, textStyle: { color: colours.ink } },
      categoryAxis: axis,
      valueAxis: axis,
      timeAxis: axis,
      markLine: { label: label.label },
      bar: label,
      line: label,
      scatter: label
    };
  }

  function paint(value, colours) {
    if (typeof value === "string") {
      var name = WRITTEN[value.toLowerCase()];
      return name ? colours[name] : value;
    }
    if (Array.isArray(value)) return value.map(function (one) { return paint(one, colours); });
    if (value && Object.prototype.toString.call(value) === "[object Object]") {
      var out = {};
      for (var key in value) out[key] = paint(value[key], colours);
      return out;
    }
    return value;
  }

  // Loads ECharts once; a second call waits for the same script.
  function load() {
    if (!waiting) {
      waiting = new Promise(function (done, fail) {
        if (!source) return fail(new Error("no script"));
        var script = document.createElement("script");
        script.src = source;
        script.onload = function () { return window.echarts ? done(window.echarts) : fail(new Error("no echarts")); };
        script.onerror = fail;
        document.head.appendChild(script);
      });
    }
    return waiting;
  }

  function breakable(text, size) {
    var context = breakable.context || (breakable.context = document.createElement("canvas").getContext("2d"));
    context.font = size + "px " + font();
    return context;
  }

  // Breaks a text into lines of a width; Chinese breaks anywhere, but no mark of punctuation begins a line.
  function lines(text, size, width) {
    var context = breakable(text, size), out = [], line = "";
    (text.match(/[\w.,%‰\/()&;:'"-]+\s*|[^\w][、，。；：）》”]*/g) || []).forEach(function (part) {
      if (line && context.measureText(line + part).width > width) {
        out.push(line);
        line = "";
      }
      line += part;
    });
    if (line) out.push(line);
    return out;
  }

  // The words around a picture: where each line stands, and how high the whole is.
  function sheet(words, width, height) {
    var pad = 16, y = pad, all = [];
    function put(text, size, weight, colour, leading) {
      lines(text || "", size, width - 2 * pad).forEach(function (line) {
        y += leading;
        all.push({ text: line, x: pad, y: y, size: size, weight: weight, colour: colour });
      });
    }
    put(words.title, 20, 600, "ink", 28);
    put(words.sentence, 15, 400, "ink", 24);
    y += 12;
    var top = y;
    y += height;
    (words.notes || []).forEach(function (note) { put(note, 13, 400, "quiet", 20); });
    put(words.source, 13, 400, "quiet", 20);
    return { lines: all, top: top, width: width, height: y + pad };
  }

  function escaped(text) {
    return String(text).replace(/[&<>"]/g, function (c) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c]; });
  }

  /* A picture of an option on white paper with its words, as a file of type "png" or "svg". `make(colours)` gives the
     option. */
  function picture(type, make, words, width, height) {
    return load().then(function (echarts) {
      var colours = palette(true), page = sheet(words, width, height);
      var option = make(colours);
      option.animation = false;
      if (type === "svg") {
        var ssr = echarts.init(null, theme(colours), { renderer: "svg", ssr: true, width: width, height: height });
        ssr.setOption(option);
        var inner = ssr.renderToSVGString();
        ssr.dispose();
        var texts = page.lines.map(function (line) {
          return '<text x="' + line.x + '" y="' + line.y + '" font-size="' + line.size + '" font-weight="' + line.weight + '" fill="' + colours[line.colour] + '">' + escaped(line.text) + "</text>";
        });
        var svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" width="' + page.width + '" height="' + page.height + '" viewBox="0 0 ' + page.width + " " + page.height + '" font-family="' + escaped(font()) + '"><title>' + escaped(words.title) + "</title><desc>" + escaped(words.sentence || "") + '</desc><rect width="100%" height="100%" fill="#ffffff"/>' + texts.join("") + inner.replace(/^<svg/, '<svg x="0" y="' + page.top + '"') + "</svg>\n";
        return new Blob([svg], { type: "image/svg+xml" });
      }
      var box = document.createElement("div");
      var chart = echarts.init(box, theme(colours), { width: width, height: height, devicePixelRatio: 2 });
      chart.setOption(option);
      var drawing = chart.getRenderedCanvas({ pixelRatio: 2, backgroundColor: "#ffffff" });
      var canvas = document.createElement("canvas");
      canvas.width = page.width * 2;
      canvas.height = page.height * 2;
      var context = canvas.getContext("2d");
      context.scale(2, 2);
      context.fillStyle = "#ffffff";
      context.fillRect(0, 0, page.width, page.height);
      context.drawImage(drawing, 0, page.top, width, height);
      page.lines.forEach(function (line) {
        context.font = line.weight + " " + line.size + "px " + font();
        context.fillStyle = colours[line.colour];
        context.fillText(line.text, line.x, line.y);
      });
      chart.dispose();
      return new Promise(function (done, fail) {
        canvas.toBlob(function (blob) { return blob ? done(blob) : fail(new Error("no picture")); }, "image/png");
      });
    });
  }

  // Hands a file to the reader; works from disk as well, because nothing is asked of a server.
  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name.replace(/[\\\/:*?"<>|\s]+/g, "-");
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  // Copies a text; where the browser has no clipboard for pages from disk, through a selection.
  function copy(text) {
    function selected() {
      var area = document.createElement("textarea"), before = document.activeElement;
      area.value = text;
      area.className = "sr";
      area.setAttribute("readonly", "");
      document.body.appendChild(area);
      area.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (error) { done = false; }
      document.body.removeChild(area);
      if (before && before.focus) before.focus();
      return done ? Promise.resolve() : Promise.reject(new Error("no clipboard"));
    }
    return navigator.clipboard && navigator.clipboard.writeText ? navigator.clipboard.writeText(text).catch(selected) : selected();
  }

  // Copies an address and says so; where nothing can be copied the address itself is shown.
  function copyLink(address, said) {
    return copy(address).then(
      function () { said.textContent = say("链接已复制", "link copied"); },
      function () { said.textContent = address; }
    );
  }

  nianbao.charts = { say: say, palette: palette, theme: theme, paint: paint, load: load, picture: picture, save: save, copyLink: copyLink, dark: dark, still: still };

  var figures = [].slice.call(document.querySelectorAll("figure.chart"));
  if (!figures.length) return;

  function option(figure) {
    var text = figure.querySelector("script.option");
    var value = text && JSON.parse(text.textContent);
    return value && value.series ? value : null;
  }

  // What every option needs wherever it is drawn.
  function ready(value, colours) {
    value = paint(value, colours);
    // drawn on the canvas: no markup with styles in it, which a strict policy would refuse
    if (value.tooltip) {
      value.tooltip.renderMode = "richText";
      value.tooltip.confine = true;
      value.tooltip.textStyle = { width: 300, overflow: "break", lineHeight: 20, fontSize: 14 };
    }
    return value;
  }

  function text(figure, selector) {
    var element = figure.querySelector(selector);
    return element ? element.textContent.trim() : "";
  }

  function picked(figure) {
    var plot = figure.querySelector(".plot"), svg = plot.querySelector("svg");
    var box = svg.viewBox.baseVal, width = 800, height = Math.round(width * (box.width ? box.height / box.width : 0.6));
    var words = {
      title: text(figure, "h3, .title"),
      sentence: text(figure, ".sentence"),
      notes: [].map.call(figure.querySelectorAll(".notes li"), function (note) { return note.textContent.trim(); }),
      source: text(figure, ".source")
    };
    return picture("png", function (colours) { return ready(option(figure), colours); }, words, width, height)
      .then(function (blob) { save(blob, words.title + ".png"); });
  }

  figures.forEach(function (figure) {
    var tools = figure.querySelector(".tools");
    if (!tools) return;
    var said = tools.querySelector("[role=status]");
    [].forEach.call(tools.querySelectorAll("button"), function (button) {
      var picture = button.className === "png";
      if (picture && (!source || !option(figure))) return;
      button.hidden = false;
      button.addEventListener("click", function () {
        said.textContent = "";
        if (!picture) return copyLink(location.href.split("#")[0] + "#" + figure.id, said);
        picked(figure).catch(function () { said.textContent = say("画不出图片", "the picture cannot be made"); });
      });
    });
  });

  var saving = navigator.connection && navigator.connection.saveData;
  if (!source || saving || !("IntersectionObserver" in window)) return;
  var NARROW = 420; // below this a drawing made for the width reads better than a chart squeezed into it
  var drawn = [];

  function draw(figure, echarts) {
    var plot = figure.querySelector(".plot");
    var svg = plot && plot.querySelector("svg");
    var value = svg && option(figure);
    if (!value || plot.querySelector(".live")) return;
    var colours = palette();
    value = ready(value, colours);
    value.animation = value.animation !== false && !still.matches;
    value.animationDuration = 300;
    [].concat(value.series).forEach(function (series) {
      if (series.type === "line" && series.endLabel && !series.labelLayout) series.labelLayout = { moveOverlap: "shiftY" };
    });
    var box = document.createElement("div");
    box.className = "live";
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", text(figure, "h3, .title"));
    plot.appendChild(box);
    var chart;
    try {
      chart = echarts.init(box, theme(colours));
      chart.setOption(value);
    } catch (error) {
      if (chart) chart.dispose();
      plot.removeChild(box);
      return;
    }
    svg.setAttribute("aria-hidden", "true");
    plot.classList.add("on");
    drawn.push({ figure: figure, plot: plot, box: box, chart: chart });
  }

  function erase(item) {
    item.chart.dispose();
    item.plot.removeChild(item.box);
    item.plot.classList.remove("on");
    item.plot.querySelector("svg").removeAttribute("aria-hidden");
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
