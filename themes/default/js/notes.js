// Notes: words on the dossier and on its items. Every keystroke is kept; what another tab or computer wrote meanwhile stays beside it.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  class Note {
    constructor(pane, entry) {
      const field = `note:${entry}`;
      const id = `note-${entry || "dossier"}`;
      this.entry = entry;
      this.pane = pane;
      this.field = field;
      const title = entry ? marks.placeName(pane.store.desk, pane.number, entry).title : say("筆記");
      this.area = marks.element("textarea", { id, rows: entry ? 2 : 4, maxlength: "100000", input: () => this.#typed() });
      const label = marks.element("label", { for: id }, entry ? marks.element("a", { href: `#/d/${pane.number}/${entry}` }, title) : title, entry ? null : marks.element("kbd", { "aria-hidden": "true" }, "n"));
      this.element = marks.element("div", { class: "note" }, label, this.area);
      this.update();
    }

    // What he writes stands after what he saw, not after what came in while he wrote.
    #typed() {
      const { store, number } = this.pane;
      store.set(number, this.field, this.area.value, this.shown);
      this.shown = store.versions(number, this.field).filter((version) => version.value === this.area.value);
    }

    update() {
      const { store, number } = this.pane;
      if (document.activeElement === this.area && document.hasFocus()) return;
      const versions = store.versions(number, this.field);
      const value = versions.length ? versions[0].value : "";
      this.shown = versions.filter((version) => version.value === value); // words of the other side are not in the field: a choice settles them
      if (this.area.value !== value) this.area.value = value;
    }
  }

  marks.Notes = class {
    constructor(pane) {
      this.pane = pane;
      this.list = marks.element("div", { class: "notes-list" });
      this.add = marks.button("", () => this.open(pane.entry), { class: "notes-add" });
      this.element = marks.element("section", { class: "notes", "aria-label": say("筆記") }, this.list, this.add);
      this.notes = [];
    }

    // Another dossier: notes of the former one end.
    begin() {
      this.notes = [];
      this.list.replaceChildren();
      this.#note("");
    }

    #note(entry) {
      const found = this.notes.find((each) => each.entry === entry);
      if (found) return found;
      const note = new Note(this.pane, entry);
      this.notes.push(note);
      this.list.append(note.element);
      return note;
    }

    open(entry) {
      if (!this.pane.number) return;
      this.#note(entry).area.focus();
      this.update();
    }

    update() {
      const { store, number, entry } = this.pane;
      const written = Object.entries(store.values(number).note).filter(([, text]) => text);
      for (const [its] of written) this.#note(its);
      for (const note of this.notes) note.update();
      this.add.hidden = !entry || this.notes.some((each) => each.entry === entry);
      this.add.replaceChildren(entry ? say("為 {item} 寫筆記", { item: marks.placeName(store.desk, number, entry).title }) : "", marks.element("kbd", { "aria-hidden": "true" }, "N"));
    }
  };
})();
