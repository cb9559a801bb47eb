/* Flips a document between reading view, page, both, and the page before its fonts were normalised; r and o do so for the document in view. */
(function () {
  "use strict";
  var files = [];

  function show(file, view) {
    file.setAttribute("data-view", view);
    Array.prototype.forEach.call(file.querySelectorAll(".views button"), function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === view));
    });
    Array.prototype.forEach.call(file.querySelectorAll(".original"), function (original) { original.open = view === "original"; });
  }

  function hasView(file, view) { return file.querySelector('.views button[data-view="' + view + '"]') !== null; }

  function inView() {
    var middle = window.innerHeight / 2;
    var best = null;
    var least = Infinity;
    files.forEach(function (file) {
      var box = file.getBoundingClientRect();
      var away = box.top > middle ? box.top - middle : box.bottom < middle ? middle - box.bottom : 0;
      if (away < least && box.bottom > 0 && box.top < window.innerHeight) { least = away; best = file; }
    });
    return best;
  }

  /* The page that is being read stays where it is when what stands above it changes its height. */
  function flip(file, view) {
    var sheets = Array.prototype.slice.call(file.querySelectorAll(".sheet"));
    var held = sheets.filter(function (sheet) { return sheet.getBoundingClientRect().bottom > 0; })[0];
    var before = held ? held.getBoundingClientRect().top : 0;
    show(file, view);
    if (held && before < 0) { window.scrollBy({ top: held.getBoundingClientRect().top - Math.max(before, 0), behavior: "instant" }); }
  }

  document.addEventListener("keydown", function (event) {
    var view = { r: "reading", o: "original" }[event.key];
    if (!view || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    var file = inView();
    if (!file || !hasView(file, view)) { return; }
    flip(file, file.getAttribute("data-view") === view ? (hasView(file, "both") ? "both" : "sheet") : view);
    event.preventDefault();
  });

  window.Reviewer.register("attachment", function (file) {
    var views = file.querySelector(".views");
    files.push(file);
    views.hidden = false;
    show(file, hasView(file, "both") ? "both" : "sheet");
    views.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) { flip(file, button.getAttribute("data-view")); }
    });
  });
})();
