// Desk, reading: the dossier in its frame, one line above it, and what the two tell each other.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { element, button, signed } = desk;
  const { keys, say } = window.Reviewer;
  const KEEP_MS = 600;
  const IDLE_MS = 1500;
  const soon = (run) => (window.requestIdleCallback ? requestIdleCallback(run, { timeout: IDLE_MS }) : setTimeout(run, 50));

  desk.Reading = class {
    constructor(root, queue) {
      this.root = root;
      this.queue = queue;
      this.number = null;
      this.here = null;
      this.keeping = 0;
      this.told = () => undefined;
      this.focused = () => undefined;
      this.title = element("h1", { id: "desk-read-title", tabindex: -1 });
      this.where = element("p", { "data-where": true, class: "quiet" });
      this.before = signed(say("上一份"), "‹", () => this.switchTo(-1), {}, "K");
      this.after = signed(say("下一份"), "›", () => this.switchTo(1), {}, "J");
      this.pick = button(say("選入比較"), () => this.pickThis(), { "aria-pressed": "false" }, "x");
      this.copied = button(say("複製連結"), () => this.copy(), {}, "y");
      this.plain = element("a", { target: "_blank" }, say("單獨開啟"));
      this.pdf = element("a", { target: "_blank", title: say("適合列印，有書籤") }, "PDF");
      const acts = element("div", { "data-acts": true }, this.before, this.after, this.pick, this.copied, this.plain, this.pdf);
      this.head = element("header", { "data-head": true }, this.title, this.where, acts);
      this.more = desk.more(this.head, "⋯", { "data-menu": true, "aria-label": say("更多") });
      this.head.append(this.more);
      this.lost = element("p", { class: "slot-sentence", hidden: true });
      this.holder = element("div", { id: "desk-frames" });
      this.paper = element("p", { class: "on-paper" });
      root.replaceChildren(this.head, this.lost, this.paper, this.holder);
      this.frames = new desk.Frames(this.holder, (message, frame) => this.hear(message, frame));
      document.addEventListener("desk-read", () => this.focus());
    }

    open(route, before) {
      const dossier = desk.byNumber.get(route.number);
      this.lost.hidden = Boolean(dossier);
      this.holder.hidden = this.head.hidden = this.paper.hidden = !dossier;
      if (!dossier) {
        this.number = null;
        this.lost.textContent = say("這個資料夾裡沒有應試號碼 {number} 的檔案。請從左邊的名單選擇。", { number: route.number });
        return;
      }
      clearTimeout(this.keeping); // the address has moved on from where one was
      const marks = desk.marksToShow;
      desk.marksToShow = null;
      const same = this.number === dossier.number && before.view === "dossier" && !marks;
      this.number = dossier.number;
      const frame = this.frames.open(dossier, marks, route.anchor);
      this.frames.show(frame);
      if (!same) this.#head(dossier);
      this.queue.mark(dossier.number);
      if (frame.ready) this.queue.reveal();
      if (marks) frame.placed = true; // the page goes to what the search marked
      else if (route.anchor) this.#goTo(frame, route.anchor);
      else if (!same) this.#setHere(dossier.number, frame.at); // nobody has scrolled yet
      if (!frame.placed) this.#place(frame, route.anchor);
      if (!same) {
        this.focus();
        this.#ahead(dossier.number);
      }
    }

    // To the remembered place once it is known; what the address names wins, and keeps how far one was within it.
    #place(frame, anchor) {
      frame.placed = true;
      desk.settings.ready.then(() => {
        const kept = desk.placeOf(frame.number);
        if (kept && (!anchor || anchor === kept.anchor)) this.#wish(frame, { type: "go", anchor: kept.anchor, fraction: kept.fraction });
      });
    }

    #goTo(frame, anchor) {
      this.#wish(frame, { type: "go", anchor }); // always: what the page last told of its place may be of before
      this.#setHere(frame.number, anchor);
    }

    // Where the page is to go. What it told of its place before it heard of that is out of date when it arrives.
    #wish(frame, message) {
      frame.turn += 1;
      this.frames.send(frame, { ...message, turn: frame.turn });
    }

    #head(dossier) {
      this.title.replaceChildren(...desk.nameOf(dossier.number), " ", element("span", { class: "applicant-number" }, dossier.number));
      this.plain.href = dossier.page;
      this.pdf.hidden = !dossier.pdf;
      if (dossier.pdf) this.pdf.href = dossier.pdf;
      this.paper.textContent = dossier.pdf
        ? say("檔案不從審查桌列印。請按檔案上方的「PDF」，從那裡列印；或按「單獨開啟」，列印那一頁。")
        : say("檔案不從審查桌列印。請按檔案上方的「單獨開啟」，列印那一頁。");
      this.tellPlace();
      this.showPicked();
      this.more.turn(false);
      document.title = `${dossier.number} ${dossier.name.replace(/\p{Co}/gu, "〓")} · ${desk.data.department.name}`; // no font draws a private-use character
    }

    // Its place in the list as it stands now.
    tellPlace() {
      if (this.number === null) return;
      const { numbers } = this.queue;
      const at = numbers.indexOf(this.number);
      this.where.textContent = at < 0 ? "" : say("第 {at} / {n} 份", { at: at + 1, n: numbers.length });
      this.before.disabled = this.queue.beside(this.number, -1) === null;
      this.after.disabled = this.queue.beside(this.number, 1) === null;
    }

    showPicked() {
      this.pick.setAttribute("aria-pressed", String(this.queue.picked.includes(this.number)));
    }

    // The next one is made ready while this one is read, and those that are no longer near are closed.
    #ahead(number) {
      const next = this.queue.beside(number, 1);
      const last = this.queue.beside(number, -1);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => soon(() => {
        if (this.number !== number) return;
        const frame = next === null ? null : this.frames.open(desk.byNumber.get(next));
        if (frame && !frame.placed) this.#place(frame, "");
        this.frames.trim([number, next, last]);
      }), this.frames.frames.get(number).ready ? 0 : 300);
    }

    hear(message, frame) {
      if (message.type === "focused") return this.focused();
      if (message.type === "ready") this.#ready(frame);
      if (frame !== this.frames.shown) return;
      const { anchor } = message;
      if (message.type === "place" && typeof anchor === "string") this.#placed(frame, message);
      else if (message.type === "follow" && typeof anchor === "string") desk.go(frame.number, anchor || "cover");
      else if (message.type === "leave") message.to === "help" ? (location.href = "help.html") : desk.to("#/");
      if (message.type !== "ready") document.dispatchEvent(new CustomEvent("desk-active"));
    }

    #ready(frame) {
      if (frame === this.frames.shown) requestAnimationFrame(() => this.queue.reveal());
      this.root.dispatchEvent(new CustomEvent("desk-ready", { detail: { number: frame.number } }));
      if (frame === this.frames.shown && document.activeElement === this.title) this.focus();
    }

    #placed(frame, { anchor, fraction, goal, turn }) {
      if (turn !== frame.turn) return;
      this.told();
      if (!frame.anchors.some((each) => each.id === anchor) && anchor !== "cover") return;
      frame.at = anchor;
      this.#setHere(frame.number, anchor);
      const place = goal || typeof fraction !== "number" ? { anchor } : { anchor, fraction: Math.round(fraction * 1e4) / 1e4 };
      clearTimeout(this.keeping);
      this.keeping = setTimeout(() => {
        desk.setPlace(frame.number, place);
        if (desk.route().view === "dossier") desk.keep(frame.number, anchor);
      }, KEEP_MS);
    }

    #setHere(number, anchor) {
      if (this.here && this.here.number === number && this.here.anchor === anchor) return;
      this.here = { number, anchor };
      document.dispatchEvent(new CustomEvent("desk-place", { detail: { number, anchor } }));
    }

    // ---- acts
    send(message) {
      if (!this.frames.shown || desk.route().view !== "dossier") return false;
      this.frames.send(this.frames.shown, message);
      return true;
    }

    // The next item or the last; what is typed then is meant for it, so it waits until the page tells where it went.
    step(by) {
      const frame = this.frames.shown;
      if (!frame || desk.route().view !== "dossier") return this.enter();
      this.#wish(frame, { type: "step", by });
      keys.hold(new Promise((resolve) => (this.told = resolve)));
      return true;
    }

    // Where no dossier is open: the one that was read last if it is in the list as it stands, else the first of it.
    enter() {
      const { numbers } = this.queue;
      const store = desk.store();
      const read = (number) => store?.reading(number)?.last || "";
      const latest = numbers.reduce((last, each) => (read(each) > read(last) ? each : last), numbers[0]);
      const next = numbers.includes(this.number) ? this.number : latest;
      if (next === undefined) return false;
      desk.go(next);
      return true;
    }

    switchTo(by) {
      if (desk.route().view !== "dossier" || this.number === null) return this.enter();
      const next = this.queue.beside(this.number, by);
      if (next !== null) desk.go(next);
      return true;
    }

    section(letter) {
      if (desk.route().view !== "dossier") return false;
      const code = letter.toUpperCase();
      const slots = desk.data.slots.filter((slot) => slot.codes.some((each) => each.toUpperCase().startsWith(code)));
      if (!slots.length) return false;
      const at = slots.findIndex((slot) => slot.id === this.here?.anchor);
      desk.go(this.number, slots[(at + 1) % slots.length].id);
      return true;
    }

    pickThis() {
      if (desk.route().view !== "dossier" || this.number === null) return false;
      this.queue.pick(this.number);
      this.showPicked();
      return true;
    }

    copy() {
      if (desk.route().view !== "dossier" || this.number === null) return false;
      const address = location.href.replace(/#.*$/, "") + desk.address(this.number, this.here?.anchor);
      const done = (words) => {
        this.copied.firstChild.textContent = words;
        setTimeout(() => (this.copied.firstChild.textContent = say("複製連結")), 2000);
      };
      const byHand = () => {
        const field = element("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true" });
        field.value = address;
        this.root.append(field);
        field.select();
        done(document.execCommand("copy") ? say("已複製") : say("請複製網址列"));
        field.remove();
        this.focus();
      };
      if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(address).then(() => done(say("已複製")), byHand);
      else byHand();
      return true;
    }

    // A page that is not there yet would swallow keys: until it is, the line above it has the focus, where they act as well.
    focus() {
      const frame = this.frames.shown;
      if (!frame || desk.route().view !== "dossier") return;
      if (!frame.ready) {
        this.title.focus({ preventScroll: true });
        return;
      }
      frame.element.focus({ preventScroll: true });
      this.focused();
      keys.hold(new Promise((resolve) => (this.focused = resolve))); // the page takes the focus when it hears of it: not from a field that a key opens meanwhile
      this.frames.send(frame, { type: "focus" });
    }
  };
})();
