// Saved: what two sides wrote differently, each with value, time and computer, and a choice. And the reviewer's name, asked once.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  function option(store, number, field, versions, value) {
    const its = versions.filter((version) => marks.text(version.value) === marks.text(value));
    const words = marks.valueName(store, field, value);
    const where = its.flatMap((version, at) => [at ? say("、") : "", marks.deviceName(store, version.by), " ", marks.moment(version.at)]);
    return marks.element(
      "li",
      { class: "conflict-side" },
      marks.element("p", { class: "conflict-value" }, words),
      marks.element("p", { class: "quiet" }, ...where),
      marks.button(say("採用這一個"), () => store.choose(number, field, value), { "aria-label": say("採用「{value}」", { value: words.slice(0, 40) }) }),
    );
  }

  function conflict(store, number, field, versions, named) {
    const values = marks.differing(versions);
    const name = marks.fieldName(store, number, field);
    const both = /^(note:|flag$)/.test(field) && values.every((value) => value);
    return marks.element(
      "li",
      { class: "conflict", "data-field": field },
      marks.element("p", { class: "conflict-name" }, named ? marks.element("a", { href: `#/d/${number}` }, number) : null, named ? " " : null, name),
      marks.element("ul", {}, ...values.map((value) => option(store, number, field, versions, value))),
      both ? marks.button(say("兩個都保留"), () => store.set(number, field, values.slice().reverse().join("\n"))) : null,
    );
  }

  // All conflicts of these dossiers; null if there are none.
  marks.conflictList = function (store, numbers) {
    const found = numbers.flatMap((number) => store.values(number).conflicts.map(({ field, versions }) => [number, field, versions]));
    if (!found.length) return null;
    return marks.element(
      "div",
      { class: "conflicts", role: "group", "aria-label": say("兩邊不同的地方") },
      marks.element("p", { class: "conflicts-head" }, say("{n} 處兩邊寫的不同。兩個都還在，請選擇：", { n: found.length })),
      marks.element("ul", {}, ...found.map(([number, field, versions]) => conflict(store, number, field, versions, numbers.length > 1))),
    );
  };

  // Asked once, kept, changed in the panel of what is saved.
  marks.raterForm = function (store, { always = false, id = "rater-name" } = {}) {
    if (store.rater.name && !always) return null;
    const field = marks.element("input", { id, type: "text", maxlength: "100", autocomplete: "name", required: true, value: store.rater.name });
    const form = marks.element(
      "form",
      { class: "rater" },
      marks.element("label", { for: id }, say("你的姓名")),
      marks.element("span", { class: "rater-row" }, field, marks.element("button", { type: "submit" }, say("記下"))),
      marks.element("p", { class: "quiet" }, say("只寫在存下的評分檔案裡，讓校系彙整時知道是哪一位委員。")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      if (!form.closest("dialog")) {
        field.blur();
        document.activeElement?.blur?.();
      }
      store.setRater(field.value);
      store.keeper.tell(null);
    });
    return form;
  };
})();
