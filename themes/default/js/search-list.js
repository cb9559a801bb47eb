// Search, list: what was found, as elements. Words of applicants enter as text only.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const { say } = window.Reviewer;
  const PLACES_SHOWN = 3;
  const MARKS_IN_ADDRESS = 5;
  // Private use: no font may draw it; the dossier's page shows the school's own glyph.
  const PRIVATE = /[\ue000-\uf8ff\u{100000}-\u{10fffd}]/gu;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return window.Reviewer.sent(made);
  }
  search.element = element;

  function words(text) {
    const out = [];
    let at = 0;
    for (const found of text.matchAll(PRIVATE)) {
      const missing = element("span", "glyph-missing", "〓");
      missing.title = say("造字 {notation}", { notation: `U+${found[0].codePointAt(0).toString(16).toUpperCase()}` });
      out.push(text.slice(at, found.index), missing);
      at = found.index + found[0].length;
    }
    return [...out, text.slice(at)];
  }

  function addressOf(dossier, place, pieces) {
    const marks = [...new Set(pieces.filter(([, hit]) => hit).map(([text]) => text))].slice(0, MARKS_IN_ADDRESS);
    const query = marks.map((mark) => `mark=${encodeURIComponent(mark)}`).join("&");
    const anchor = search.anchorOf(place);
    return `${dossier.folder}/index.html${query ? `?${query}` : ""}${anchor ? `#${anchor}` : ""}`;
  }

  function whereOf(dossier, place) {
    const { of: entry } = place;
    const page = /p(\d+)$/.exec(place.suffix);
    const kind = { identity: say("基本資料"), course: say("修課紀錄") }[entry.kind] ?? entry.entry;
    const source = search.state.tables.labels.source[entry.source];
    return [kind, page ? say("附件第 {n} 頁", { n: page[1] }) : "", entry.semester, entry.kind === "identity" ? "" : source].filter(Boolean).join("　");
  }

  function titleOf(dossier, place) {
    const first = search.placesOf(dossier).find((each) => each.of === place.of);
    return search.title(search.textOf(dossier, first), search.editsOf(dossier, first));
  }

  function placeLine(dossier, row, terms) {
    const { place } = row;
    const pieces = search.snippet(search.textOf(dossier, place), search.editsOf(dossier, place), terms);
    const link = element("a", "search-place");
    link.href = addressOf(dossier, place, pieces);
    const head = element("span", "search-where", element("span", "search-code", whereOf(dossier, place)));
    const title = place.of.kind === "identity" ? "" : titleOf(dossier, place);
    if (!pieces.map(([part]) => part).join("").startsWith(title)) head.append(" ", element("span", "search-entry", ...words(title)));
    const text = element("span", "search-snippet");
    for (const [part, hit] of pieces) text.append(...(hit ? [element("mark", "", ...words(part))] : words(part)));
    window.Reviewer.sent(text);
    link.append(head, text);
    return element("li", "", link);
  }

  // One found dossier: its heading and its first places, the others when they are asked for.
  search.dossierItem = function (found, terms) {
    const { dossier } = found;
    const rows = search.foundPlaces(found, terms);
    const name = titleOf(dossier, search.placesOf(dossier)[0]);
    const heading = element("a", "search-applicant");
    heading.href = `${dossier.folder}/index.html`;
    heading.append(element("span", "applicant-number", dossier.number), ...(name === dossier.number ? [] : [" ", ...words(name)]));
    window.Reviewer.sent(heading);
    const places = element("ol", "search-places", ...rows.slice(0, PLACES_SHOWN).map((row) => placeLine(dossier, row, terms)));
    const item = element("li", "search-dossier", element("h3", "", heading), element("p", "search-count", say("{n} 處", { n: rows.length })), places);
    if (rows.length > PLACES_SHOWN) {
      const more = element("button", "", say("再列 {n} 處", { n: rows.length - PLACES_SHOWN }));
      more.type = "button";
      more.setAttribute("aria-label", say("{number}：再列 {n} 處", { number: dossier.number, n: rows.length - PLACES_SHOWN }));
      more.addEventListener("click", () => {
        const rest = rows.slice(PLACES_SHOWN).map((row) => placeLine(dossier, row, terms));
        places.append(...rest);
        more.remove();
        rest[0].querySelector("a").focus();
      });
      item.append(more);
    }
    return item;
  };

  // The facets as groups of buttons; pick(field, value) is called with what was pressed.
  search.facetGroups = function (facets, query, pick) {
    const labels = { code: say("項目"), source: say("來源"), semester: say("學期"), has: say("附有") };
    const names = search.state.tables.labels;
    return Object.entries(labels).flatMap(([field, label]) => {
      const values = [...facets[field]].sort(([one], [other]) => (one < other ? -1 : 1));
      if (!values.length) return [];
      const buttons = values.map(([value, count]) => {
        const button = element("button", "", names[field]?.[value] ?? value, " ", element("span", "search-number", String(count)));
        const chosen = query.filters.some(([name, wanted, out]) => name === field && !out && wanted === value.toLowerCase());
        button.type = "button";
        button.setAttribute("aria-pressed", String(chosen));
        button.addEventListener("click", () => pick(field, value));
        return button;
      });
      return [element("p", "search-facet", element("span", "search-label", label), ...buttons)];
    });
  };
})();
