// Desk, cohort: how the applicants spread, and one's own marks. Distributions only; who is where is outlined when the reviewer asks, for the dossier he had open.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { element, button } = desk;
  const { say } = window.Reviewer;
  const WIDTH = 10; // percent of a class of relative standing

  desk.Cohort = class {
    constructor(root) {
      this.root = root;
      this.last = null;
      this.outlined = false;
      this.outline = button("", () => this.#toggle(), { "aria-pressed": "false", hidden: true });
      this.body = element("div", { id: "cohort-figures" });
      root.replaceChildren(
        element("h1", { id: "desk-cohort-title" }, say("申請人的分布")),
        element("p", { class: "help" }, say("圖只說有多少人，不排名次。您的評分只取自這台電腦上的紀錄。")),
        element("p", {}, this.outline),
        this.body,
      );
    }

    #toggle() {
      this.outlined = !this.outlined;
      this.open();
    }

    open() {
      document.title = `${say("申請人的分布")} · ${desk.data.department.name}`;
      const last = desk.byNumber.get(this.last);
      this.outline.hidden = !last;
      this.outline.setAttribute("aria-pressed", String(this.outlined));
      if (last) this.outline.textContent = say("標出剛才閱讀的 {number}", { number: last.number });
      const who = this.outlined && last ? last : null;
      const marks = this.#marks(who);
      this.body.replaceChildren(
        element("h2", {}, say("推估相對表現")),
        element("p", { class: "help" }, say("最近一個有資料的學期；數字愈小愈前面。各圖縱軸相同。")),
        element("div", { "data-row": true }, ...this.#standings(who)),
        element("h2", {}, say("學校類型與群科")),
        element("div", { "data-row": true }, this.#facts("school_type", say("部別・班別"), who), this.#facts("group", say("群科學程"), who)),
        element("h2", {}, say("我的評分")),
        marks.length ? element("div", { "data-row": true }, ...marks) : element("p", { class: "slot-sentence" }, say("還沒有評分。")),
      );
    }

    #standings(who) {
      const scopes = [...new Set(desk.data.dossiers.flatMap((each) => Object.keys(each.standing.scopes)))];
      if (!scopes.length) return [element("p", { class: "slot-sentence" }, say("沒有可用的推估相對表現。"))];
      const classOf = (value) => Math.min(9, Math.floor(value / WIDTH));
      const all = scopes.map((scope) => {
        const counts = new Array(10).fill(0);
        for (const { standing } of desk.data.dossiers) if (scope in standing.scopes) counts[classOf(standing.scopes[scope])]++;
        return { scope, counts, known: counts.reduce((sum, each) => sum + each, 0) };
      });
      const most = Math.max(...all.flatMap(({ counts }) => counts));
      return all.map(({ scope, counts, known }) => {
        const own = who && scope in who.standing.scopes ? classOf(who.standing.scopes[scope]) : -1;
        const title = say("與{scope}相比", { scope });
        const plot = desk.columns(counts.map((count, at) => [at === 9 ? "90–" : String(at * WIDTH), count, at === own]), most, title);
        const unknown = desk.data.dossiers.length - known;
        const words = say("前百分之幾，每 10 % 一組；共 {known} 人，無法推估 {unknown} 人。", { known, unknown });
        const rows = counts.map((count, at) => [`${at * WIDTH}–${(at + 1) * WIDTH} %`, count]);
        return desk.figure(title, plot, words, desk.table(title, [say("相對表現"), say("人數")], rows));
      });
    }

    #facts(key, title, who) {
      const counts = new Map();
      for (const each of desk.data.dossiers) counts.set(each[key], (counts.get(each[key]) || 0) + 1);
      const rows = [...counts].sort(([one], [other]) => one.localeCompare(other, "zh-Hant-TW")).map(([value, count]) => [value || say("未提供"), count, Boolean(who && who[key] === value)]);
      const most = Math.max(...rows.map(([, count]) => count));
      const words = say("依名稱排列，數字是人數；共 {n} 人。", { n: desk.data.dossiers.length });
      return desk.figure(title, desk.bars(rows, most, title), words, desk.table(title, [title, say("人數")], rows.map(([value, count]) => [value, count])));
    }

    #marks(who) {
      const store = desk.store();
      if (!store) return [];
      const { levels, dimensions } = desk.data.rubric;
      const given = desk.data.dossiers.map((each) => ({ number: each.number, values: store.values(each.number) }));
      const all = dimensions.map((dimension) => ({
        dimension,
        counts: levels.map((level) => given.filter(({ values }) => values.level[dimension.id] === level.id).length),
      }));
      const most = Math.max(0, ...all.flatMap(({ counts }) => counts));
      if (!most) return [];
      const own = who ? store.values(who.number).level : {};
      return all.map(({ dimension, counts }) => {
        const rows = levels.map((level, at) => [level.name, counts[at], own[dimension.id] === level.id]);
        const sum = counts.reduce((total, each) => total + each, 0);
        const words = say("已評 {n} 份。", { n: sum });
        return desk.figure(dimension.name, desk.columns(rows, most, dimension.name), words, desk.table(dimension.name, [say("等第"), say("份數")], rows.map(([name, count]) => [name, count])));
      });
    }
  };
})();
