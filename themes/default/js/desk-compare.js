// Desk, compare: two to four applicants in the same slot, scrolling together. Every column shows the whole slot as it stands in its dossier.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { element, button, signed } = desk;
  const { say } = window.Reviewer;

  desk.Compare = class {
    constructor(root) {
      this.root = root;
      this.numbers = [];
      this.slot = "";
      this.together = true;
      this.title = element("h1", { id: "desk-compare-title" });
      this.select = element("select", { id: "compare-slot" }, ...desk.data.slots.map((slot) => element("option", { value: slot.id }, `${slot.label} ${slot.title}`)));
      this.select.addEventListener("change", () => this.to(this.select.value));
      const before = signed(say("上一項"), "‹", () => this.step(-1), {}, "k");
      const after = signed(say("下一項"), "›", () => this.step(1), {}, "j");
      this.link = button(say("一起捲動"), () => this.link.setAttribute("aria-pressed", String((this.together = !this.together))), { "aria-pressed": "true" });
      const label = element("label", { for: "compare-slot" }, say("項目"));
      this.head = element("header", { "data-head": true }, this.title, element("div", { "data-acts": true }, label, this.select, before, after, this.link));
      this.lost = desk.nothing(say("並排比較"), element("p", {}, say("並排比較需要兩份到四份檔案。請在左邊的名單勾選，再按「並排比較」。")));
      this.holder = element("div", { id: "compare-columns", "data-scrolls": true });
      this.paper = element("p", { class: "on-paper" }, say("檔案不從審查桌列印。請分別打開每一份，從那裡列印。"));
      root.replaceChildren(this.head, this.paper, this.holder);
      this.columns = new Map();
    }

    open(route) {
      const numbers = route.numbers.filter((number) => desk.byNumber.has(number));
      const slot = desk.data.slots.find((each) => each.id === route.slot) || desk.data.slots[0];
      if (numbers.length > 1) this.lost.remove();
      else this.root.prepend(this.lost);
      this.head.hidden = this.paper.hidden = this.holder.hidden = numbers.length < 2;
      if (numbers.length < 2) {
        document.title = `${say("並排比較")} · ${desk.data.department.name}`;
        return this.close();
      }
      desk.queue.pickAll(numbers);
      this.slot = slot.id;
      this.select.value = slot.id;
      this.title.textContent = say("並排比較：{slot}", { slot: `${slot.label} ${slot.title}` });
      document.title = `${this.title.textContent} · ${desk.data.department.name}`;
      if (numbers.join() !== this.numbers.join()) this.#make(numbers);
      for (const [number, { frames }] of this.columns) frames.send(frames.frames.get(number), { type: "only", slot: slot.id });
    }

    #make(numbers) {
      this.close();
      this.numbers = numbers;
      this.holder.dataset.columns = String(numbers.length);
      for (const number of numbers) {
        const name = element("a", { href: desk.address(number) }, ...desk.nameOf(number), " ", element("span", { class: "applicant-number" }, number));
        const place = element("div", { "data-place": true });
        const column = element("section", { "aria-label": number }, element("h2", {}, name), place);
        const frames = new desk.Frames(place, (message, frame) => this.hear(message, frame));
        this.columns.set(number, { frames, column });
        this.holder.append(column);
        frames.show(frames.open(desk.byNumber.get(number)));
      }
    }

    close() {
      for (const [number, { frames }] of this.columns) frames.close(number);
      this.columns.clear();
      this.holder.replaceChildren();
      this.numbers = [];
    }

    hear(message, frame) {
      if (message.type === "scrolled" && typeof message.fraction === "number" && this.together) {
        for (const [number, { frames }] of this.columns) {
          if (number !== frame.number) frames.send(frames.frames.get(number), { type: "scroll", anchor: this.slot, fraction: message.fraction });
        }
      } else if (message.type === "follow" && typeof message.anchor === "string") desk.go(frame.number, message.anchor);
      else if (message.type === "leave") desk.to("#/");
      if (message.type !== "ready") document.dispatchEvent(new CustomEvent("desk-active"));
    }

    to(slot) {
      desk.to(desk.compareAddress(this.numbers, slot));
    }

    step(by) {
      if (desk.route().view !== "compare" || this.numbers.length < 2) return false;
      const ids = desk.data.slots.map((slot) => slot.id);
      const next = ids[ids.indexOf(this.slot) + by];
      if (next) this.to(next);
      return true;
    }
  };
})();
