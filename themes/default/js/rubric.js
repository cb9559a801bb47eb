// Rubric: the pane beside the dossier. Which dossier is open stands in the address; where it is being read, the desk tells by `desk-place`.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  // The dossier that the address names; null for one that is not in this folder: nothing is marked that nobody can read.
  function numberInAddress(desk) {
    const found = /^#\/d\/([^/?]+)/.exec(location.hash);
    if (!found) return null;
    try {
      const number = decodeURIComponent(found[1]);
      return marks.dossierOf(desk, number) ? number : null;
    } catch {
      return null; // not an address
    }
  }

  // A private-use character is drawn by the school's own picture, as in the list.
  const nameOf = (dossier) => window.Reviewer.desk?.nameOf?.(dossier.number) ?? [dossier.name];

  class Pane {
    constructor(root, store) {
      Object.assign(this, { root, store, number: null, anchor: "", entry: "", current: 0 });
      this.notices = marks.element("div", { class: "rubric-notices" });
      this.heading = marks.element("h2", { class: "rubric-title" });
      this.criteria = store.rubric.dimensions.map((dimension, index) => new marks.Criterion(this, dimension, index));
      this.done = new marks.Done(this);
      this.notes = new marks.Notes(this);
      this.none = marks.element("p", { class: "rubric-none" }, say("打開一份檔案，就在這裡評分。"));
      this.body = marks.element("div", { class: "rubric-body" }, ...this.criteria.map((each) => each.element), this.notes.element);
      // The foot stands below what scrolls, not above it: nothing that has the focus is ever under it.
      this.scroll = marks.element("div", { class: "rubric-scroll" }, this.notices, this.none, this.body);
      this.sheet = marks.element("div", { id: "rubric-sheet", role: "tabpanel", "aria-labelledby": "rubric-tab" }, this.scroll, this.done.element);
      root.replaceChildren(this.heading, ...this.#tabs(), this.sheet, ...(this.guide ? [this.guide] : []));
      root.addEventListener("keydown", (event) => this.#leave(event));
      this.clock = marks.startClock(this);
    }

    // The department's guide beside the rubric, if it has one.
    #tabs() {
      const prose = document.querySelector(".guide .prose");
      if (!prose) return [];
      const copy = prose.cloneNode(true);
      for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
      this.guide = marks.element("div", { id: "rubric-guide", role: "tabpanel", "aria-labelledby": "guide-tab", tabindex: "0", hidden: true }, copy);
      const panels = { "rubric-tab": () => this.sheet, "guide-tab": () => this.guide };
      const tabs = [["rubric-tab", say("評量尺規"), "rubric-sheet"], ["guide-tab", say("準備指引"), "rubric-guide"]].map(([id, words, panel], at) =>
        marks.button(words, () => show(id), { id, role: "tab", "aria-controls": panel, "aria-selected": String(at === 0), tabindex: at === 0 ? "0" : "-1" }),
      );
      const show = (this.showTab = (id, move = true) => {
        for (const tab of tabs) {
          const chosen = tab.id === id;
          tab.setAttribute("aria-selected", String(chosen));
          tab.setAttribute("tabindex", chosen ? "0" : "-1");
          panels[tab.id]().hidden = !chosen;
          if (chosen && move) tab.focus();
        }
      });
      const list = marks.element("div", { class: "rubric-tabs", role: "tablist", "aria-label": say("評分與指引") }, ...tabs);
      list.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
        show(tabs.find((tab) => tab !== document.activeElement).id);
        event.preventDefault();
      });
      return [list];
    }

    open(number) {
      const before = this.number;
      this.number = number;
      if (before !== number) {
        this.clock.turn(before, number);
        this.anchor = "";
        this.entry = "";
        this.setCurrent(0, false);
        for (const each of this.criteria) each.forget();
        this.scroll.scrollTop = 0;
        if (number) this.notes.begin();
      }
      this.update();
    }

    // What is being read now: cited by one key, noted by another.
    placed(number, anchor) {
      if (number !== this.number) return;
      this.anchor = anchor;
      const { entry } = marks.placeName(this.store.desk, number, anchor);
      if (entry !== this.entry) {
        this.entry = entry;
        this.notes.update();
      }
    }

    update() {
      const { number, store } = this;
      this.none.hidden = Boolean(number);
      this.body.hidden = this.done.element.hidden = !number;
      marks.renew(this.heading, [number], () => this.#title(number));
      const given = number ? store.values(number) : null;
      if (number) {
        for (const each of this.criteria) each.update(given);
        this.notes.update();
        this.done.update(given);
      }
      const shows = [number, Boolean(store.rater.name), number && store.changed(number), given && given.conflicts, new Date().toDateString()];
      const held = this.notices.contains(document.activeElement);
      marks.renew(this.notices, shows, () => [marks.raterForm(store), ...(number ? this.#notices(number) : [])]);
      if (held && !this.notices.contains(document.activeElement)) this.#read(); // what had the focus is done with
    }

    #title(number) {
      if (!number) return [this.store.rubric.name];
      const dossier = marks.dossierOf(this.store.desk, number);
      return dossier.name === number ? [number] : [`${number} `, marks.element("span", {}, ...nameOf(dossier))];
    }

    #notices(number) {
      return [marks.rereadNotice(this.store, number), marks.changedNotice(this.store, number), marks.conflictList(this.store, [number])];
    }

    setCurrent(index, move) {
      this.current = (index + this.criteria.length) % this.criteria.length;
      this.criteria.forEach((each, at) => each.element.toggleAttribute("data-current", at === this.current));
      if (move) this.criteria[this.current].element.scrollIntoView({ block: "nearest" });
    }

    step(by) {
      this.setCurrent(this.current + by, true);
    }

    choose(at) {
      const level = this.store.rubric.levels[at];
      if (!level) return;
      this.criteria[this.current].choose(level);
      this.setCurrent(this.current, true);
    }

    confirm() {
      if (!this.store.changed(this.number)) return false;
      this.store.confirm(this.number);
      return true;
    }

    // Where he is now, also if he got there before this pane began to listen.
    #here() {
      const { desk } = window.Reviewer;
      const place = desk && desk.place ? desk.place() : null;
      if (place && place.number === this.number && place.anchor) this.placed(place.number, place.anchor);
    }

    note() {
      this.#here();
      this.notes.open(this.entry);
    }

    cite(index = this.current) {
      if (!this.number) return;
      this.#here();
      const anchor = this.anchor || "cover";
      const { title, entry } = marks.placeName(this.store.desk, this.number, anchor);
      this.store.set(this.number, `evidence:${this.store.rubric.dimensions[index].id}:${anchor}`, { title, entry });
      this.setCurrent(index, true);
    }

    // Where the desk can show it: unfolded, or its tab in front, and not the guide. What a key marks is seen, and a field can have the focus.
    reveal() {
      window.Reviewer.desk?.reveal?.("rubric");
      if (this.sheet.hidden) this.showTab("rubric-tab", false);
    }

    // From a field back to reading.
    back(field, event) {
      event.preventDefault(); // it is no key of the desk any more
      field.blur();
      this.#read();
    }

    #read() {
      document.dispatchEvent(new CustomEvent("desk-read"));
    }

    #leave(event) {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      window.Reviewer.desk?.uncover?.();
      this.back(event.target, event);
    }
  }

  function registerKeys(pane) {
    const { keys } = window.Reviewer;
    if (!keys) return;
    const add = (key, shift, words, act) => {
      const run = () => {
        if (!pane.number) return false;
        pane.reveal();
        return act();
      };
      keys.add({ key, shift, words, where: "dossier", run });
    };
    pane.store.rubric.levels.slice(0, 9).forEach((level, at) => add(String(at + 1), false, say("評為「{level}」", { level: level.name }), () => pane.choose(at)));
    add("0", false, say("清除等第"), () => pane.criteria[pane.current].clear());
    add("c", false, say("下一個向度"), () => pane.step(1));
    add("C", true, say("前一個向度"), () => pane.step(-1));
    add("s", false, say("填寫分數"), () => pane.criteria[pane.current].score.focus());
    add("e", false, say("引用正在讀的這一處"), () => pane.cite());
    add("n", false, say("寫整份檔案的筆記"), () => pane.notes.open(""));
    add("N", true, say("為正在讀的項目寫筆記"), () => pane.note());
    add("f", false, say("標記，或取消標記"), () => pane.done.toggleFlag());
    add("d", false, say("評完，或改回未完"), () => pane.done.toggle());
    add("u", false, say("檔案有變動時：看過了，評分維持"), () => pane.confirm());
  }

  function begin(root, store) {
    const pane = new Pane(root, store);
    const route = () => pane.open(numberInAddress(store.desk));
    store.onchange((number) => {
      if (number === null || number === undefined || number === pane.number) pane.update();
    });
    window.addEventListener("hashchange", route);
    document.addEventListener("desk-place", ({ detail }) => pane.placed(detail.number, detail.anchor || ""));
    registerKeys(pane);
    route();
  }

  window.Reviewer.register("rubric", (root) => {
    marks.ready
      .then((store) => begin(root, store))
      .catch((error) => {
        // A pane that cannot start says so; what was kept before stays kept.
        console.error(error);
        root.replaceChildren(marks.element("p", { class: "broken" }, say("評分欄無法啟動，已保存的評分不受影響。請重新開啟這個頁面。")));
      });
  });
})();
