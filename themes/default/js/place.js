/* Holds the place that an address names: a typeface and pictures that arrive late move the page, until the reader moves it himself. */
(function () {
  "use strict";
  var moved = false;
  ["wheel", "touchstart", "keydown", "pointerdown"].forEach(function (act) {
    window.addEventListener(act, function () { moved = true; }, { once: true, passive: true });
  });
  function hold() {
    var place = moved || location.hash.length < 2 ? null : document.getElementById(location.hash.slice(1));
    if (place) { place.scrollIntoView(); }
  }
  document.fonts.ready.then(hold);
  window.addEventListener("load", hold);
  window.addEventListener("hashchange", function () { moved = false; window.setTimeout(hold, 0); });
})();
