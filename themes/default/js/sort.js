/* Orders the list of applicants by number, school type or group: neutral facts only. */
window.Reviewer.register("sort", function (section) {
  "use strict";
  var table = section.querySelector("table");
  if (!table) { return; }
  var body = table.tBodies[0];
  var heads = Array.prototype.slice.call(table.querySelectorAll("th[data-sort]"));

  function order(key) {
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (one, other) {
      var by = (one.getAttribute("data-" + key) || "").localeCompare(other.getAttribute("data-" + key) || "", "zh-Hant-TW");
      return by || one.getAttribute("data-number").localeCompare(other.getAttribute("data-number"));
    });
    rows.forEach(function (row) { body.appendChild(row); });
    heads.forEach(function (head) {
      if (head.getAttribute("data-sort") === key) { head.setAttribute("aria-sort", "ascending"); } else { head.removeAttribute("aria-sort"); }
    });
  }

  heads.forEach(function (head) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = window.Reviewer.say("依{column}排列", { column: head.textContent });
    button.addEventListener("click", function () { order(head.getAttribute("data-sort")); });
    head.replaceChildren(button);
  });
});
