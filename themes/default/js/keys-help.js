// Keys, the list of them: a dialog with every key of the registry, by what it is for.
(function () {
  "use strict";
  const { keys, say } = window.Reviewer;
  let dialog = null;

  const shown = (key) => ({ Escape: "Esc", ArrowDown: "↓", ArrowUp: "↑", " ": say("空白鍵") })[key] || key;

  function line(entries) {
    const row = document.createElement("div");
    const terms = document.createElement("dt");
    const words = document.createElement("dd");
    entries.forEach((entry) => {
      const key = document.createElement("kbd");
      key.textContent = entry.shown || shown(entry.key);
      terms.append(key, " ");
    });
    words.textContent = entries[0].words;
    row.append(terms, words);
    return row;
  }

  // Keys with the same words stand on one line (1 to 9), lines with the same place under one heading.
  function fill(list) {
    const places = new Map();
    for (const entry of keys.all().filter((each) => each.words)) {
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
    note.textContent = say("正在輸入文字時，單一字母不作用；按 Esc 離開輸入。不用按鍵，以滑鼠或觸控也都做得到。");
    const list = document.createElement("div");
    list.id = "keys-list";
    const head = document.createElement("div");
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

  keys.help = help;
})();
