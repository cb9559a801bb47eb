// Search, list: what was found, as elements. Words of applicants enter as text only.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const PLACES_SHOWN = 3;
  const MARKS_IN_ADDRESS = 5;
  // Private use: no font may draw it; the dossier's page shows the school's own glyph.
  const PRIVATE = /[\ue000-\uf8ff\u{100000}-\u{10fffd}]/gu;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }
  search.element = element;

  function words(text) {
    const out = [];
    let at = 0;
    for (const found of text.matchAll(PRIVATE)) {
      const missing = element("span", "glyph-missing", "〓");
      missing.title = `造字 U+${found[0].codePointAt(0).toString(16).toUpperCase()}`;
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
    const kind = { identity: "基本資料", course: "修課紀錄" }[entry.kind] ?? entry.entry;
    const source = search.state.tables.labels.source[entry.source];
    return [kind, page ? `附件第 ${page[1]} 頁` : "", entry.semester, entry.kind === "identity" ? "" : source].filter(Boolean).join("　");
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
    const places = element("ol", "search-places", ...rows.slice(0, PLACES_SHOWN).map((row) => placeLine(dossier, row, terms)));
    const item = element("li", "search-dossier", element("h3", "", heading), element("p", "search-count", `${rows.length} 處`), places);
    if (rows.length > PLACES_SHOWN) {
      const more = element("button", "", `再列 ${rows.length - PLACES_SHOWN} 處`);
      more.type = "button";
      more.setAttribute("aria-label", `${dossier.number}：再列 ${rows.length - PLACES_SHOWN} 處`);
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
    const labels = { code: "項目", source: "來源", semester: "學期", has: "附有" };
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
