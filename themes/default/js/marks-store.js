// Marks: what this browser keeps of one department. Every change goes to IndexedDB at once; what could not be written stays in `#waiting`, is shown
// over what is stored, and is tried again until it is kept. The stored record is read and joined within each transaction, so two tabs lose nothing.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const RETRY_MS = 1000;
  const LONGEST_RETRY_MS = 30000;

  const now = () => new Date().toISOString();
  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  marks.now = now;
  marks.newId = (letter) => `${letter}-${random()}`;

  const emptyKept = () => ({ record: marks.emptyRecord(), unfiled: {} });

  marks.Keeper = class {
    #database = new marks.Database();
    #stored = new Map();
    #shown = new Map();
    #settings = new Map();
    #waiting = [];
    #running = null;
    #loaded = false;
    #listeners = new Set();
    #retry = null;
    #delay = RETRY_MS;
    // The author's name of this tab, should another tab write under the device's at the same time.
    #suffix = random().slice(0, 6);
    // Versions that took that name after all, by their former text: later changes follow them.
    #renamed = new Map();
    #again = false;

    // What belongs together is kept under keys that begin with `scope`, two parts.
    constructor(scope) {
      this.scope = scope;
      this.device = marks.newId("d");
      this.fault = null;
      this.savedAt = null;
    }

    // Reads everything; without storage it begins empty and says so by `fault`.
    async load() {
      try {
        const found = await this.#read();
        if (!found.device) found.device = await this.#database.run("readwrite", (stores) => this.#named(stores));
        this.#adopt(found);
        this.#loaded = true;
        this.fault = null;
      } catch (error) {
        this.fault = { kind: "absent", name: error.name, since: now() };
      }
      this.#overlay();
    }

    #read() {
      return this.#database.run("readonly", async (stores) => {
        const device = await marks.answer(stores.settings.get("device"));
        return { device, ...(await marks.readAll(stores, this.scope)) };
      });
    }

    // What is stored takes the place of what was known; settings that still wait stand over it.
    #adopt({ device, records, settings }) {
      this.device = device || this.device;
      this.#stored = records;
      this.#settings = settings;
      for (const job of this.#waiting) if (job.setting) this.#settings.set(job.setting, job.value);
    }

    // The browser's data were removed beneath the open page: what the page holds goes back, else the next change would stand alone.
    #putBack(stores) {
      stores.settings.put(this.device, "device");
      for (const [number, kept] of this.#stored) stores.marks.put(kept, [...this.scope, number]);
      for (const [name, value] of this.#settings) stores.settings.put(value, [...this.scope, name]);
    }

    // Two tabs that open at once get one name.
    async #named({ settings }) {
      const other = await marks.answer(settings.get("device"));
      if (!other) settings.put(this.device, "device");
      return other || this.device;
    }

    numbers() {
      return [...this.#shown.keys()];
    }

    kept(number) {
      return this.#shown.get(number) || emptyKept();
    }

    // The same without what still waits: what a crash now would leave.
    safe(number) {
      return this.#stored.get(number) || emptyKept();
    }

    // Changes that the browser has not kept yet.
    pending() {
      return this.#waiting.filter((job) => job.counts).length;
    }

    listen(listener) {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    }

    tell(number) {
      for (const listener of this.#listeners) listener(number);
    }

    setting(name) {
      return this.#settings.get(name);
    }

    setSetting(name, value) {
      this.#settings.set(name, value);
      return this.#add({ setting: name, value });
    }

    // A new version of a field after those in `shown`; resolves when it is kept.
    write(number, field, { value, shown, base }) {
      const { sha256, slots } = base;
      const given = { value, at: now(), on: sha256 };
      const job = { number, counts: true, field };
      const by = (author) => marks.nextVersion(shown.map((each) => this.#latest(each)), { ...given, by: author });
      let version = by(this.fault ? this.#tab() : this.device);
      job.version = () => version;
      job.rename = (author) => {
        const former = marks.text(version);
        version = by(author);
        if (marks.text(version) !== former) this.#renamed.set(former, version);
      };
      // Those that wait behind it were written after the version that it was: they follow, so that none of them seems to know what nobody here has seen.
      job.apart = () => {
        if (version.by !== this.device) return;
        job.rename(this.#tab());
        const behind = this.#waiting.slice(this.#waiting.indexOf(job) + 1);
        for (const each of behind) if (each.number === number && each.field === field) each.rename(each.version().by);
      };
      job.apply = (kept, own) => {
        const list = kept.record.fields[field] || [];
        if (version.by === this.device && marks.clashes(list.filter((each) => !own.has(marks.text(each))), version)) job.apart();
        kept.record.fields[field] = marks.mergeVersions(list, [version]);
        if (sha256) kept.record.bases[sha256] = slots;
        kept.unfiled[field] = marks.text(version.seen);
      };
      return this.#add(job);
    }

    // What a version is called now; it may have been renamed more than once.
    #latest(version) {
      let found = version;
      for (let next = version; next; next = this.#renamed.get(marks.text(next))) found = next;
      return found;
    }

    // Any other change of a kept record: apply(kept) may run several times, on what is stored then.
    change(number, apply, { counts = false, relaxed = false } = {}) {
      return this.#add({ number, apply, counts, relaxed });
    }

    // Many records at once: pairs of number and apply, as one act; resolves when all are kept.
    changeAll(pairs, { counts = false } = {}) {
      if (!pairs.length) return Promise.resolve();
      const jobs = pairs.map(([number, apply]) => this.#wait({ number, apply, counts }));
      this.#overlay();
      this.tell(null);
      this.#work();
      return Promise.all(jobs.map((job) => job.done));
    }

    // Resolves when everything so far is kept.
    async settle() {
      while (this.#waiting.length) await this.#waiting[this.#waiting.length - 1].done;
    }

    // Another tab wrote, or may have.
    async reread() {
      if (!this.#loaded) return;
      this.#again = Boolean(this.#running);
      if (this.#running) return;
      try {
        const found = await this.#read();
        this.#again = Boolean(this.#running);
        if (this.#running) return;
        if (found.device) this.#adopt(found);
        else await this.#database.run("readwrite", (stores) => this.#putBack(stores));
        this.#overlay();
        this.tell(null);
      } catch {
        // The next change finds out, and says so.
      }
    }

    // Everything of this department is taken out of the browser, which goes on under another name: versions that were counted from one again under the
    // former would be taken for older ones than those in the file.
    async clear() {
      await this.settle();
      const device = marks.newId("d");
      await this.#database.run("readwrite", ({ marks: records, settings }) => {
        records.delete(IDBKeyRange.bound(this.scope, [...this.scope, []]));
        settings.delete(IDBKeyRange.bound(this.scope, [...this.scope, []]));
        settings.put(device, "device");
      });
      this.#adopt({ device, records: new Map(), settings: new Map() });
      this.#overlay();
      this.tell(null);
      if (this.oncleared) this.oncleared();
    }

    #tab() {
      return `${this.device}~${this.#suffix}`;
    }

    #wait(job) {
      job.done = new Promise((resolve) => (job.resolve = resolve));
      this.#waiting.push(job);
      return job;
    }

    #add(job) {
      this.#wait(job);
      if (job.number) {
        this.#show(job.number);
        this.tell(job.number);
      }
      this.#work();
      return job.done;
    }

    // What is shown of a dossier: what is stored, and over it what waits.
    #show(number, jobs = this.#waiting.filter((job) => job.number === number), own = this.#own()) {
      const kept = structuredClone(this.#stored.get(number) || emptyKept());
      for (const job of jobs) job.apply(kept, own);
      this.#shown.set(number, kept);
    }

    #overlay() {
      this.#shown = new Map(this.#stored);
      const own = this.#own();
      const jobs = new Map();
      for (const job of this.#waiting.filter((each) => each.number)) jobs.set(job.number, [...(jobs.get(job.number) || []), job]);
      for (const [number, its] of jobs) this.#show(number, its, own);
    }

    #own() {
      return new Set(this.#waiting.filter((job) => job.version).map((job) => marks.text(job.version())));
    }

    async #work() {
      if (this.#running) return;
      clearTimeout(this.#retry);
      while (this.#waiting.length) {
        this.#running = this.#waiting.slice();
        const failed = await this.#attempt(this.#running).catch((error) => error);
        this.#running = null;
        if (failed) {
          this.#failed(failed);
          return;
        }
      }
      if (this.#again) this.reread();
    }

    async #attempt(jobs) {
      if (!this.#loaded) await this.#reload();
      const relaxed = jobs.every((job) => job.relaxed);
      const numbers = [...new Set(jobs.map((job) => job.number).filter(Boolean))];
      const own = this.#own();
      const stored = await this.#database.run(
        "readwrite",
        async (stores) => {
          const [device, ...found] = await Promise.all([
            marks.answer(stores.settings.get("device")),
            ...numbers.map((number) => marks.answer(stores.marks.get([...this.scope, number]))),
          ]);
          if (!device) this.#putBack(stores);
          const known = (number) => (device ? null : structuredClone(this.#stored.get(number)));
          const kept = new Map(numbers.map((number, at) => [number, found[at] || known(number) || emptyKept()]));
          for (const job of jobs) {
            if (job.setting) stores.settings.put(job.value, [...this.scope, job.setting]);
            else job.apply(kept.get(job.number), own);
          }
          for (const [number, value] of kept) stores.marks.put(value, [...this.scope, number]);
          return kept;
        },
        relaxed ? "relaxed" : "strict",
      );
      for (const [number, kept] of stored) this.#stored.set(number, kept);
      this.#waiting = this.#waiting.filter((job) => !jobs.includes(job));
      this.#overlay();
      this.fault = null;
      this.#delay = RETRY_MS;
      if (jobs.some((job) => job.counts)) this.savedAt = now();
      for (const job of jobs) job.resolve();
      if (numbers.length > 1) this.tell(null);
      else for (const number of numbers) this.tell(number);
      if (this.onkept && !relaxed) this.onkept(numbers);
    }

    // Storage that could not be read when the page was opened can be: who marks here, and what was chosen, is as it was; of a new name only the words hold.
    async #reload() {
      const found = await this.#read();
      for (const job of this.#waiting.filter((each) => found.settings.has(each.setting))) {
        const former = found.settings.get(job.setting);
        if (job.setting === "rater") job.value = { ...job.value, id: former.id };
        else if (job.setting.startsWith("desk-")) job.value = former;
      }
      this.#adopt(found);
      this.#loaded = true;
      if (this.onloaded) this.onloaded();
    }

    // Said by `fault`, and tried again; the changes take this tab's own name, so that they stay apart from what other tabs keep meanwhile.
    #failed(error) {
      const kind = this.#loaded ? "failed" : "absent";
      this.fault = this.fault || { kind, name: error.name || "", since: now() };
      for (const job of this.#waiting) if (job.apart) job.apart();
      this.#overlay();
      this.tell(null);
      this.#retry = setTimeout(() => this.#work(), this.#delay);
      this.#delay = Math.min(this.#delay * 2, LONGEST_RETRY_MS);
    }
  };
})();
