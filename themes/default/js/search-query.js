// Search, query language: `機器人 "自主 學習" -樂高 code:J semester:113-1 source:school has:video applicant:0168`.
// Twin of reviewer/search/query.py; a test holds both to the same answers. The names of fields and values come from data/search.js.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const INVISIBLE =
    /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;
  const SEMESTER = /^[0-9]{2,3}(-[0-2])?$/;

  // Returns {terms, excluded, filters: [[field, value, excluded], …], notes, error, word}; error and notes are codes of sentences.
  search.parse = function (written, tables, fold) {
    const query = { terms: [], excluded: [], filters: [], notes: [], error: "", word: "" };
    const { fields, sources, carried, longest, most } = tables.syntax;
    if (written.length > longest) return { ...query, error: "query-too-long" };
    const text = written.replace(INVISIBLE, "");
    if (text !== written) query.notes.push("query-invisible-characters");
    const { quotes, minuses, colons } = tables.folding;
    const blanks = new Set(
      tables.folding.blanks.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)),
      ),
    );
    const note = (code) => query.notes.includes(code) || query.notes.push(code);
    let at = 0;

    function phrase() {
      const start = ++at;
      while (at < text.length && !quotes.includes(text[at])) at++;
      if (at === text.length) note("query-unclosed-quote");
      at++;
      return text.slice(start, at - 1);
    }

    function addWord(words, excluded) {
      const word = fold(words);
      const into = excluded ? query.excluded : query.terms;
      if (!word) note("query-part-empty");
      else if (!into.includes(word)) into.push(word);
    }

    function fail(code, word) {
      query.error = code;
      query.word = word;
    }

    function addFilter(field, spelled, value, excluded) {
      if (!value) return fail("query-field-without-value", `${spelled}:`);
      const known = { source: sources, has: carried }[field];
      const meant = known ? (Object.hasOwn(known, value) ? known[value] : undefined) : value;
      if (meant === undefined || (field === "semester" && !SEMESTER.test(value))) return fail("query-unknown-value", value);
      const same = ([name, other, out]) => name === field && other === meant && out === excluded;
      if (!query.filters.some(same)) query.filters.push([field, meant, excluded]);
    }

    function token() {
      const excluded = minuses.includes(text[at]) && at + 1 < text.length && !blanks.has(text[at + 1]);
      if (excluded) at++;
      if (quotes.includes(text[at])) return addWord(phrase(), excluded);
      const start = at;
      while (at < text.length && !blanks.has(text[at]) && !quotes.includes(text[at])) at++;
      const word = text.slice(start, at);
      const colon = Array.from({ length: word.length }, (_, index) => index).find((index) => colons.includes(word[index])) ?? -1;
      const name = colon > 0 ? fold(word.slice(0, colon)) : "";
      let value = word.slice(colon + 1);
      if (Object.hasOwn(fields, name)) {
        if (!value && at < text.length && quotes.includes(text[at])) value = phrase();
        return addFilter(fields[name], name, fold(value), excluded);
      }
      if (/^[a-z]+$/.test(name) && !value.startsWith("//")) return fail("query-unknown-field", name);
      return addWord(word, excluded);
    }

    while (at < text.length && !query.error) {
      if (blanks.has(text[at])) at++;
      else token();
    }
    if (!query.error) query.error = lacking(query, most);
    return query;
  };

  function lacking(query, most) {
    if (query.terms.length + query.excluded.length + query.filters.length > most) return "query-too-many-words";
    if (query.terms.length || query.filters.some(([, , excluded]) => !excluded)) return "";
    return query.excluded.length || query.filters.length ? "query-only-exclusions" : "query-empty";
  }
})();
