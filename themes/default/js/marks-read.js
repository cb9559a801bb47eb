// Marks: what the desk reads of one dossier: values without conflicts, what is missing, the weighted total, what has changed since.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;

  const values = () => ({ level: {}, score: {}, evidence: [], note: {}, flag: "", graded: false, conflicts: [] });

  function put(out, field, value) {
    const [kind, name, anchor] = marks.partsOf(field);
    if (kind === "level" || kind === "score") out[kind][name] = value;
    else if (kind === "note") out.note[name] = value;
    else if (kind === "flag" || kind === "graded") out[kind] = value;
    else if (kind === "evidence" && value) out.evidence.push({ dimension: name, anchor, ...value });
  }

  // A level, a score or "graded" in conflict has no value until it is chosen; of words the newest is shown.
  marks.valuesOf = function (record) {
    const out = values();
    for (const [field, versions] of Object.entries(record.fields)) {
      const conflict = marks.inConflict(versions);
      if (conflict) out.conflicts.push({ field, versions });
      const [kind] = marks.partsOf(field);
      if (conflict && kind === "graded") continue;
      put(out, field, conflict && (kind === "level" || kind === "score") ? null : versions[0].value);
    }
    return out;
  };

  // A score belongs to the level whose range holds it.
  marks.levelFor = (rubric, score) => rubric.levels.find((level) => score >= level.low && score <= level.high) || null;

  // Whether two sides differ about a dimension: then it has neither level nor points.
  marks.isTorn = (given, id) => given.conflicts.some(({ field }) => field === `level:${id}` || field === `score:${id}`);

  marks.levelOf = (rubric, id) => rubric.levels.find((level) => level.id === id) || null;

  // The points of a dimension: the score if there is one, else the middle of the level's range; null without either, and where two sides differ.
  marks.pointsOf = function (rubric, given, dimension) {
    if (marks.isTorn(given, dimension.id)) return null;
    const score = given.score[dimension.id];
    if (typeof score === "number") return score;
    const level = marks.levelOf(rubric, given.level[dimension.id]);
    return level ? (level.low + level.high) / 2 : null;
  };

  marks.missingOf = (rubric, given) => rubric.dimensions.filter((each) => marks.isTorn(given, each.id) || !marks.levelOf(rubric, given.level[each.id])).map((each) => each.id);

  // {total of 100 or null while something that counts is missing, sofar: mean of what is there, weight: percent that is there}.
  marks.totalOf = function (rubric, given) {
    let sum = 0;
    let weight = 0;
    let whole = true;
    for (const dimension of rubric.dimensions) {
      const points = marks.pointsOf(rubric, given, dimension);
      if (points === null) whole = whole && dimension.weight === 0;
      else {
        sum += dimension.weight * points;
        weight += dimension.weight;
      }
    }
    return { total: whole && weight ? sum / weight : null, sofar: weight ? sum / weight : null, weight };
  };

  const judged = (field, value) => /^(level|score):/.test(field) ? value !== null : field === "graded" && value === true;

  // Slots that changed since the marks were given: null if none were given or all on this state; [] if it cannot be said which.
  marks.changedOf = function (record, base) {
    if (!base.sha256) return null;
    const former = new Set();
    for (const [field, versions] of Object.entries(record.fields)) {
      for (const { value, on } of versions) if (on && on !== base.sha256 && judged(field, value)) former.add(on);
    }
    if (!former.size) return null;
    const changed = new Set();
    for (const sha256 of former) {
      const before = Object.hasOwn(record.bases, sha256) ? record.bases[sha256] : null;
      if (!before) continue;
      for (const slot of new Set([...Object.keys(before), ...Object.keys(base.slots)])) {
        if (before[slot] !== base.slots[slot]) changed.add(slot);
      }
    }
    return [...changed];
  };
})();
