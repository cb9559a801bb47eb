// Rubric: the head and the foot of the pane: what changed since, what is missing, the weighted total, flag and done.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  // A slot that the department has no longer is called by its codes.
  function slotName(desk, id) {
    const slot = (desk.slots || []).find((each) => each.id === id);
    if (slot) return `${slot.label} ${slot.title}`;
    if (id === "cover") return say("摘要");
    return Object.hasOwn(desk.former || {}, id) ? desk.former[id] : id.replace(/^s-/, "").replaceAll("-", "/");
  }

  function confirmButton(run) {
    const button = marks.button(say("看過了，評分維持"), run);
    button.append(" ", marks.element("kbd", { "aria-hidden": "true" }, "u"));
    return button;
  }

  // "Changed since you graded it", with what changed, until it is confirmed.
  marks.changedNotice = function (store, number) {
    const changed = store.changed(number);
    if (!changed) return null;
    const names = changed.map((id) => slotName(store.desk, id)).join(say("、"));
    return marks.element(
      "div",
      { class: "rubric-notice", "data-notice": "changed" },
      marks.element("p", {}, names ? say("你評過之後，這份檔案有變動：{slots}。", { slots: names }) : say("你評過之後，這份檔案重新製作過；變動的不是審查項目，或無法得知是哪一項。")),
      confirmButton(() => store.confirm(number)),
    );
  };

  marks.rereadNotice = function (store, number) {
    const page = store.desk.reread?.dossiers?.[number];
    return page ? marks.element("p", { class: "rubric-notice" }, marks.element("a", { href: page }, say("先前的評分與依據"))) : null;
  };

  marks.Done = class {
    constructor(pane) {
      this.pane = pane;
      this.total = marks.element("p", { class: "rubric-total", role: "status" });
      this.missing = marks.element("p", { class: "rubric-missing" });
      this.flag = marks.element("input", { type: "text", id: "rubric-flag", maxlength: "200", autocomplete: "off", input: () => this.#flagged() });
      this.flagButton = marks.button(say("標記"), () => this.toggleFlag(), { class: "rubric-flag" });
      this.button = marks.button(say("評完"), () => this.toggle(), { class: "rubric-done" });
      this.button.append(" ", marks.element("kbd", { "aria-hidden": "true" }, "d"));
      this.flagButton.append(" ", marks.element("kbd", { "aria-hidden": "true" }, "f"));
      this.more = marks.button(say("更多"), () => this.#open(!this.element.hasAttribute("data-open")), { class: "rubric-more", "aria-expanded": "false" });
      this.flagWords = marks.element("p", { class: "flag-words" }, marks.element("label", { for: "rubric-flag" }, say("標記的原因")), this.flag);
      this.flag.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing) pane.back(this.flag, event);
      });
      this.element = marks.element("div", { class: "rubric-foot" }, this.total, this.missing, marks.element("p", { class: "rubric-acts" }, this.button, this.flagButton, this.more), this.flagWords);
    }

    // Where there is little room, what is missing and the words of the flag stand behind a button.
    #open(open) {
      this.element.toggleAttribute("data-open", open);
      this.more.setAttribute("aria-expanded", String(open));
    }

    // Done only when nothing is missing; otherwise it says what is, and goes there.
    toggle() {
      const { store, number } = this.pane;
      if (!number) return;
      const missing = store.missing(number);
      const given = store.values(number);
      if (given.graded && !missing.length) store.set(number, "graded", false);
      else if (!missing.length && !given.conflicts.some(({ field }) => /^(level|score):/.test(field))) store.set(number, "graded", true);
      else {
        this.missing.textContent = this.#missingWords(missing, given);
        this.missing.toggleAttribute("data-asked", true);
        const first = store.rubric.dimensions.findIndex((each) => each.id === missing[0]);
        if (first >= 0) this.pane.setCurrent(first, true);
      }
    }

    // What a flag is for is said in words, if one likes; without words it is a mark only.
    toggleFlag() {
      const { store, number } = this.pane;
      if (!number) return;
      store.set(number, "flag", store.values(number).flag ? "" : say("再看一次"));
      if (store.values(number).flag) this.#open(true);
    }

    #flagged() {
      const { store, number } = this.pane;
      store.set(number, "flag", this.flag.value, this.flagShown);
      this.flagShown = store.versions(number, "flag").filter((each) => each.value === this.flag.value);
    }

    #missingWords(missing, given) {
      const names = missing.map((id) => marks.dimensionName(this.pane.store.rubric, id)).join(say("、"));
      if (given.conflicts.length && !missing.length) return say("還有兩邊不同的地方，請先選擇。");
      return names ? say("還沒有評：{names}", { names }) : "";
    }

    update(given) {
      const { store, number } = this.pane;
      const missing = store.missing(number);
      const { total, sofar, weight } = store.total(number);
      const done = store.state(number) === "graded";
      this.total.textContent =
        total !== null ? say("加權總分 {total}", { total: marks.number(total) }) : sofar === null ? say("加權總分 —") : say("目前 {total}（已評 {weight} % 的權重）", { total: marks.number(sofar), weight });
      this.missing.textContent = this.#missingWords(missing, given);
      if (!missing.length) this.missing.removeAttribute("data-asked");
      this.button.setAttribute("aria-pressed", String(done));
      this.button.firstChild.textContent = done ? say("已評完") : say("評完");
      this.flagButton.setAttribute("aria-pressed", String(Boolean(given.flag)));
      this.flagButton.firstChild.textContent = given.flag ? say("已標記") : say("標記");
      this.more.hidden = !given.flag && !this.missing.textContent;
      this.flagWords.hidden = !given.flag && document.activeElement !== this.flag;
      // What he writes stands after what he saw in the field, not after what came in while it had the focus.
      if (document.activeElement !== this.flag || !document.hasFocus()) {
        this.flag.value = given.flag;
        this.flagShown = store.versions(number, "flag").filter((each) => each.value === given.flag);
      }
    }
  };
})();
