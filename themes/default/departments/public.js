/* The public page: search, filters, and departments side by side. Everything is read from the page itself. */
(function () {
  "use strict";
  var MOST_COMPARED = 4;
  var WORDS = ["至多", "審查時不顯示", "指引", "公告文字"];
  var ORDER = ["修課紀錄", "課程學習成果", "多元表現", "多元表現綜整心得", "學習歷程自述", "其他"].concat(WORDS);
  var rows = Array.prototype.slice.call(document.querySelectorAll(".row"));
  var words = document.getElementById("words");
  var field = document.getElementById("field");
  var maximum = document.getElementById("maximum");
  var wanted = [];
  var compared = [];

  function normal(text) { return text.normalize("NFKC").toLowerCase().replace(/臺/g, "台"); }

  function fits(row, terms) {
    var data = row.dataset;
    return terms.every(function (term) { return data.search.indexOf(term) >= 0 || data.codes.toLowerCase().indexOf(" " + term + " ") >= 0; }) &&
      wanted.every(function (code) { return data.codes.indexOf(" " + code + " ") >= 0; }) &&
      (!field.value || data.field === field.value) &&
      (!maximum.value || Number(data.maximum) <= Number(maximum.value));
  }

  function filter() {
    var terms = normal(words.value).split(/[ \t\u3000]+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row) {
      var fit = fits(row, terms);
      if (row.hidden === fit) { row.hidden = !fit; }
      if (fit) { shown += 1; }
    });
    document.getElementById("count").textContent = String(shown);
    document.getElementById("of").hidden = shown === rows.length;
    document.querySelectorAll(".departments").forEach(function (section) {
      section.querySelector(".none").hidden = section.querySelector(".row:not([hidden])") !== null;
    });
  }

  function press(button) {
    var code = button.dataset.code;
    var on = button.getAttribute("aria-pressed") !== "true";
    document.querySelectorAll(".chip").forEach(function (chip) {
      if (chip.dataset.code === code) { chip.setAttribute("aria-pressed", String(on)); }
    });
    wanted = wanted.filter(function (other) { return other !== code; }).concat(on ? [code] : []);
    document.querySelectorAll(".codes li").forEach(function (item) { item.classList.toggle("on", wanted.indexOf(item.textContent) >= 0); });
    filter();
  }

  /* Sections of a department by their titles, from its own details. */
  function sections(row) {
    var found = {};
    row.querySelectorAll(".detail dl > div").forEach(function (part) { found[part.querySelector("dt").textContent] = part.querySelector("dd"); });
    return found;
  }

  function cell(kind, text) {
    var made = document.createElement(kind);
    made.textContent = text || "";
    return made;
  }

  function heads() {
    var line = document.createElement("tr");
    line.appendChild(cell("td"));
    compared.forEach(function (row) {
      var summary = row.querySelector("summary");
      var head = cell("th", summary.querySelector(".number").textContent + " " + summary.querySelector("b").textContent);
      head.scope = "col";
      var where = cell("span", summary.querySelector(".quiet").textContent);
      where.className = "quiet";
      head.appendChild(where);
      line.appendChild(head);
    });
    return line;
  }

  function compare() {
    var table = document.getElementById("compare-table");
    var details = compared.map(sections);
    var titles = [];
    details.forEach(function (found) { Object.keys(found).forEach(function (title) { if (titles.indexOf(title) < 0) { titles.push(title); } }); });
    titles.sort(function (one, other) { return ORDER.indexOf(one) - ORDER.indexOf(other); });
    table.textContent = "";
    table.appendChild(heads());
    titles.forEach(function (title) {
      var line = document.createElement("tr");
      var head = cell("th", title);
      head.scope = "row";
      line.appendChild(head);
      details.forEach(function (found) {
        var made = cell("td", found[title] ? "" : "不採計");
        if (found[title]) { Array.prototype.forEach.call(found[title].childNodes, function (node) { made.appendChild(node.cloneNode(true)); }); }
        else { made.className = "quiet"; if (WORDS.indexOf(title) >= 0) { made.textContent = "–"; } }
        line.appendChild(made);
      });
      table.appendChild(line);
    });
    document.getElementById("compare").hidden = compared.length < 2;
  }

  function pick(row, box) {
    compared = compared.filter(function (other) { return other !== row; });
    if (box.checked) {
      compared.push(row);
      if (compared.length > MOST_COMPARED) { compared.shift().querySelector(".pick input").checked = false; }
    }
    compare();
  }

  document.querySelectorAll(".filters, .chips, .pick").forEach(function (element) { element.hidden = false; });
  document.querySelectorAll(".chip").forEach(function (button) { button.addEventListener("click", function () { press(button); }); });
  rows.forEach(function (row) {
    var box = row.querySelector(".pick input");
    box.addEventListener("change", function () { pick(row, box); });
  });
  [words, field, maximum].forEach(function (control) { control.addEventListener("input", filter); });
  document.getElementById("filters").addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("filters").addEventListener("reset", function () {
    wanted = [];
    document.querySelectorAll(".chip").forEach(function (chip) { chip.setAttribute("aria-pressed", "false"); });
    document.querySelectorAll(".codes li.on").forEach(function (item) { item.classList.remove("on"); });
    window.setTimeout(filter, 0);
  });
})();
