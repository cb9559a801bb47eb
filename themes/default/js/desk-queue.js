// Desk, queue: who comes next. Ordered and narrowed by neutral facts and by one's own state of work; nothing in it says how good anybody is.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { element, button } = desk;
  const { say } = window.Reviewer;
  const MOST_PICKED = 4;
  const FILTERS = ["number", "type", "group", "state"];

  const stateWords = () => ({ unread: say("未讀"), reading: say("閱讀中"), graded: say("已評"), changed: say("評後有變動"), flagged: say("有旗標") });
  const stateOf = (number) => {
    const store = desk.store();
    if (!store) return { state: "unread", flag: false, changed: false };
    return { state: store.state(number), flag: Boolean(store.values(number).flag), changed: Boolean(store.changed(number)) };
  };

  desk.Queue = class {
    constructor(root) {
      this.root = root;
      this.choice = { order: "number", seed: desk.newSeed(), number: "", type: "", group: "", state: "" };
      this.picked = [];
      this.placed = null; // the order by state as it stood when it was chosen: nobody moves under the hand of who marks
      this.stays = new Set(); // opened while a filter stood: listed until the filter is touched, so that one can go back
      this.marked = null;
      this.rows = new Map();
      this.words = stateWords();
      this.list = element("ol", { id: "queue-list" });
      this.none = element("p", { class: "quiet", hidden: true }, say("沒有符合條件的檔案。"));
      root.replaceChildren(element("h1", { class: "pane-title visually-hidden" }, say("待閱順序")), this.#head(), this.none, this.list, this.#foot());
      desk.data.dossiers.forEach((dossier) => this.rows.set(dossier.number, this.#row(dossier)));
      this.arrange();
      root.addEventListener("keydown", (event) => this.#move(event));
    }

    #head() {
      this.progress = element("p", { id: "queue-progress" });
      this.narrowed = element("summary", {});
      const distinct = (key) => [...new Set(desk.data.dossiers.map((each) => each[key]).filter(Boolean))].sort(new Intl.Collator("zh-Hant-TW").compare);
      const orders = [["number", say("應試號碼")], ["type", say("部別・班別")], ["group", say("群科學程")], ["state", say("閱讀狀態")], ["random", say("隨機")]];
      const all = [["", say("全部")]];
      const same = (values) => [...all, ...values.map((value) => [value, value])];
      this.seed = element("input", { id: "queue-seed", type: "text", maxlength: 24, autocomplete: "off", spellcheck: "false" });
      this.seedLine = element("p", { "data-seed": true, hidden: true }, element("label", { for: "queue-seed" }, say("隨機種子")), this.seed, element("span", { class: "quiet" }, say("降低先後的影響；同一個種子，順序相同。")));
      this.seed.addEventListener("change", () => this.choose("seed", this.seed.value.trim() || desk.newSeed()));
      const again = button(say("依現在的狀態重排"), () => this.choose("order", "state"));
      this.againLine = element("p", { hidden: true }, again, element("span", { class: "quiet" }, say("評閱時先後不變。")));
      this.clear = button(say("全部列出"), () => this.choose(null), { hidden: true });
      const options = element(
        "details",
        { id: "queue-options" },
        this.narrowed,
        this.#select("order", say("排列"), orders),
        this.seedLine,
        this.againLine,
        this.#input("number", say("應試號碼含")),
        this.#select("type", say("部別・班別"), same(distinct("school_type"))),
        this.#select("group", say("群科學程"), same(distinct("group"))),
        this.#select("state", say("閱讀狀態"), [...all, ...Object.entries(this.words)]),
        this.clear,
      );
      return element("div", { id: "queue-head" }, this.progress, options);
    }

    #field(name, label, control) {
      control.addEventListener(name === "number" ? "input" : "change", () => this.choose(name, control.value));
      return element("p", {}, element("label", { for: control.id }, label), control);
    }

    #select(name, label, values) {
      const control = element("select", { id: `queue-${name}` }, ...values.map(([value, words]) => element("option", { value }, words)));
      return this.#field(name, label, control);
    }

    #input(name, label) {
      return this.#field(name, label, element("input", { id: `queue-${name}`, type: "search", autocomplete: "off", inputmode: "numeric" }));
    }

    #foot() {
      this.compare = button(say("並排比較"), () => this.openCompare(), { id: "queue-compare" }, "v");
      this.unpick = button(say("取消"), () => this.pick(null));
      this.pickedWords = element("p", { class: "quiet", role: "status" });
      return element("div", { id: "queue-foot" }, this.pickedWords, this.compare, this.unpick);
    }

    #row(dossier) {
      const { number } = dossier;
      const facts = [dossier.school_type, dossier.group].filter(Boolean).join("　");
      const state = element("span", { "data-state": "unread" });
      const words = element("span", { class: "visually-hidden" });
      const told = element("span", { "data-told": true, hidden: true });
      const link = element("a", { href: desk.address(number) }, state, words, element("span", { class: "applicant-number" }, number), element("span", { "data-name": true }, ...desk.nameOf(number)), told, element("span", { "data-facts": true }, facts));
      const box = element("input", { type: "checkbox", "aria-label": say("比較 {number}", { number }), title: say("選入並排比較") });
      box.addEventListener("change", () => this.pick(number));
      const item = element("li", { "data-number": number }, link, box);
      return { item, link, state, words, told, box };
    }

    // ---- what is listed
    restore() {
      const kept = desk.settings.get("queue");
      if (kept && typeof kept === "object") {
        for (const name of Object.keys(this.choice)) if (typeof kept[name] === "string") this.choice[name] = kept[name];
      } else desk.settings.set("queue", { ...this.choice }); // the first seed is one's own from now on
      this.placed = null;
      this.arrange();
    }

    choose(name, value) {
      if (name === null) for (const each of FILTERS) this.choice[each] = "";
      else this.choice[name] = value;
      if (name === null || FILTERS.includes(name)) this.stays.clear();
      if (name === "order") this.placed = null;
      desk.settings.set("queue", { ...this.choice });
      this.arrange();
    }

    arrange() {
      const { choice } = this;
      this.all = this.placed || desk.ordered(desk.data.dossiers, choice, stateOf).map((each) => each.number);
      this.placed = choice.order === "state" ? this.all : null;
      const fitting = new Set(desk.chosen(desk.data.dossiers, choice, stateOf).map((each) => each.number));
      this.numbers = this.all.filter((number) => fitting.has(number) || this.stays.has(number));
      this.#list();
      this.none.hidden = this.numbers.length > 0;
      for (const name of ["order", ...FILTERS]) {
        const control = this.root.querySelector(`#queue-${name}`);
        if (control.value !== choice[name]) control.value = choice[name];
      }
      this.seed.value = choice.seed;
      this.seedLine.hidden = choice.order !== "random";
      this.againLine.hidden = choice.order !== "state";
      const narrowed = this.#narrowed();
      this.clear.hidden = !narrowed;
      const order = this.root.querySelector("#queue-order").selectedOptions[0].textContent;
      const words = choice.order === "random" ? say("隨機順序，種子 {seed}", { seed: choice.seed }) : say("依{order}排列", { order });
      this.narrowed.textContent = narrowed ? say("{words} · 列出 {n} 份", { words, n: this.numbers.length }) : words;
      this.refresh(null);
      desk.reading?.tellPlace();
    }

    #narrowed() {
      return FILTERS.some((name) => this.choice[name]);
    }

    // Rows that stand as they should are left: moving five hundred costs what opening a dossier does.
    #list() {
      const rows = this.numbers.map((number) => this.rows.get(number).item);
      const listed = this.list.children;
      if (rows.length === listed.length && rows.every((row, at) => row === listed[at])) return;
      const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
      this.list.replaceChildren(...rows);
      if (focused && focused.isConnected) focused.focus({ preventScroll: true }); // a row that is moved would lose it
    }

    refresh(number) {
      for (const each of number === null ? this.rows.keys() : [number]) {
        const row = this.rows.get(each);
        if (!row) continue;
        const { state, flag, changed } = (row.of = stateOf(each));
        const out = this.stays.has(each) && !desk.chosen([desk.byNumber.get(each)], this.choice, stateOf).length;
        const shown = [state, flag, changed, out].join(" ");
        if (row.shown === shown) continue;
        row.shown = shown;
        row.state.dataset.state = state;
        row.state.replaceChildren(desk.shape(state), ...(changed ? [desk.shape("changed")] : []), ...(flag ? [desk.shape("flagged")] : []));
        row.words.textContent = `${this.words[state]}${flag ? `${say("，")}${this.words.flagged}` : ""}${say("，")}`;
        row.told.textContent = [changed ? this.words.changed : "", out ? say("已不合篩選") : ""].filter(Boolean).join(say("，"));
        row.told.hidden = !row.told.textContent;
        row.told.toggleAttribute("data-changed", changed);
      }
      this.#tellProgress();
    }

    #tellProgress() {
      const store = desk.store();
      const total = desk.data.dossiers.length;
      if (!store) {
        this.progress.textContent = say("{n} 份檔案", { n: total });
        return;
      }
      const rows = [...this.rows];
      const done = rows.filter(([, { of }]) => of.state === "graded").map(([number]) => number);
      const left = desk.pace(done.map((number) => store.reading(number)?.seconds || 0), total - done.length);
      const changed = rows.filter(([, { of }]) => of.changed).length;
      const still = rows.filter(([, { of }]) => of.state === "graded" && !of.changed).length;
      const count = say("已評 {done} / {total}", { done: still, total }) + (changed ? say("，另有 {n} 份評後有變動", { n: changed }) : "");
      let pace = "";
      if (left !== null && total > done.length) {
        const hours = left / 3600;
        pace = hours >= 1 ? say("，依您的速度約還要 {hours} 小時", { hours: hours >= 10 ? Math.round(hours) : Math.round(hours * 2) / 2 }) : say("，依您的速度約還要 {minutes} 分鐘", { minutes: Math.max(1, Math.round(left / 60)) });
      }
      this.progress.textContent = count + pace;
    }

    // ---- which one is open
    mark(number) {
      this.rows.get(this.marked)?.link.removeAttribute("aria-current");
      this.rows.get(number)?.link.setAttribute("aria-current", "true");
      this.marked = number;
      if (this.#narrowed() && this.numbers.includes(number)) this.stays.add(number);
    }

    // The marked row comes into sight. Laying out the rows around it can wait until the dossier is drawn.
    reveal() {
      const row = this.rows.get(this.marked);
      if (row && row.item.isConnected) row.item.scrollIntoView({ block: "nearest" });
    }

    // The dossier so many steps further in the list as it stands; one that is not in it counts from its place in the whole order.
    beside(number, by) {
      const at = this.numbers.indexOf(number);
      if (at >= 0) return this.numbers[at + by] ?? null;
      const all = this.all.indexOf(number);
      const rest = by > 0 ? this.all.slice(all + 1) : this.all.slice(0, Math.max(0, all)).reverse();
      return rest.find((each) => this.numbers.includes(each)) ?? null;
    }

    focus() {
      const row = this.rows.get(desk.current());
      (row && row.item.isConnected ? row.link : this.list.querySelector("a") || this.root).focus();
    }

    #move(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || !event.target.closest || !event.target.closest("#queue-list")) return;
      const links = this.numbers.map((number) => this.rows.get(number).link);
      const next = links[links.indexOf(event.target.closest("li").querySelector("a")) + by];
      if (next) next.focus();
      event.preventDefault();
    }

    // ---- compare
    pick(number) {
      if (number === null) this.pickAll([]);
      else if (this.picked.includes(number)) this.pickAll(this.picked.filter((each) => each !== number));
      else this.pickAll([...this.picked, number]);
    }

    // The latest four of these; who had to make room is said.
    pickAll(numbers) {
      const out = numbers.slice(0, -MOST_PICKED);
      this.picked = numbers.slice(-MOST_PICKED);
      for (const [each, row] of this.rows) row.box.checked = this.picked.includes(each);
      this.root.toggleAttribute("data-picking", this.picked.length > 0);
      const count = this.picked.length ? say("選了 {n} 份（最多 4 份）", { n: this.picked.length }) : "";
      this.pickedWords.textContent = out.length ? say("最多 4 份：選入 {new}，移出了 {old}。", { new: numbers.at(-1), old: out.join(say("、")) }) : count;
      this.compare.disabled = this.picked.length < 2;
    }

    openCompare() {
      if (this.picked.length < 2) return false;
      const here = desk.place();
      const slots = desk.data.slots.map((slot) => slot.id);
      const slot = here && (slots.includes(here.anchor) ? here.anchor : here.slot);
      desk.to(desk.compareAddress(this.picked, slot && slots.includes(slot) ? slot : slots[0]));
      return true;
    }
  };
})();
