// Marks: the .csv, one line a dossier and dimension. UTF-8 with BOM, so that spreadsheets read it; nothing in it is taken for a formula.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;
  const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

  const cell = (value) => {
    if (typeof value === "number") return String(value);
    const text = value === null || value === undefined ? "" : String(value);
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };

  const heads = () => [
    say("校系代碼"), say("學年度"), say("應試號碼"), say("評分者代碼"), say("評分者"), say("向度"), say("權重"), say("等第"), say("分數"),
    say("依據"), say("加權總分"), say("評完"), say("標記"), say("筆記"), say("兩邊不同"), say("閱讀秒數"), say("最後變更"),
  ];

  const round = (number) => (number === null ? "" : Math.round(number * 100) / 100);

  function lines(store, number) {
    const record = store.get(number);
    const given = marks.valuesOf(record);
    const { desk, rubric, rater } = store;
    const notes = Object.entries(given.note).filter(([, text]) => text).map(([entry, text]) => (entry ? `${entry}：${text}` : text)).join("\n");
    const last = Object.values(record.fields).flat().map((each) => each.at).sort().pop() || "";
    const reading = marks.readingOf(record);
    const { total } = marks.totalOf(rubric, given);
    const torn = new Set(given.conflicts.map(({ field }) => field));
    return rubric.dimensions.map((dimension) => {
      const evidence = given.evidence.filter((each) => each.dimension === dimension.id).map((each) => each.title).join("；");
      const level = marks.levelOf(rubric, given.level[dimension.id]);
      const inConflict = torn.has(`level:${dimension.id}`) || torn.has(`score:${dimension.id}`);
      return [
        desk.department.code, desk.admission_year, number, rater.id, rater.name, dimension.name, dimension.weight,
        level ? level.name : given.level[dimension.id] || "", given.score[dimension.id] ?? "", evidence, round(total),
        store.state(number) === "graded" ? say("是") : "", given.flag, notes, inConflict ? say("是") : "", reading ? reading.seconds : 0, last,
      ];
    });
  }

  marks.csv = function (store) {
    const numbers = store.numbers().filter((number) => Object.keys(store.get(number).fields).length).sort();
    const rows = [heads(), ...numbers.flatMap((number) => lines(store, number))];
    return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  };
})();
