// Desk, plots: columns of counts as inline SVG, the same scale within a figure, always with words and a table that say the same.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { element, svg } = desk;
  const { say } = window.Reviewer;
  const HEIGHT = 132;
  const BASE = 100; // y of the zero line
  const STEP = 40;
  const ROW = 26;

  const label = (x, y, words, anchor, more) => svg("text", { x, y, "text-anchor": anchor || "middle", ...more }, words);

  // Columns for classes in order (histograms); `rows` are [label, count, outlined].
  desk.columns = function (rows, most, title) {
    const width = Math.max(rows.length * STEP + 12, 240);
    const box = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": title, "data-plot": "columns" });
    rows.forEach(([words, count, outlined], at) => {
      const x = 6 + at * STEP;
      const height = most ? (count / most) * (BASE - 20) : 0;
      box.append(svg("rect", { x: x + 4, y: BASE - height, width: STEP - 8, height, "data-bar": true }));
      if (count) box.append(label(x + STEP / 2, BASE - height - 5, String(count)));
      if (outlined) box.append(svg("rect", { x: x + 1.5, y: BASE - height - 2.5, width: STEP - 3, height: height + 5, "data-outline": true }));
      box.append(label(x + STEP / 2, BASE + 18, words));
    });
    box.append(svg("path", { d: `M6 ${BASE + 0.5}H${width - 6}`, "data-axis": true }));
    return box;
  };

  // Rows for names: words stand outside the picture's scale, so that none is cut.
  desk.bars = function (rows, most, title) {
    const list = element("ul", { "data-plot": "bars", "aria-label": title });
    for (const [words, count, outlined] of rows) {
      const width = most ? (count / most) * 200 : 0;
      const bar = svg("svg", { viewBox: `0 0 208 ${ROW - 8}`, width: 208, height: ROW - 8, "aria-hidden": "true" }, svg("rect", { x: 3, y: 4, width, height: ROW - 16, "data-bar": true }));
      if (outlined) bar.append(svg("rect", { x: 1.5, y: 1.5, width: width + 3, height: ROW - 11, "data-outline": true }));
      list.append(element("li", {}, element("span", {}, words), bar, element("span", { "data-count": true }, String(count))));
    }
    return list;
  };

  desk.table = function (caption, head, rows) {
    const table = element(
      "table",
      {},
      element("caption", { class: "visually-hidden" }, caption),
      element("thead", {}, element("tr", {}, ...head.map((words) => element("th", { scope: "col" }, words)))),
      element("tbody", {}, ...rows.map(([words, ...cells]) => element("tr", {}, element("th", { scope: "row" }, words), ...cells.map((cell) => element("td", {}, String(cell)))))),
    );
    return element("details", {}, element("summary", {}, say("表格")), table);
  };

  desk.figure = function (title, plot, words, table) {
    return element("figure", {}, element("h3", {}, title), plot, element("figcaption", {}, words), table);
  };
})();
