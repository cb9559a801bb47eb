// Saved: the panel behind the line: name, file, reading one's own file in, choices, and taking the marks off this computer.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  marks.SavedPanel = class {
    constructor(store) {
      this.store = store;
      this.said = marks.element("div", { class: "panel-said", role: "status" });
      this.parts = marks.element("div", { class: "panel-parts" });
      this.line = marks.element("p", { class: "panel-line" });
      this.heading = marks.element("h2", { id: "saved-title", tabindex: "-1" }, say("評分存在哪裡"));
      this.input = marks.element("input", { type: "file", id: "marks-file", accept: ".json,application/json", class: "visually-hidden", tabindex: "-1", "aria-label": say("讀入自己的檔案"), change: () => this.#read() });
      this.dialog = marks.element(
        "dialog",
        { class: "saved-panel", "aria-labelledby": "saved-title" },
        marks.element("div", { class: "panel-head" }, this.heading, marks.button(say("關閉"), () => this.dialog.close())),
        this.line,
        this.said,
        this.parts,
        this.input,
      );
      this.dialog.addEventListener("click", ({ target }) => {
        if (target.closest("a")) this.dialog.close();
      });
    }

    open() {
      this.said.replaceChildren();
      this.dialog.showModal();
      this.update();
    }

    update() {
      if (!this.dialog.open) return;
      const { store } = this;
      const { begun, unfiled, fault, file } = store.status();
      this.line.textContent = marks.savedLine(store).words;
      const conflicts = store.numbers().map((number) => store.values(number).conflicts);
      const back = this.#held();
      const anew = marks.renew(this.parts, [store.rater.name, begun, unfiled > 0, Boolean(fault), file && file.kind, conflicts, new Date().toDateString()], () => [
        marks.conflictList(store, store.numbers()),
        this.#keep(),
        this.#take(),
        marks.raterForm(store, { always: true, id: "rater-name-panel" }),
        this.#clear(),
      ]);
      if (anew && back) back().focus();
      if (store.rater.name && this.asked) this.#say();
    }

    // Where the focus goes when what has it is made anew: to the same button, from a choice to the next one, else to the heading. It never leaves the panel.
    #held() {
      const on = document.activeElement;
      if (!this.parts.contains(on)) return null;
      const act = on.getAttribute("data-act");
      const at = [...this.parts.querySelectorAll(".conflict")].indexOf(on.closest(".conflict"));
      return () => {
        const left = [...this.parts.querySelectorAll(".conflict")];
        const next = at >= 0 ? left[Math.min(at, left.length - 1)]?.querySelector("button") : act && this.parts.querySelector(`[data-act="${act}"]`);
        return next || this.heading;
      };
    }

    #part(title, ...children) {
      return marks.element("section", { class: "panel-part" }, marks.element("h3", {}, title), ...children);
    }

    #say(...lines) {
      this.asked = false;
      this.said.replaceChildren(...lines.filter(Boolean).map((line) => marks.element("p", {}, line)));
    }

    // Whoever has no name yet is asked for it first: the office tells files apart by it.
    #named() {
      if (this.store.rater.name) return true;
      this.#say(say("請先在下面寫你的姓名。"));
      this.asked = true;
      this.parts.querySelector("#rater-name-panel").focus();
      return false;
    }

    #keep() {
      const { store } = this;
      const file = store.keeper.setting("file");
      const holds = file && file.kind === "held";
      const act = (words, name, run) => marks.button(words, () => this.#named() && run(), { "data-act": name });
      const choose = (words, name, how) =>
        act(words, name, async () => {
          const found = await marks.choose(store, how);
          if (found) this.#say(found.refused || say("之後每一項變更都會寫進「{name}」。", { name: found.name }));
        });
      const hold = marks.canHold() ? choose(say("存進新的檔案，之後持續寫入…"), "hold", { isThere: false }) : null;
      const go = marks.canHold() ? choose(say("接著寫進原有的檔案…"), "continue", { isThere: true }) : null;
      const stop = holds ? marks.button(say("不再寫入這個檔案"), () => marks.letGo(store), { "data-act": "stop" }) : null;
      const load = act(say("下載 .json"), "json", async () => this.#say(say("已交給瀏覽器下載：{name}。請確認它在下載的資料夾裡。", { name: await marks.download(store) })));
      const sheet = act(say("下載 .csv"), "csv", () => this.#say(say("已交給瀏覽器下載：{name}。", { name: marks.downloadCsv(store) })));
      return this.#part(
        say("存成檔案"),
        marks.element("p", { class: "quiet" }, say("瀏覽器裡的評分只在這台電腦、這個資料夾；清除瀏覽資料或移動資料夾就不見了。交給校系、帶到另一台電腦的是 .json 檔案；.csv 供試算表檢視。")),
        marks.element("p", { class: "panel-acts" }, hold, go, stop, load, sheet),
      );
    }

    #take() {
      return this.#part(
        say("讀入自己的檔案"),
        marks.element("p", { class: "quiet" }, say("在另一台電腦評過的部分會逐項併進來；兩邊都改過而不同的，列出來由你選擇。")),
        marks.element("p", { class: "panel-acts" }, marks.button(say("讀入 .json…"), () => this.input.click(), { "data-act": "take" })),
      );
    }

    async #read() {
      const [file] = this.input.files;
      if (!file) return;
      const found = file.size > marks.MOST_BYTES ? { refused: marks.refusal({ reason: "too-large" }, this.store.wanted) } : await this.store.import(await file.text(), file.name);
      this.input.value = "";
      if (found.refused) this.#say(found.refused);
      else {
        const { merged, dossiers, conflicts, notes } = found;
        const sum = merged ? say("讀入「{name}」：{dossiers} 份檔案的 {n} 項有變動。", { name: file.name, dossiers, n: merged }) : say("「{name}」裡的評分這裡都有了。", { name: file.name });
        this.#say(sum, conflicts.length ? say("其中 {n} 處兩邊不同，請在下面選擇。", { n: conflicts.length }) : "", ...notes);
      }
      this.update();
    }

    // On a borrowed computer nothing should stay; only after everything is in a file.
    #clear() {
      const { store } = this;
      const { begun, unfiled, fault } = store.status();
      if (!begun || fault) return null;
      const ask = marks.button(say("從這台電腦移除評分…"), () => {
        if (store.unfiled()) {
          this.#say(say("還有 {n} 項變更不在檔案裡。請先存成檔案，再移除。", { n: store.unfiled() }));
          return;
        }
        ask.replaceWith(sure);
        sure.focus();
      });
      const sure = marks.button(say("確定移除：評分只留在檔案裡"), async () => {
        await marks.removeAll(store);
        this.#say(say("已從這台電腦移除。要繼續評分，請讀入你的檔案。"));
        this.update();
      });
      return this.#part(
        say("借用的電腦"),
        marks.element("p", { class: "quiet" }, unfiled ? say("離開前可以把評分從這個瀏覽器移除；先存成檔案。") : say("全部變更都在檔案裡，可以把評分從這個瀏覽器移除。")),
        marks.element("p", { class: "panel-acts" }, ask),
      );
    }
  };
})();
