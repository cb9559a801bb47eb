// Search, ranking: which dossiers a query finds and in what order. Exact substrings, whole numbers.
// Twin of reviewer/search/collection.py and ranking.py; a test holds both to the same answers.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const FORMAT = 1;
  const GAIN = 2200000;
  const MOST_OCCURRENCES = 100000;
  const REMEMBERED = 60;
  const state = (search.state = { tables: null, format: 0, dossiers: [], order: new Map(), ended: new Map() });
  const remembered = new Map();

  // The four functions that the files in data/ call.
  search.tables = function (tables) {
    state.format = tables.format;
    if (tables.format !== FORMAT) return;
    state.tables = tables;
    state.order = new Map(tables.dossiers.map(([number], index) => [number, index]));
    state.fold = search.makeFold(tables.folding);
  };
  let open = null;
  search.begin = function (format, shard) {
    open = { shard, format, dossiers: [] };
  };
  search.add = function ([number, head, text, edits]) {
    const index = state.order.get(number);
    if (index === undefined || !open) return;
    const folder = state.tables.dossiers[index][1];
    open.dossiers.push({ index, number, folder, kd: state.tables.kd[index], head, text, edits, places: null, folded: null });
  };
  search.end = function (shard, stamp) {
    const expected = state.tables.shards[Number(shard)];
    if (!open || open.shard !== shard || open.format !== FORMAT || expected[2] !== stamp || state.ended.has(shard)) return;
    state.ended.set(shard, stamp);
    for (const dossier of open.dossiers) state.dossiers[dossier.index] = dossier;
    remembered.clear();
    open = null;
  };

  search.loaded = () => state.dossiers.filter((dossier) => dossier !== undefined);

  search.parseQuery = (written) => search.parse(written, state.tables, state.fold);

  search.placesOf = function (dossier) {
    return (dossier.places ??= readPlaces(dossier.head));
  };

  function readPlaces(head) {
    const places = [];
    let entry = null;
    let start = 0;
    let editsStart = 0;
    for (const row of head.split("\n")) {
      const cells = row.split("\t");
      if (row.startsWith("!")) {
        const list = (words) => (words ? words.split(",") : []);
        const [anchor, codes, source, semester, has, kind] = cells;
        entry = { entry: anchor.slice(1), codes: list(codes), source, semester, has: list(has), kind };
        continue;
      }
      const [suffix, health, units, editUnits] = cells;
      const end = start + Number(units);
      const editsEnd = editsStart + Number(editUnits);
      places.push({ index: places.length, of: entry, suffix, health, start, end, editsStart, editsEnd });
      start = end + 1;
      editsStart = editsEnd;
    }
    return places;
  }

  search.anchorOf = (place) => place.of.entry + place.suffix;
  search.textOf = (dossier, place) => dossier.text.slice(place.start, place.end);
  search.editsOf = (dossier, place) => dossier.edits.slice(place.editsStart, place.editsEnd);

  // Answers a query without an error: [{dossier, score, occurrences, counting}, …] in the order of rank.
  search.evaluate = function (query) {
    const narrowed = query.excluded.length > 0 || query.filters.some(([field]) => field !== "applicant");
    const candidates = [];
    const df = query.terms.map(() => 0);
    const known = narrowed ? null : query.terms.map((term) => occurrences(term));
    for (const dossier of state.dossiers) {
      if (dossier === undefined || !isApplicant(dossier, query.filters)) continue;
      const counting = narrowed ? countingPlaces(dossier, query) : null;
      if (counting && !counting.length) continue;
      const counts = query.terms.map((term, index) => (counting ? countIn(dossier, counting, term) : known[index][dossier.index]));
      let all = true;
      counts.forEach((count, index) => (count > 0 ? df[index]++ : (all = false)));
      if (all) candidates.push({ dossier, counts, counting });
    }
    const weights = df.map((each) => state.tables.idf[each]);
    const found = candidates.map(({ dossier, counts, counting }) => ({
      dossier,
      counting,
      score: score(weights, counts, dossier.kd),
      occurrences: counts.reduce((sum, count) => sum + count, 0),
    }));
    return found.sort((one, other) => other.score - one.score || one.dossier.index - other.dossier.index);
  };

  function score(weights, counts, kd) {
    let total = 0;
    counts.forEach((count, index) => {
      const often = Math.min(count, MOST_OCCURRENCES);
      const [upper, lower] = [weights[index] * often * GAIN, often * 1000 + kd];
      total += (upper - (upper % lower)) / lower;
    });
    return total;
  }

  // How often a word stands in each dossier. Where a shorter word of it is known, only dossiers that hold that one are looked through.
  function occurrences(term) {
    const before = remembered.get(term);
    if (before) return before;
    const counts = new Uint32Array(state.dossiers.length);
    let part = null;
    for (const [word, its] of remembered) if (term.includes(word) && (!part || word.length > part.word.length)) part = { word, its };
    state.dossiers.forEach((dossier, index) => {
      if (!part || part.its[index]) counts[index] = countAll(dossier.text, term);
    });
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value);
    remembered.set(term, counts);
    return counts;
  }

  function countAll(text, term) {
    let count = 0;
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) count++;
    return count;
  }

  // Calls visit(place) for every occurrence of a word in the given places, which are in the order of the text.
  function visit(dossier, places, term, call) {
    let next = 0;
    for (let at = dossier.text.indexOf(term); at >= 0; ) {
      while (next < places.length && places[next].end <= at) next++;
      if (next === places.length) return;
      if (places[next].start > at) {
        at = dossier.text.indexOf(term, places[next].start);
        continue;
      }
      const past = call(places[next], next) ? places[next].end : at + term.length;
      at = dossier.text.indexOf(term, past);
    }
  }

  function countIn(dossier, places, term) {
    let count = 0;
    visit(dossier, places, term, () => void count++);
    return count;
  }

  function countingPlaces(dossier, query) {
    let places = search.placesOf(dossier).filter((place) => admits(place, query.filters));
    for (const word of query.excluded) {
      const out = new Set();
      visit(dossier, places, word, (place) => out.add(place));
      if (out.size) places = places.filter((place) => !out.has(place));
    }
    return places;
  }

  function admits(place, filters) {
    const wanted = new Map();
    for (const [field, value, excluded] of filters) {
      if (field === "applicant") continue;
      const fit = fits(place.of, field, value);
      if (excluded && fit) return false;
      if (!excluded) wanted.set(field, wanted.get(field) || fit);
    }
    for (const fit of wanted.values()) if (!fit) return false;
    return true;
  }

  function fits(entry, field, value) {
    if (field === "code") return entry.codes.some((code) => code.toLowerCase() === value);
    if (field === "semester") return entry.semester === value || entry.semester.startsWith(`${value}-`);
    if (field === "source") return entry.source === value;
    return entry.has.includes(value);
  }

  function isApplicant(dossier, filters) {
    const wanted = filters.filter(([field]) => field === "applicant");
    if (!wanted.length) return true;
    const number = (dossier.folded ??= state.fold(dossier.number));
    const fit = ([, value]) => number.startsWith(value);
    const positive = wanted.filter(([, , excluded]) => !excluded);
    return (!positive.length || positive.some(fit)) && !wanted.some((each) => each[2] && fit(each));
  }

  // Places of a found dossier: [{place, words, occurrences}, …], those with the most different words first.
  search.foundPlaces = function (found, terms) {
    const places = found.counting ?? search.placesOf(found.dossier);
    const rows = places.map((place) => ({ place, words: 0, occurrences: 0 }));
    for (const term of terms) {
      let last = -1;
      visit(found.dossier, places, term, (_, index) => {
        rows[index].words += index !== last ? 1 : 0;
        rows[index].occurrences++;
        last = index;
      });
    }
    const hit = terms.length ? rows.filter((row) => row.occurrences) : rows;
    return hit.sort((one, other) => other.words - one.words || one.place.index - other.place.index);
  };

  // Adds the places of a found dossier to the counts by code, source, semester and what an entry carries.
  search.addFacets = function (facets, found, terms) {
    const places = found.counting ?? search.placesOf(found.dossier);
    const hit = new Set(terms.length ? [] : places);
    for (const term of terms) visit(found.dossier, places, term, (place) => hit.add(place));
    const add = (name, value) => facets[name].set(value, (facets[name].get(value) ?? 0) + 1);
    for (const { of: entry } of hit) {
      entry.codes.forEach((code) => add("code", code));
      entry.has.forEach((what) => add("has", what));
      add("source", entry.source);
      if (entry.semester) add("semester", entry.semester);
    }
    return facets;
  };
})();
