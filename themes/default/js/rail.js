/* Marks the slot that is being read in the rail of codes. */
window.Reviewer.register("rail", function (rail) {
  "use strict";
  var links = Array.prototype.slice.call(rail.querySelectorAll("a"));
  var places = links.map(function (link) { return document.getElementById(link.getAttribute("href").slice(1)); });
  var current = null;
  var waiting = false;

  function mark() {
    waiting = false;
    var line = window.innerHeight / 3;
    var found = 0;
    places.forEach(function (place, index) { if (place && place.getBoundingClientRect().top <= line) { found = index; } });
    if (links[found] === current) { return; }
    if (current) { current.removeAttribute("aria-current"); }
    current = links[found];
    current.setAttribute("aria-current", "true");
    if (rail.scrollWidth > rail.clientWidth) { rail.scrollLeft = current.offsetLeft - rail.clientWidth / 2; }
  }

  function markSoon() {
    if (!waiting) { waiting = true; window.requestAnimationFrame(mark); }
  }

  window.addEventListener("scroll", markSoon, { passive: true });
  window.addEventListener("resize", markSoon);
  markSoon();
});
