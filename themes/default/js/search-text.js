// Search, text: the normalisation that the tables of data/search.js tell, and the way back to what was written.
// Twin of reviewer/model/folding.py and snippets.py; a test holds both to the same answers. All positions count UTF-16 units.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const LONGEST_CLUSTER = 30;
  const EDIT_BASE = 0x4e00;
  const LONG = 3;
  const BEFORE_UNITS = 24;
  const AFTER_UNITS = 72;
  const LONE_SURROGATE = /[\ud800-\udfff]/gu;

  const characterClass = (ranges) =>
    ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("");

  const pairs = (words) =>
    new Map(
      words.split(" ").map((word) => {
        const first = String.fromCodePoint(word.codePointAt(0));
        return [first, word.slice(first.length)];
      }),
    );

  // Returns fold(text) for the tables of a manifest.
  search.makeFold = function (tables) {
    const [drop, join, blank] = [tables.dropped, tables.joiners, tables.blanks].map(characterClass);
    const base = characterClass(tables.fold);
    const lower = pairs(tables.lower);
    const variants = pairs(tables.variants);
    const dropped = new RegExp(`[${drop}]+`, "gu");
    const chinese = new RegExp(`^[${characterClass(tables.chinese)}]`, "u");
    const joiner = new RegExp(`^[${join}]`, "u"); // a blank keeps a mark apart from the letter before it
    const spots = new RegExp(
      `(?<blank>[${drop}]*[${blank}][${blank}${drop}]*)` +
        `|(?<cluster>(?:(?![${join}])[${base}])?(?:[${drop}]*[${join}]){1,${LONGEST_CLUSTER}})` +
        `|(?<single>[${base}])|(?<dropped>[${drop}]+)`,
      "gu",
    );
    const each = (text, map) => Array.from(text, (character) => map.get(character) ?? character).join("");
    const plain = (written) =>
      each(each(written.replace(dropped, "").normalize("NFKC"), lower).normalize("NFKC"), variants);

    return function fold(text) {
      const pieces = [];
      let at = 0;
      const clean = text.replace(LONE_SURROGATE, "\ufffd");
      for (const spot of clean.matchAll(spots)) {
        pieces.push(clean.slice(at, spot.index));
        at = spot.index + spot[0].length;
        pieces.push(spot.groups.blank !== undefined ? null : spot.groups.dropped !== undefined ? "" : plain(spot[0]));
      }
      pieces.push(clean.slice(at));
      return joined(pieces.filter((piece) => piece !== ""));
    };

    // A blank stays where neither neighbour is Chinese; at the ends it goes.
    function joined(pieces) {
      let out = "";
      pieces.forEach((piece, index) => {
        if (piece !== null) {
          out += piece;
          return;
        }
        const before = Array.from(out.slice(-2)).pop() ?? "";
        const after = pieces.slice(index + 1).find((next) => next !== null) ?? "";
        if (before && after && (joiner.test(after) || (!chinese.test(before) && !chinese.test(after)))) out += " ";
      });
      return out;
    }
  };

  // The edits of a place as [start, end, what was written].
  search.decodeEdits = function (edits) {
    const spots = [];
    let at = 0;
    let position = 0;
    while (at < edits.length) {
      const code = edits.charCodeAt(at++) - EDIT_BASE;
      let fresh = (code >> 2) & 3;
      let old = code & 3;
      if (fresh === LONG) fresh = edits.charCodeAt(at++) - EDIT_BASE;
      if (old === LONG) old = edits.charCodeAt(at++) - EDIT_BASE;
      position += code >> 4;
      if (fresh || old) spots.push([position, position + fresh, edits.slice(at, at + old)]);
      at += old;
      position += fresh;
    }
    return spots;
  };

  function written(text, spots, start, end, marked) {
    let out = "";
    let at = start;
    for (const [first, last, old] of spots) {
      if (first > end) break;
      const inside = last > first ? start <= first && first < end : marked ? start < first && first < end : start <= first;
      if (inside) {
        out += text.slice(at, first) + old;
        at = last;
      }
    }
    return (out + text.slice(at, end)).replace(/[\n\r\t]/g, " ");
  }

  function grown([start, end], spots) {
    for (const [first, last] of spots) {
      if (first < start && start < last) start = first;
      if (first < end && end < last) end = last;
    }
    return [start, end];
  }

  function hitsOf(text, terms, spots) {
    const found = [];
    for (const term of terms)
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length))
        found.push(grown([at, at + term.length], spots));
    found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const merged = [];
    for (const [start, end] of found) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
      else merged.push([start, end]);
    }
    return merged;
  }

  const isLow = (text, at) => at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

  // The surroundings of the first hit as [[text, is a hit], …], in the original spelling.
  search.snippet = function (text, edits, terms) {
    const spots = search.decodeEdits(edits);
    const hits = hitsOf(text, terms, spots);
    const [first, last] = hits[0] ?? [0, 0];
    const left = first > 0 ? text.lastIndexOf("\n", first - 1) + 1 : 0;
    const found = text.indexOf("\n", last);
    const right = found < 0 ? text.length : found;
    let start = Math.max(left, first - BEFORE_UNITS);
    let end = Math.min(right, Math.max(last, first + AFTER_UNITS));
    [start, end] = grown([start - isLow(text, start), end + isLow(text, end)], spots);
    const pieces = start > left ? [["…", false]] : [];
    let at = start;
    for (const [hitStart, hitEnd] of hits) {
      if (hitStart >= end) break;
      pieces.push([written(text, spots, at, hitStart, false), false]);
      at = Math.min(hitEnd, end);
      pieces.push([written(text, spots, hitStart, at, true), true]);
    }
    pieces.push([written(text, spots, at, end, false), false]);
    if (end < right) pieces.push(["…", false]);
    return pieces.filter(([words]) => words);
  };

  // The first segment of a place, as written.
  search.title = function (text, edits) {
    const end = text.indexOf("\n");
    return written(text, search.decodeEdits(edits), 0, end < 0 ? text.length : end, false);
  };
})();
