// Rubric: one criterion: levels as radio buttons, what each means, an exact score, the places that are cited.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  const range = (level) => `${level.low}–${level.high}`;

  // What to write in place of a score that no level holds: between two ranges one of their ends, else a score of the whole scale.
  function refusal({ levels }, score) {
    const below = levels.filter(({ high }) => high < score).sort((one, other) => other.high - one.high)[0];
    const above = levels.filter(({ low }) => low > score).sort((one, other) => one.low - other.low)[0];
    if (below && above) {
      const values = { score, below: `${below.name} ${range(below)}`, above: `${above.name} ${range(above)}`, high: below.high, low: above.low };
      return say("{score} 在「{below}」和「{above}」之間，沒有記下。請填 {high} 或 {low}。", values);
    }
    const ends = levels.flatMap(({ low, high }) => [low, high]);
    const scale = { low: Math.min(...ends), high: Math.max(...ends) };
    if (Number.isNaN(score)) return say("這不是分數，沒有記下。請填 {low} 到 {high} 之間的數字。", scale);
    return say("{score} 超出尺規的分數，沒有記下。請填 {low} 到 {high} 之間的分數。", { score, ...scale });
  }

  class Criterion {
    constructor(pane, dimension, index) {
      Object.assign(this, { pane, dimension, index });
      const { rubric } = pane.store;
      const name = `level-${dimension.id}`;
      this.radios = rubric.levels.map((level) =>
        marks.element("input", { type: "radio", name, id: `${name}-${level.id}`, value: level.id, change: () => this.choose(level) }),
      );
      this.state = marks.element("span", { class: "criterion-state" });
      this.score = this.#scoreField(rubric);
      this.chips = marks.element("ul", { class: "chips", "aria-label": say("依據") });
      this.more = this.#more(rubric);
      this.element = marks.element(
        "fieldset",
        { class: "criterion", "data-dimension": dimension.id, focusin: (event) => this.#entered(event), click: () => pane.setCurrent(index, false) },
        marks.element("legend", { class: "criterion-head" }, marks.element("span", { class: "criterion-name" }, dimension.name), marks.element("span", { class: "criterion-weight" }, `${dimension.weight} %`)),
        this.state,
        marks.element("div", { class: "levels" }, ...rubric.levels.map((level, at) => this.#level(level, at))),
        this.more,
      );
    }

    // By keyboard at once; by mouse only with the click, since what opens under a pressed button would carry it away from the pointer.
    #entered({ target }) {
      if (target.matches(":focus-visible")) this.pane.setCurrent(this.index, false);
    }

    #level(level, at) {
      return marks.element(
        "span",
        { class: "level" },
        this.radios[at],
        marks.element("label", { for: this.radios[at].id, title: `${level.name} ${range(level)}` }, level.name, at < 9 ? marks.element("kbd", { "aria-hidden": "true" }, String(at + 1)) : null),
      );
    }

    #scoreField(rubric) {
      const all = rubric.levels.flatMap((level) => [level.low, level.high]);
      const field = marks.element("input", {
        type: "number", step: "any", min: Math.min(...all), max: Math.max(...all), inputmode: "decimal", id: `score-${this.dimension.id}`,
        autocomplete: "off", input: () => this.#typed(false), change: () => this.#typed(true),
        keydown: (event) => {
          if (event.key === "Enter" && this.#typed(true)) this.pane.back(field, event); // what is refused is mended where it stands
        },
      });
      return field;
    }

    #more(rubric) {
      const texts = this.dimension.descriptors || {};
      const bare = !Object.keys(texts).length;
      const lines = rubric.levels.map((level) =>
        marks.element(
          "div",
          { "data-level": level.id },
          marks.element(bare ? "span" : "dt", {}, level.name, " ", marks.element("span", { class: "criterion-range" }, range(level))),
          bare ? null : marks.element("dd", {}, texts[level.id] || ""),
        ),
      );
      this.lines = lines;
      this.said = marks.element("p", { class: "criterion-said", role: "status" });
      return marks.element(
        "div",
        { class: "criterion-more" },
        marks.element(bare ? "div" : "dl", { class: bare ? "descriptors descriptors-bare" : "descriptors" }, ...lines),
        marks.element("p", { class: "score" }, marks.element("label", { for: this.score.id }, say("分數（可不填）"), marks.element("kbd", { "aria-hidden": "true" }, "s")), this.score,
          marks.button(say("清除等第"), () => this.clear(), { class: "criterion-clear" })),
        this.said,
        this.chips,
        marks.element("p", {}, marks.button(say("引用正在讀的這一處"), () => this.pane.cite(this.index), { class: "cite" })),
      );
    }

    // Level and score are one act: a score outside the new level's range is taken away.
    choose(level) {
      const { store, number } = this.pane;
      if (!number) return;
      const { score } = store.values(number);
      const given = score[this.dimension.id];
      store.set(number, `level:${this.dimension.id}`, level.id);
      if (typeof given === "number" && (given < level.low || given > level.high)) store.set(number, `score:${this.dimension.id}`, null);
      this.forget();
      this.update(store.values(number));
    }

    // What was typed is done with: by another act, or with the dossier.
    forget() {
      this.former = undefined;
      this.#unsaid();
    }

    // What was said of a score that was not kept holds no longer.
    #unsaid() {
      this.said.textContent = "";
      this.score.removeAttribute("aria-invalid");
    }

    clear() {
      const { store, number } = this.pane;
      if (!number) return;
      const { level, score, graded } = store.values(number);
      if (level[this.dimension.id]) store.set(number, `level:${this.dimension.id}`, null);
      if (typeof score[this.dimension.id] === "number") store.set(number, `score:${this.dimension.id}`, null);
      if (graded) store.set(number, "graded", false);
      this.forget();
      this.update(store.values(number));
    }

    // A score within the chosen level's range is kept with every keystroke, one that means another level when it is finished; whatever else stands in the
    // field, what stood before it was typed in is kept, so that no beginning of a refused score is left as a mark. False: it is refused.
    #typed(finished) {
      const { store, number } = this.pane;
      if (!number) return true;
      const given = store.values(number);
      const text = this.score.value.trim();
      const chosen = marks.levelOf(store.rubric, given.level[this.dimension.id]);
      const torn = marks.isTorn(given, this.dimension.id);
      this.#unsaid();
      if (this.former === undefined) this.former = given.score[this.dimension.id] ?? null;
      if (!text && !this.score.validity.badInput) return this.#kept(given, null, finished);
      const score = text ? Number(text) : NaN;
      const level = marks.levelFor(store.rubric, score);
      // Two sides that differ are chosen between by a score that is finished, not by its first figures.
      if (level && (finished || (level === chosen && !torn))) {
        if (level !== chosen) store.set(number, `level:${this.dimension.id}`, level.id);
        return this.#kept(given, score, finished);
      }
      if (finished) this.#refuse(score, torn ? null : chosen);
      this.#kept(given, this.former, finished);
      return !finished;
    }

    #kept(given, score, finished) {
      const { store, number } = this.pane;
      if (score !== (given.score[this.dimension.id] ?? null)) store.set(number, `score:${this.dimension.id}`, score);
      if (finished) this.former = undefined;
      return true;
    }

    // What was refused stays in the field to be mended; beneath it, what is kept.
    #refuse(score, level) {
      const kept = level && say("記著的仍是「{given}」。", { given: [level.name, this.former ?? ""].join(" ").trim() });
      this.said.replaceChildren(refusal(this.pane.store.rubric, score), ...(kept ? [marks.element("br"), kept] : []));
      this.score.setAttribute("aria-invalid", "true");
    }

    update(given) {
      const { store, number } = this.pane;
      const chosen = given.level[this.dimension.id];
      const level = marks.levelOf(store.rubric, chosen);
      const score = given.score[this.dimension.id];
      this.radios.forEach((radio) => (radio.checked = radio.value === chosen));
      for (const line of this.lines) line.toggleAttribute("data-chosen", line.getAttribute("data-level") === chosen);
      const torn = marks.isTorn(given, this.dimension.id);
      this.state.textContent = torn ? say("兩邊不同") : level ? [level.name, score ?? ""].join(" ").trim() : chosen ? marks.valueName(store, "level:", chosen) : say("未評");
      this.element.toggleAttribute("data-given", Boolean(level));
      if (document.activeElement !== this.score && !this.score.hasAttribute("aria-invalid")) this.score.value = score ?? "";
      const cited = given.evidence.filter((each) => each.dimension === this.dimension.id);
      marks.renew(this.chips, [number, cited], () => cited.map((each) => marks.chip(this.pane, each)));
      this.chips.hidden = !this.chips.children.length;
      this.element.disabled = !number;
    }
  }

  marks.Criterion = Criterion;

  // A cited place: leads back to it, and can be taken away.
  marks.chip = function (pane, { dimension, anchor, title }) {
    const address = `#/d/${pane.number}/${anchor}`;
    return marks.element(
      "li",
      { class: "chip" },
      marks.element("a", { href: address }, title),
      marks.button("×", () => pane.store.set(pane.number, `evidence:${dimension}:${anchor}`, null), { "aria-label": say("不再引用 {title}", { title }) }),
    );
  };
})();
