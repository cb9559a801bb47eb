// Desk, addresses: `#/d/<number>/<anchor>` and the others. The address is the state: back, forward and links go through it alone.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const listeners = [];
  const MOST_COMPARED = 4;
  let now = { view: "list", number: null, anchor: "" };

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  desk.parse = function (hash) {
    const text = hash.replace(/^#/, "");
    if (text.startsWith("q=")) return { view: "search", number: null, anchor: "" }; // the search's own address
    if (!text.startsWith("/")) return { view: "list", number: null, anchor: decoded(text) };
    const [path] = text.slice(1).split("?");
    const [view, first = "", ...rest] = path.split("/");
    const second = rest.join("/");
    if (view === "d" && first) return { view: "dossier", number: decoded(first), anchor: decoded(second) };
    if (view === "compare" && first) {
      const numbers = [...new Set(first.split(",").map(decoded).filter(Boolean))].slice(0, MOST_COMPARED);
      return { view: "compare", number: null, anchor: "", numbers, slot: decoded(second) };
    }
    return { view: ["cohort", "guide", "search"].includes(view) ? view : "list", number: null, anchor: "" };
  };

  desk.address = (number, anchor) => `#/d/${encodeURIComponent(number)}${anchor ? `/${encodeURIComponent(anchor)}` : ""}`;
  desk.compareAddress = (numbers, slot) => `#/compare/${numbers.map(encodeURIComponent).join(",")}/${encodeURIComponent(slot)}`;
  desk.route = () => now;
  // The number of the dossier that is open; null where none is.
  desk.current = () => now.number;
  desk.onroute = (listener) => listeners.push(listener);
  desk.go = function (number, anchor) {
    desk.to(desk.address(number, anchor));
  };
  desk.to = function (hash) {
    if (location.hash !== hash) history.pushState(null, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange")); // now: an address that is set is told of only when the browser comes round to it
  };
  // The address follows what is being read without a new step in the history.
  desk.keep = function (number, anchor) {
    if (now.number !== number) return;
    now = { ...now, anchor };
    history.replaceState(null, "", desk.address(number, anchor));
  };
  desk.arrive = function () {
    const before = now;
    now = desk.parse(location.hash);
    for (const listener of listeners) listener(now, before);
  };
  window.addEventListener("hashchange", () => desk.data && desk.arrive());
})();
