// Keys: one registry for the whole desk. A key that does not act at the moment is listed all the same; single letters are off while one types.
(function () {
  "use strict";
  const { say } = window.Reviewer;
  const WAIT_MS = 3000;
  const held = [];
  let after = null; // a key of two strokes that waits for its second
  let dialog = null;

  const typing = (target) => Boolean(target && target.closest && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));

  // {key, shift, words, where, run(event), then(key): for keys of two strokes}. `shift` is only told; the key itself is `J`, not `j`.
  function add(entry) {
    held.push(entry);
  }

  // Tries a key, whoever saw it; true when it did something. An entry that returns false has left it alone.
  function press({ key }) {
    if (dialog && dialog.open) return false;
    if (after) {
      const { entry } = after;
      stopWaiting();
      return key === "Escape" || entry.then(key) !== false;
    }
    for (const entry of held) {
      if (entry.key !== key) continue;
      if (entry.then) {
        after = { entry, timer: setTimeout(stopWaiting, WAIT_MS) };
        return true;
      }
      if (entry.run && entry.run({ key }) !== false) return true;
    }
    return false;
  }

  function stopWaiting() {
    if (after) clearTimeout(after.timer);
    after = null;
  }

  const shown = (key) => ({ Escape: "Esc", ArrowDown: "↓", ArrowUp: "↑", " ": say("空白鍵") })[key] || key;

  function line(entries) {
    const row = document.createElement("div");
    const keys = document.createElement("dt");
    const words = document.createElement("dd");
    entries.forEach((entry) => {
      const key = document.createElement("kbd");
      key.textContent = entry.shown || shown(entry.key);
      keys.append(key, " ");
    });
    words.textContent = entries[0].words;
    row.append(keys, words);
    return row;
  }

  // Keys with the same words stand on one line (1 to 9), lines with the same place under one heading.
  function fill(list) {
    const places = new Map();
    for (const entry of held.filter((each) => each.words)) {
      const lines = places.get(entry.where || "") || new Map();
      places.set(entry.where || "", lines.set(entry.words, [...(lines.get(entry.words) || []), entry]));
    }
    list.replaceChildren();
    for (const [where, lines] of places) {
      const heading = document.createElement("h3");
      const terms = document.createElement("dl");
      heading.textContent = where === "dossier" ? say("評分") : where || say("各處");
      terms.append(...[...lines.values()].map(line));
      list.append(heading, terms);
    }
  }

  function makeDialog() {
    dialog = document.createElement("dialog");
    dialog.id = "keys-dialog";
    dialog.setAttribute("aria-labelledby", "keys-title");
    const heading = document.createElement("h2");
    heading.id = "keys-title";
    heading.textContent = say("按鍵");
    const note = document.createElement("p");
    note.className = "quiet";
    note.textContent = say("正在輸入文字時，單一字母不作用；按 Esc 離開輸入。每個按鍵都有對應的按鈕。");
    const list = document.createElement("div");
    list.id = "keys-list";
    const head = document.createElement("header");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = say("關閉");
    close.addEventListener("click", () => dialog.close());
    head.append(heading, close);
    dialog.append(head, note, list);
    dialog.addEventListener("close", () => document.documentElement.removeAttribute("data-keys"));
    document.body.append(dialog);
  }

  function help() {
    if (!dialog) makeDialog();
    fill(dialog.querySelector("#keys-list"));
    document.documentElement.dataset.keys = "shown"; // hints beside what the keys press become plain
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) && event.key !== "Escape") return;
    if (event.key.length > 1 && event.key !== "Escape") return;
    if (press(event)) event.preventDefault();
  });

  window.Reviewer.keys = { add, press, help, all: () => held.slice() };
})();
