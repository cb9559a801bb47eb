// Marks: the browser's own store. One database `reviewer` for all departments that share a browser's file store: `marks` under
// [department code, admission year, applicant number], `settings` under names and [code, year, name]. In a folder for reading again
// [code, "reread"] stands in the place of the code.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const NAME = "reviewer";
  const VERSION = 1;

  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  marks.answer = answer;

  function opened() {
    return new Promise((resolve, reject) => {
      // Reading the property alone may throw where the browser forbids storage.
      const request = window.indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("marks");
        request.result.createObjectStore("settings");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new DOMException("blocked", "InvalidStateError"));
    });
  }

  marks.Database = class {
    #connection = null;

    // Opened when it is first needed, and again after the browser closed it.
    async #open() {
      if (!this.#connection) {
        const connection = await opened();
        const forget = () => (this.#connection = null);
        connection.onclose = forget;
        connection.onversionchange = () => {
          connection.close();
          forget();
        };
        this.#connection = connection;
      }
      return this.#connection;
    }

    // work({marks, settings}) within one transaction; resolves with its answer only when the transaction is complete.
    async run(mode, work, durability = "strict") {
      const connection = await this.#open();
      let transaction;
      try {
        transaction = connection.transaction(["marks", "settings"], mode, { durability });
      } catch (error) {
        this.#connection = null;
        throw error;
      }
      const complete = new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error || new DOMException("aborted", "AbortError"));
      });
      const stores = { marks: transaction.objectStore("marks"), settings: transaction.objectStore("settings") };
      let result;
      try {
        result = await work(stores);
        if (mode === "readwrite" && transaction.commit) transaction.commit();
      } catch (error) {
        complete.catch(() => undefined);
        try {
          transaction.abort();
        } catch {
          // It has ended by itself.
        }
        throw error;
      }
      await complete;
      return result;
    }
  };

  // All of one department and year: {records: Map(number → kept), settings: Map(name → value)}.
  marks.readAll = async function ({ marks: records, settings }, scope) {
    const range = IDBKeyRange.bound(scope, [...scope, []]);
    const [keys, values, names, its] = await Promise.all([
      answer(records.getAllKeys(range)),
      answer(records.getAll(range)),
      answer(settings.getAllKeys(range)),
      answer(settings.getAll(range)),
    ]);
    return {
      records: new Map(keys.map((key, at) => [key[2], values[at]])),
      settings: new Map(names.map((key, at) => [key[2], its[at]])),
    };
  };
})();
