// Marks what the search found on a dossier's page: `index.html?mark=<words as written>#J-2a-p3`. Blanks and letter shapes do not count.
(function () {
  "use strict";
  const MOST_MARKS = 200;
  const marks = new URLSearchParams(location.search).getAll("mark").filter(Boolean);
  if (!marks.length) return;

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s/gu, "");

  // All letters within an element with the text node and place that each comes from.
  function lettersOf(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let text = "";
    const origins = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest("script, style, button")) continue;
      let at = 0;
      for (const character of node.data) {
        const folded = plain(character);
        text += folded;
        for (let unit = 0; unit < folded.length; unit++) origins.push({ node, start: at, end: at + character.length });
        at += character.length;
      }
    }
    return { text, origins };
  }

  // Ranges within single text nodes that one hit covers.
  function rangesOf(origins) {
    const ranges = [];
    for (const { node, start, end } of origins) {
      const last = ranges[ranges.length - 1];
      if (last && last.node === node) last.end = Math.max(last.end, end);
      else ranges.push({ node, start, end });
    }
    return ranges;
  }

  function markAll(root) {
    const { text, origins } = lettersOf(root);
    const taken = new Array(text.length).fill(false);
    const ranges = [];
    for (const mark of marks.map(plain).filter(Boolean).sort((one, other) => other.length - one.length)) {
      for (let at = text.indexOf(mark); at >= 0 && ranges.length < MOST_MARKS; at = text.indexOf(mark, at + mark.length)) {
        if (taken[at] || taken[at + mark.length - 1]) continue;
        taken.fill(true, at, at + mark.length);
        ranges.push(...rangesOf(origins.slice(at, at + mark.length)));
      }
    }
    // From the back, so that splitting a text node leaves the places before it as they are.
    const nodes = new Map();
    for (const range of ranges) nodes.set(range.node, [...(nodes.get(range.node) ?? []), range]);
    for (const [node, its] of nodes) {
      for (const { start, end } of its.sort((one, other) => other.start - one.start)) {
        const hit = node.splitText(start);
        hit.splitText(end - start);
        const mark = document.createElement("mark");
        mark.className = "search-hit";
        hit.replaceWith(mark);
        mark.append(hit);
      }
    }
    return root.querySelector("mark.search-hit");
  }

  function start() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const target = (anchor && document.getElementById(anchor)) || document.getElementById("cover") || document.body;
    target.classList.add("search-target");
    const first = markAll(target);
    if (!first) return;
    for (let box = first.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    first.scrollIntoView({ block: "center", behavior: "instant" });
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }

  // With the first frame that is drawn: within the desk that may be later than when all is loaded.
  window.addEventListener("load", () =>
    requestAnimationFrame(() => {
      try {
        start();
      } catch {
        // The page reads well without the mark.
      }
    }),
  );
})();
