// Marks: the store as the desk knows it. `Reviewer.marks.open(desk)` once; everybody else waits for `Reviewer.marks.ready`.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;
  let resolveReady;
  let opening = null;
  marks.ready = new Promise((resolve) => (resolveReady = resolve));

  const NO_BASE = { sha256: "", slots: {} };

  class Store {
    #keeper;
    #bases;

    constructor(keeper, desk) {
      this.#keeper = keeper;
      this.desk = desk;
      this.rubric = desk.rubric;
      this.#bases = new Map(desk.dossiers.map(({ number, sha256, slots }) => [number, { sha256, slots: slots || {} }]));
    }

    get keeper() {
      return this.#keeper;
    }

    get wanted() {
      return { department: this.desk.department.code, admissionYear: this.desk.admission_year, reread: Boolean(this.desk.reread) };
    }

    // The applicant numbers with anything kept, also of dossiers that are no longer in the folder.
    numbers() {
      return this.#keeper.numbers();
    }

    get(number) {
      return this.#keeper.kept(number).record;
    }

    values(number) {
      return marks.valuesOf(this.get(number));
    }

    missing(number) {
      return marks.missingOf(this.rubric, this.values(number));
    }

    total(number) {
      return marks.totalOf(this.rubric, this.values(number));
    }

    reading(number) {
      return marks.readingOf(this.get(number));
    }

    // "graded" only if nothing is missing or in conflict.
    state(number) {
      const record = this.get(number);
      const given = marks.valuesOf(record);
      if (given.graded && !marks.missingOf(this.rubric, given).length) return "graded";
      return Object.keys(record.fields).length || Object.keys(record.reading).length ? "reading" : "unread";
    }

    changed(number) {
      return marks.changedOf(this.get(number), this.#bases.get(number) || NO_BASE);
    }

    // The versions of a field that are shown now; a writer hands them back so that what he did not see stays beside his.
    versions(number, field) {
      return this.get(number).fields[field] || [];
    }

    // A choice between two sides. Level and score are one act: where they part, what was chosen takes the other with it.
    choose(number, field, value) {
      const [kind, dimension] = marks.partsOf(field);
      const given = this.values(number);
      const done = [this.set(number, field, value)];
      const score = given.score[dimension];
      const level = kind === "level" ? marks.levelOf(this.rubric, value) : kind === "score" && value !== null ? marks.levelFor(this.rubric, value) : null;
      if (level && kind === "level" && typeof score === "number" && marks.levelFor(this.rubric, score) !== level) done.push(this.set(number, `score:${dimension}`, null));
      if (level && kind === "score" && given.level[dimension] !== level.id) done.push(this.set(number, `level:${dimension}`, level.id));
      return Promise.all(done);
    }

    set(number, field, value, shown = this.versions(number, field)) {
      return this.#keeper.write(number, field, { value, shown, base: this.#bases.get(number) || NO_BASE });
    }

    // All marks as they are, given again on the dossier's present state.
    confirm(number) {
      const base = this.#bases.get(number) || NO_BASE;
      const fields = Object.entries(this.get(number).fields).filter(
        ([field, versions]) => /^(level:|score:|graded$)/.test(field) && !marks.inConflict(versions) && versions.some((each) => each.on !== base.sha256),
      );
      return Promise.all(fields.map(([field, versions]) => this.set(number, field, versions[0].value)));
    }

    touch(number, seconds) {
      const at = marks.now();
      const { device } = this.#keeper;
      const turns = this.numbers().flatMap((each) => Object.values(this.get(each).reading).map((its) => its.turn));
      const turn = Math.max(0, ...turns) + 1;
      const apply = ({ record }) => {
        const its = Object.hasOwn(record.reading, device) ? record.reading[device] : { first: at, last: at, seconds: 0, turn };
        record.reading[device] = { ...its, last: at, seconds: its.seconds + Math.round(seconds) };
      };
      return this.#keeper.change(number, apply, { relaxed: true });
    }

    get rater() {
      return this.#keeper.setting("rater") || { id: "", name: "" };
    }

    setRater(name) {
      return this.#keeper.setSetting("rater", { id: this.rater.id || marks.newId("r"), name: name.trim().slice(0, 200) });
    }

    setting(name) {
      return this.#keeper.setting(`desk-${name}`);
    }

    setSetting(name, value) {
      return this.#keeper.setSetting(`desk-${name}`, value);
    }

    onchange(listener) {
      return this.#keeper.listen(listener);
    }

    settle() {
      return this.#keeper.settle();
    }

    unfiled() {
      return marks.countUnfiled(this.#keeper);
    }

    export() {
      if (!this.rater.id) this.setRater(this.rater.name);
      return marks.reviewFile(this.#keeper, this.desk, this.rater);
    }

    // A file's text or a parsed file: {merged, dossiers, conflicts, notes, refused}; nothing is changed if it is refused.
    async import(given, name = "") {
      const read = typeof given === "string" ? marks.parse(given, this.wanted) : { file: given, ...marks.check(given, this.wanted) };
      const none = { merged: 0, dossiers: 0, conflicts: [], notes: [] };
      if (read.reason) return { ...none, refused: marks.refusal(read, this.wanted) };
      const { file } = read;
      const stranger = this.#stranger(file.rater);
      if (stranger) return { ...none, refused: stranger };
      const notes = [];
      if (file.rubric.sha256 !== this.rubric.sha256) {
        notes.push(say("檔案裡的評分是依另一版評量尺規給的：名稱相同的向度照樣併入，其餘留在檔案裡，不會遺失。"));
      }
      const unknown = Object.keys(file.dossiers).filter((number) => !this.#bases.has(number)).length;
      if (unknown) notes.push(say("檔案裡有 {n} 份不在這個資料夾的檔案，評分一樣保留。", { n: unknown }));
      if (file.rater.id !== this.rater.id) this.#keeper.setSetting("rater", { id: file.rater.id, name: file.rater.name || this.rater.name });
      const found = await marks.joinFile(this.#keeper, file);
      if (!found.apart) {
        marks.tickOff(this.#keeper, marks.unfiled(this.#keeper));
        if (name) this.#keeper.setSetting("file", { kind: "import", name, at: marks.now() });
      }
      return { ...found, notes, refused: null };
    }

    // Someone else's marks are not joined with mine; without marks or with the same name they are mine.
    #stranger(rater) {
      const own = this.rater;
      const begun = this.numbers().some((number) => Object.keys(this.get(number).fields).length);
      if (!begun || !own.id || own.id === rater.id || !own.name || own.name === rater.name) return null;
      return say("這是「{other}」的評分，這裡是「{own}」的，沒有讀入。不同委員的檔案請交給校系彙整；如果是同一個人，請先把兩邊的姓名改成一樣，再讀入。", { other: rater.name || rater.id, own: own.name });
    }

    status() {
      const { fault, savedAt } = this.#keeper;
      const file = this.#keeper.setting("file") || null;
      const begun = this.numbers().some((number) => Object.keys(this.get(number).fields).length);
      return { fault, savedAt: savedAt || this.#lastChange(), pending: this.#keeper.pending(), unfiled: this.unfiled(), safe: marks.countSafe(this.#keeper), file, begun };
    }

    #lastChange() {
      let last = null;
      for (const number of this.numbers()) {
        for (const versions of Object.values(this.get(number).fields)) for (const { at } of versions) if (!last || at > last) last = at;
      }
      return last;
    }
  }

  // Other tabs tell what they kept; where they cannot, coming back to this one reads again.
  function watchTabs(keeper) {
    const again = () => document.visibilityState === "visible" && keeper.reread();
    document.addEventListener("visibilitychange", again);
    window.addEventListener("focus", again);
    let channel = null;
    try {
      channel = new BroadcastChannel("reviewer-marks");
      channel.onmessage = ({ data }) => {
        if (data && data.scope && data.scope.join() === keeper.scope.join()) keeper.reread();
      };
    } catch {
      // Coming back to the tab reads again.
    }
    return () => channel && channel.postMessage({ scope: keeper.scope });
  }

  // Whoever reads again is independent of the first readers: what he gives is kept apart, also where one browser holds both folders. The same department
  // made again is the same: its marks are there.
  const scopeOf = (desk) => [desk.reread ? [desk.department.code, "reread"] : desk.department.code, desk.admission_year];

  marks.open = function (desk) {
    opening =
      opening ||
      (async () => {
        const keeper = new marks.Keeper(scopeOf(desk));
        await keeper.load();
        const store = new Store(keeper, desk);
        const tellTabs = watchTabs(keeper);
        keeper.oncleared = tellTabs;
        keeper.onloaded = () => marks.resume && marks.resume(store).catch(() => undefined);
        keeper.onkept = () => {
          tellTabs();
          if (marks.follow) marks.follow(store);
        };
        resolveReady(store);
        return store;
      })();
    return opening;
  };
})();
