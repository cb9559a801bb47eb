// A dossier's page within the desk: it tells where it is being read and which keys it did not use, and goes where the desk asks. By itself it does nothing.
(function () {
  "use strict";
  const cover = document.getElementById("cover");
  if (window.parent === window || !cover || !cover.dataset.number || !new URLSearchParams(location.search).has("desk")) return;
  const root = document.documentElement;
  const TELL_MS = 150;
  const ARRIVED_MS = 250;
  const SCROLLING = new Set([" ", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", "Tab"]);
  const ABOVE = 24; // pixels left free above what was gone to
  let cursor = null; // what the desk went to; until the reader scrolls, it is what is being read
  let held = null; // the place to hold while type and pictures arrive, until the reader acts
  let arrived = false;
  let put = 0; // where in the window what was gone to stands
  let expected = -1;
  let telling = 0;
  let only = "";
  let turn = 0; // which of the desk's wishes the place follows that is told
  root.classList.add("in-desk");

  const tell = (type, values) => window.parent.postMessage({ reviewer: 1, type, ...values }, "*");
  const visible = (element) => element.checkVisibility(); // asks of no layout, unlike its rectangles
  const top = (element) => element.getBoundingClientRect().top;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.id);
  const steps = () => [cover, ...all("section[data-slot], [data-entry]")].filter(visible);
  const kind = (element) => (element.matches("[data-slot]") ? "slot" : element.matches("[data-entry]") ? "entry" : "page");
  const readingLine = () => window.innerHeight / 3;
  const most = () => Math.max(0, root.scrollHeight - window.innerHeight);

  function scrollTo(y) {
    expected = Math.round(Math.min(Math.max(0, y), most()));
    window.scrollTo({ top: y, behavior: "instant" });
  }

  function go({ anchor, fraction }) {
    const place = anchor && document.getElementById(anchor);
    if (!place) return;
    layOut(place);
    held = { anchor, fraction };
    settle();
    mark(typeof fraction === "number" ? null : place);
    tellSoon();
  }

  // What stands outside of the window is laid out when it is reached; the place that is measured must be, to its end.
  function layOut(place) {
    const whole = place.closest("[data-entry]") || place;
    if (whole.hasAttribute("data-goal")) return;
    for (const old of document.querySelectorAll("[data-goal]")) old.removeAttribute("data-goal");
    whole.setAttribute("data-goal", "");
  }

  function settle() {
    const place = held && document.getElementById(held.anchor);
    if (!place) return;
    if (typeof held.fraction === "number") scrollTo(window.scrollY + top(place) + held.fraction * place.getBoundingClientRect().height - readingLine());
    else scrollTo(place === cover ? 0 : window.scrollY + top(place) - ABOVE);
    put = top(place);
  }

  function mark(place) {
    for (const old of document.querySelectorAll("[data-here]")) old.removeAttribute("data-here");
    cursor = place;
    if (place && place !== cover) place.setAttribute("data-here", "");
  }

  function step(by) {
    const list = steps();
    let at = cursor ? list.indexOf(cursor) : -1;
    if (at < 0) {
      const passed = list.filter((element) => top(element) < ABOVE + 8).length;
      const onIt = passed > 0 && Math.abs(top(list[passed - 1]) - ABOVE) <= 8;
      at = by > 0 || onIt ? passed - 1 : passed;
    }
    const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
    if (next) go({ anchor: next.id });
    tellNow(); // the desk holds the next key until it knows
  }

  // What is being read: the last slot, entry or page that begins above the upper third of the window.
  function place() {
    if (cursor) return { anchor: cursor.id, fraction: 0, goal: true };
    const line = readingLine();
    let found = cover;
    for (const element of all("section[data-slot], [data-entry], [data-page]")) {
      if (!visible(element)) continue;
      if (top(element) > line) break; // what follows is not laid out for the question
      found = element;
    }
    layOut(found);
    const box = found.getBoundingClientRect();
    return { anchor: found.id, fraction: Math.min(1, Math.max(0, (line - box.top) / (box.height || 1))) };
  }

  function tellNow() {
    clearTimeout(telling);
    telling = 0;
    tell("place", { ...place(), turn });
  }

  function tellSoon() {
    if (!telling) telling = setTimeout(tellNow, TELL_MS);
  }

  function show({ slot }) {
    only = typeof slot === "string" && document.getElementById(slot) ? slot : "";
    root.classList.toggle("one-slot", Boolean(only));
    for (const element of all("section[data-slot]")) element.toggleAttribute("data-only", element.id === only);
    for (const part of document.querySelectorAll(".part")) part.toggleAttribute("data-only", Boolean(part.querySelector("[data-only]")));
    scrollTo(0);
  }

  const doing = {
    go,
    only: show,
    step: ({ by }) => step(by < 0 ? -1 : 1),
    view: ({ view }) => document.dispatchEvent(new KeyboardEvent("keydown", { key: view === "original" ? "o" : "r", bubbles: true })),
    scroll: ({ fraction }) => typeof fraction === "number" && scrollTo(fraction * most()),
    focus() {
      window.focus();
      tell("focused");
    },
  };

  window.addEventListener("message", (event) => {
    const message = event.data;
    if (event.source !== window.parent || !message || message.reviewer !== 1) return;
    if (typeof message.turn === "number") turn = message.turn;
    if (Object.prototype.hasOwnProperty.call(doing, message.type)) doing[message.type](message);
  });

  window.addEventListener("scroll", () => {
    if (Math.abs(window.scrollY - expected) <= 2) return;
    if (cursor && Math.abs(top(cursor) - put) <= 2) return; // what was gone to stands where it was put: what is around it was laid out
    if (held && !arrived) return settle(); // the page moved by itself
    expected = -1;
    held = null;
    mark(null);
    if (only) tell("scrolled", { fraction: most() ? window.scrollY / most() : 0 });
    tellSoon();
  }, { passive: true });
  for (const act of ["wheel", "touchstart", "pointerdown"]) window.addEventListener(act, () => (held = null), { passive: true });
  window.addEventListener("keydown", ({ key }) => { if (SCROLLING.has(key)) held = null; }); // others move nothing: a mark or a note is about the place that is held
  const loaded = new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
  document.fonts.ready.then(settle);
  loaded.then(settle);
  Promise.all([loaded, document.fonts.ready]).then(() => setTimeout(() => { settle(); arrived = true; }, ARRIVED_MS));

  const typing = (target) => target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
  window.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.defaultPrevented || !event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (key === "Enter" && event.target.closest("a, button, summary, audio, video")) return; // it presses what has the focus
    if (key !== "Escape" && key !== "Enter" && key.length !== 1) return;
    if (key === "/" || key === "'") event.preventDefault(); // the browser's own quick find
    tell("key", { key, shift: event.shiftKey });
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = link.getAttribute("href");
    if (address.startsWith("#")) tell("follow", { anchor: decodeURIComponent(address.slice(1)) });
    else if (address === "../index.html" || address === "../help.html") tell("leave", { to: address === "../help.html" ? "help" : "list" });
    else return;
    event.preventDefault();
  });
  // A paper or a picture opens beside the desk, not in the place of the dossier.
  for (const link of document.querySelectorAll('a[href]:not([href^="#"])')) link.target = "_blank";

  const anchors = all("section[data-slot], [data-entry], [data-page]").map((element) => ({ id: element.id, kind: kind(element) }));
  // The desk draws the page when it is whole and set in its type, once. Faces for rare characters may follow.
  const faces = [...document.fonts].filter((face) => face.family.includes("Reviewer Text"));
  Promise.allSettled(faces.map((face) => face.load())).then(() => tell("ready", { number: cover.dataset.number, anchors }));
})();
