// Marks: two records of one dossier become one, field by field. Pure; reviewer/marks holds the same rule for whole files.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;

  marks.emptyRecord = () => ({ bases: {}, reading: {}, fields: {} });

  // Each key of either; what both have is joined.
  function union(one = {}, other = {}, join) {
    const out = { ...one };
    for (const [key, value] of Object.entries(other)) out[key] = Object.hasOwn(one, key) ? join(one[key], value) : value;
    return out;
  }

  const greater = (one, other) => (marks.text(one) >= marks.text(other) ? one : other);
  const lesser = (one, other) => (marks.text(one) <= marks.text(other) ? one : other);
  const later = (one, other) => (one > other ? one : other);
  const earlier = (one, other) => (one < other ? one : other);

  const sameDevice = (one, other) => ({
    first: earlier(one.first, other.first),
    last: later(one.last, other.last),
    seconds: Math.max(one.seconds, other.seconds),
    turn: Math.min(one.turn, other.turn),
  });

  marks.mergeReading = (one, other) => union(one, other, sameDevice);

  marks.mergeRecords = function (one, other) {
    return {
      ...union(one, other, greater),
      bases: union(one.bases, other.bases, (mine, its) => union(mine, its, lesser)),
      reading: marks.mergeReading(one.reading, other.reading),
      fields: union(one.fields, other.fields, marks.mergeVersions),
    };
  };

  // All devices' readings together: [first, last, seconds of all, least turn]; null if it was never read.
  marks.readingOf = function (record) {
    const all = Object.values(record.reading);
    if (!all.length) return null;
    return {
      first: all.map((each) => each.first).reduce(earlier),
      last: all.map((each) => each.last).reduce(later),
      seconds: all.reduce((sum, each) => sum + each.seconds, 0),
      turn: Math.min(...all.map((each) => each.turn)),
    };
  };

  // The field's parts: ["level", dimension], ["evidence", dimension, anchor], ["note", entry], ["flag"], ["graded"].
  marks.partsOf = function (field) {
    const [kind, ...rest] = field.split(":");
    if (kind !== "evidence") return rest.length ? [kind, rest.join(":")] : [kind];
    return [kind, rest[0], rest.slice(1).join(":")];
  };
})();
