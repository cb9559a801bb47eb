// Marks: the file on disk. Where the browser can hold on to a file (File System Access) it is written again after every change, elsewhere it is downloaded.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;
  const REST_MS = 1500;
  let writing = null;
  let waiting = false;
  let state = { kind: "idle", since: null };

  marks.canHold = () => typeof window.showSaveFilePicker === "function";
  marks.fileState = () => state;

  const forbidden = /[\\/:*?"<>|\u0000-\u001f\u007f]+/g;
  marks.fileName = function (store, ending, mark = "") {
    const { department, admissionYear, reread } = store.wanted;
    const who = (store.rater.name || store.rater.id).replace(forbidden, "-").trim().slice(0, 60);
    return `marks-${department}-${admissionYear}-${reread ? "reread-" : ""}${who}${mark}.${ending}`;
  };

  const fileText = (store) => `${JSON.stringify(store.export(), null, 1)}\n`;

  function setState(store, kind, name = "") {
    state = { kind, name, since: state.kind === kind ? state.since : marks.now() };
    store.keeper.tell(null);
  }

  const remember = (store, kind, name) => store.keeper.setSetting("file", { kind, name, at: marks.now() });

  function give(text, name, type) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = marks.element("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  // A download is handed to the browser; whether it reached the disk it does not say.
  marks.download = async function (store) {
    const written = marks.unfiled(store.keeper);
    const name = marks.fileName(store, "json");
    give(fileText(store), name, "application/json");
    if (!(handleOf(store))) remember(store, "download", name);
    marks.tickOff(store.keeper, written);
    return name;
  };

  marks.downloadCsv = function (store) {
    const name = marks.fileName(store, "csv");
    give(marks.csv(store), name, "text/csv;charset=utf-8");
    return name;
  };

  // Another tab may have chosen another file, or let go of it. What cannot be kept serves until the page is closed.
  let unkept = null;
  const handleOf = (store) => unkept || store.keeper.setting("handle") || null;

  async function allowed(handle, ask) {
    const how = { mode: "readwrite" };
    if (!handle.queryPermission) return true;
    if ((await handle.queryPermission(how)) === "granted") return true;
    return ask && (await handle.requestPermission(how)) === "granted";
  }

  function keepHandle(store, handle) {
    unkept = null;
    try {
      structuredClone(handle);
    } catch {
      unkept = handle;
      return;
    }
    store.keeper.setSetting("handle", handle);
  }

  const twoDigits = (number) => String(number).padStart(2, "0");
  const minute = (time) => [time.getFullYear(), time.getMonth() + 1, time.getDate(), time.getHours(), time.getMinutes()].map(twoDigits).join("");

  // Browsers empty what is chosen as a place to save before anybody can read it. So a new file is offered under a name that no other has, and one that
  // is there is opened: what is in it is joined with what is here.
  async function pick(store, isThere) {
    const types = [{ description: say("評分檔案"), accept: { "application/json": [".json"] } }];
    if (isThere) return (await window.showOpenFilePicker({ types, multiple: false }))[0];
    return window.showSaveFilePicker({ suggestedName: marks.fileName(store, "json", "-" + minute(new Date())), types });
  }

  // Once: choose the file; from then on it is written by itself. Says why a file is not held: then the former one still is. Null if the choice was left.
  marks.choose = async function (store, { isThere = false } = {}) {
    let handle;
    try {
      handle = await pick(store, isThere);
    } catch (error) {
      if (error.name === "AbortError") return null;
      return { refused: say("這個檔案不能寫入（{why}），沒有採用。", { why: error.name }) };
    }
    const former = [unkept, store.keeper.setting("handle") || null, store.keeper.setting("written") || null];
    keepHandle(store, handle);
    store.keeper.setSetting("written", null);
    await marks.writeFile(store, { ask: true });
    if (state.kind === "idle") return { name: handle.name };
    const { kind, name } = state;
    unkept = former[0];
    store.keeper.setSetting("handle", former[1]);
    store.keeper.setSetting("written", former[2]);
    setState(store, "idle");
    const why = kind === "foreign" ? name : kind === "asks" ? say("沒有得到寫入的許可。") : name;
    return { refused: say("「{name}」沒有採用：{why}", { name: handle.name, why }) };
  };

  // Off this computer: the marks, the name, and the hold on the file.
  marks.removeAll = async function (store) {
    unkept = null;
    state = { kind: "idle", name: "", since: null };
    await store.keeper.clear();
  };

  marks.letGo = function (store) {
    unkept = null;
    store.keeper.setSetting("handle", null);
    remember(store, "download", (store.keeper.setting("file") || {}).name || "");
    setState(store, "idle");
  };

  const fieldsOf = (store) => store.numbers().reduce((sum, number) => sum + Object.keys(store.get(number).fields).length, 0);

  // What someone else put into the file since this browser wrote it (a memory stick, a synchronised folder) is joined first, never overwritten; and so is
  // what this browser put there itself, if it no longer has as much.
  async function takeIn(store, handle) {
    const file = await handle.getFile();
    const own = store.keeper.setting("written");
    const same = own && own.at === file.lastModified && own.size === file.size && own.fields <= fieldsOf(store);
    if (!file.size || same) return;
    const found = await store.import(await file.text());
    if (found.refused) throw new DOMException(found.refused, "OtherContentError");
  }

  async function writeOnce(store, handle) {
    await takeIn(store, handle);
    const written = marks.unfiled(store.keeper);
    const fields = fieldsOf(store);
    const target = await handle.createWritable();
    await target.write(fileText(store));
    await target.close();
    const { lastModified, size } = await handle.getFile();
    store.keeper.setSetting("written", { at: lastModified, size, fields });
    remember(store, "held", handle.name);
    marks.tickOff(store.keeper, written);
  }

  // Writes the held file; one writer at a time, and once more if something changed meanwhile.
  marks.writeFile = async function (store, { ask = false } = {}) {
    if (!handleOf(store)) return;
    waiting = true;
    if (writing) return;
    writing = (async () => {
      while (waiting) {
        waiting = false;
        const handle = handleOf(store);
        if (!handle) return;
        try {
          if (!(await allowed(handle, ask))) {
            setState(store, "asks");
            return;
          }
          await writeOnce(store, handle);
          setState(store, "idle");
        } catch (error) {
          setState(store, error.name === "OtherContentError" ? "foreign" : "failed", error.name === "OtherContentError" ? error.message : error.name);
          return;
        }
        if (waiting) await new Promise((resolve) => setTimeout(resolve, REST_MS));
      }
    })();
    await writing;
    writing = null;
  };

  marks.follow = function (store) {
    if (store.unfiled()) marks.writeFile(store);
  };

  // After a restart: is the file still ours to write?
  marks.resume = async function (store) {
    const handle = handleOf(store);
    if (!handle) return;
    try {
      if (!(await allowed(handle, false))) setState(store, "asks");
      else if (store.unfiled()) marks.writeFile(store);
    } catch (error) {
      setState(store, "failed", error.name);
    }
  };
})();
