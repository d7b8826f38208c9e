"use strict";
// Draws the charts that the page's data describe. Names in them come from outside: they only ever become text nodes.
(() => {
  const charts = JSON.parse(document.getElementById("data").textContent);
  const LINE = 13; // pixels
  const lines = (width) => (width < 420 ? 3 : 2); // that a lying bar's name may take
  const pitch = (bars, width) => Math.max(LINE * lines(width) + 4, Math.min(44, 180 / bars));

  const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const number = (value, unit) =>
    value.toLocaleString("en", unit ? { minimumFractionDigits: 3 } : {}) + unit;
  const short = (value) => value.toLocaleString("en", { notation: "compact" });

  function element(name, text = "", className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
  }

  function tip(chart, points) {
    const list = element("ul");
    for (const point of points) {
      const series = chart.series[point.seriesIndex];
      const value = series.values[point.dataIndex];
      if (value === null || (value === 0 && chart.series.length > 2)) continue;
      const item = element("li");
      const name = element("span", series.name);
      name.prepend(element("span", "", `key ${series.tone}`));
      item.append(name, element("b", number(value, chart.unit)));
      list.append(item);
    }
    return [element("p", chart.rows[points[0].dataIndex]), list];
  }

  function tooltip(chart) {
    return {
      trigger: "axis",
      axisPointer: chart.kind === "lines" ? { type: "line" } : { type: "shadow", shadowStyle: { opacity: 0.15 } },
      formatter: (points) => tip(chart, points),
      className: "tip",
      confine: true,
      transitionDuration: 0,
      backgroundColor: tone("card"),
      borderColor: tone("line"),
      textStyle: { color: tone("text"), fontSize: 13 },
    };
  }

  function axes(chart, width) {
    const label = { color: tone("muted"), fontSize: 12 };
    const names = {
      type: "category",
      data: chart.labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tone("line") } },
      axisLabel: { ...label, hideOverlap: true },
    };
    const values = {
      type: "value",
      minInterval: chart.unit ? 0 : 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: tone("line") } },
      axisLabel: { ...label, formatter: (value) => short(value) + chart.unit },
    };
    if (chart.kind !== "bars") return { xAxis: names, yAxis: values };
    names.inverse = true;
    names.axisLine.show = false;
    Object.assign(names.axisLabel, {
      color: tone("text"), width: Math.round(width * 0.46), overflow: "break", lineOverflow: "truncate",
      lineHeight: LINE, height: LINE * lines(width), interval: 0, margin: 10, hideOverlap: false,
    });
    values.axisLabel.show = false;
    values.splitLine.show = false;
    return { xAxis: values, yAxis: names };
  }

  function series(chart, each) {
    const color = tone(each.tone);
    const common = { name: each.name, data: each.values, itemStyle: { color } };
    if (chart.kind === "lines") {
      return {
        ...common, type: "line", symbol: "circle", symbolSize: 4, showAllSymbol: true, lineStyle: { color, width: 2 },
      };
    }
    if (chart.kind === "columns") {
      const gap = { borderColor: tone("card"), borderWidth: chart.series.length > 1 ? 0.5 : 0 };
      return { ...common, type: "bar", stack: "all", barCategoryGap: "22%", itemStyle: { color, ...gap } };
    }
    const value = { show: true, position: "right", color: tone("text"), formatter: (bar) => number(bar.value, "") };
    return { ...common, type: "bar", barWidth: "48%", itemStyle: { color, borderRadius: 2 }, label: value };
  }

  function option(chart, width) {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: {
        left: 0, right: chart.kind === "bars" ? 48 : 4, top: chart.kind === "bars" ? 0 : 12, bottom: 0,
        outerBoundsMode: "same", outerBoundsContain: "axisLabel",
      },
      tooltip: tooltip(chart),
      ...axes(chart, width),
      series: chart.series.map((each) => series(chart, each)),
    };
  }

  function draw() {
    for (const chart of charts) {
      const place = document.getElementById(chart.id);
      const bars = chart.labels.length;
      if (chart.kind === "bars") place.style.height = `${bars * pitch(bars, place.clientWidth) + 4}px`;
      const drawn = echarts.getInstanceByDom(place) || echarts.init(place, null, { renderer: "svg" });
      drawn.resize();
      drawn.setOption(option(chart, place.clientWidth), { notMerge: true });
    }
  }

  draw();
  window.addEventListener("resize", draw);
  for (const query of ["(prefers-color-scheme: dark)", "print"]) matchMedia(query).addEventListener("change", draw);
})();
