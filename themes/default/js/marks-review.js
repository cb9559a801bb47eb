// Marks: the review file, written and read. It is the record; the browser's store is a cache of it.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;

  const isEmpty = (record) => !Object.keys(record.fields).length && !Object.keys(record.reading).length;

  // The file as an object, with what each field's place in it is, so that exactly that can be ticked off once it is written.
  marks.reviewFile = function (keeper, desk, rater) {
    const dossiers = {};
    for (const number of keeper.numbers().sort()) {
      const { record } = keeper.kept(number);
      if (!isEmpty(record)) dossiers[number] = record;
    }
    const { id, sha256 } = desk.rubric;
    return {
      format: marks.FORMAT,
      version: marks.VERSION,
      department: { code: desk.department.code, name: desk.department.name },
      admission_year: desk.admission_year,
      rubric: { id, sha256 },
      rater: { id: rater.id, name: rater.name },
      saved_at: marks.now(),
      ...(desk.reread ? { reread: true } : {}),
      dossiers,
    };
  };

  // What is not in a file yet, now: Map(number → {field: version's text}).
  marks.unfiled = function (keeper) {
    const found = new Map();
    for (const number of keeper.numbers()) {
      const { unfiled } = keeper.kept(number);
      if (Object.keys(unfiled).length) found.set(number, { ...unfiled });
    }
    return found;
  };

  const count = (numbers, of) => numbers.reduce((sum, number) => sum + Object.keys(of(number).unfiled).length, 0);
  marks.countUnfiled = (keeper) => count(keeper.numbers(), (number) => keeper.kept(number));

  // Those of them that the browser has kept.
  marks.countSafe = (keeper) => count(keeper.numbers(), (number) => keeper.safe(number));

  // Ticks off what was written, unless it changed meanwhile.
  marks.tickOff = function (keeper, written) {
    const tick = (fields) => (kept) => {
      for (const [field, text] of Object.entries(fields)) if (kept.unfiled[field] === text) delete kept.unfiled[field];
    };
    return keeper.changeAll([...written].map(([number, fields]) => [number, tick(fields)]));
  };

  // Joins a checked file's dossiers with what is here. {merged: fields that changed, dossiers, conflicts: [{number, field}]}.
  marks.joinFile = async function (keeper, file) {
    const before = new Map(keeper.numbers().map((number) => [number, keeper.kept(number).record]));
    // Apart from the file is what has marks that the file has not; how long something was read is no mark.
    let apart = keeper.numbers().some((number) => !Object.hasOwn(file.dossiers, number) && Object.keys(keeper.kept(number).record.fields).length);
    const found = { merged: 0, dossiers: 0, conflicts: [] };
    const jobs = [];
    for (const [number, its] of Object.entries(file.dossiers)) {
      const own = before.get(number) || marks.emptyRecord();
      const joined = marks.mergeRecords(own, its);
      const changed = Object.keys(joined.fields).filter((field) => marks.text(joined.fields[field]) !== marks.text(own.fields[field] || []));
      apart = apart || marks.text(joined.fields) !== marks.text(its.fields);
      found.merged += changed.length;
      found.dossiers += changed.length ? 1 : 0;
      for (const field of changed) if (marks.inConflict(joined.fields[field])) found.conflicts.push({ number, field });
      jobs.push([number, (kept) => joinInto(kept, its, changed)]);
    }
    // Without storage there is nothing to wait for: it is kept in the page, and said.
    const kept = keeper.changeAll(jobs, { counts: true });
    if (!keeper.fault) await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, 10000))]);
    return { ...found, apart };
  };

  function joinInto(kept, its, changed) {
    kept.record = marks.mergeRecords(kept.record, its);
    for (const field of changed) kept.unfiled[field] = marks.text(marks.join(kept.record.fields[field]));
  }
})();
