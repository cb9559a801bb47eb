// Keys: one registry for the whole desk. A key that does not act at the moment is listed all the same; single letters are off while one types.
// All keys stand in one line, in the order in which they were typed: those of this page and those that dossiers in frames tell of. A browser hands a
// key to this page before the messages that frames sent earlier, so that this page's own keys are sent as messages too.
(function () {
  "use strict";
  const STROKE_MS = 3000;
  const LONGEST_WAIT_MS = 1000;
  const held = [];
  const line = [];
  let waits = 0; // what has to happen before the next key of the line acts
  let after = null; // a key of two strokes that waits for its second
  let field = null; // the text field that a key has opened: what was typed after that key belongs into it
  let filling = 0; // above nought while keys that were typed before it opened may still be on their way

  const TEXT = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  const typing = (target) => Boolean(target && target.closest && target.closest(TEXT));
  const WITHOUT_LETTER = ["Escape", "Enter"]; // in a field they wait for their turn as letters do
  const plain = (event) => !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey;

  // {key, shift, words, where, spares, run(event), then(key): for keys of two strokes}. `shift` is only told; the key itself is `J`, not `j`.
  // Within elements that match `spares` the key is left to what has the focus.
  function add(entry) {
    held.push(entry);
  }

  // Tries a key at once, whoever saw it; true when it did something. An entry that returns false has left it alone.
  function press({ key }) {
    const dialog = document.querySelector("dialog[open]");
    if (dialog) {
      if (key === "Escape") dialog.close();
      return key === "Escape";
    }
    if (after) {
      const { entry } = after;
      stopWaiting();
      return key === "Escape" || entry.then(key) !== false;
    }
    for (const entry of held) {
      if (entry.key !== key) continue;
      if (entry.then) {
        after = { entry, timer: setTimeout(stopWaiting, STROKE_MS) };
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

  // ---- the line
  const send = (type, key) => window.postMessage({ reviewer: 1, type, key }, "*");

  function take({ key }) {
    line.push(() => (field && field === document.activeElement ? write(key) : act(key)));
    work();
  }

  function work() {
    while (line.length && !waits) line.shift()();
  }

  function act(key) {
    const before = document.activeElement;
    press({ key });
    const now = document.activeElement;
    field = now !== before && typing(now) ? now : null;
    if (!field) return;
    filling++;
    send("filled"); // arrives behind all keys that are on their way
  }

  // A key that comes through the line although a field is open was typed before it opened, or right behind such a one.
  function write(key) {
    if (!WITHOUT_LETTER.includes(key)) document.execCommand("insertText", false, key); // what an input method writes may be longer than a letter
    else if (field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))) {
      if (key === "Escape") act(key); // the field has no use for it
      else if (field.matches("textarea")) document.execCommand("insertText", false, "\n");
    }
  }

  // The next key waits for this promise, but not for ever.
  function hold(promise) {
    waits++;
    let free = () => {
      free = () => undefined;
      waits--;
      work();
    };
    setTimeout(() => free(), LONGEST_WAIT_MS);
    Promise.resolve(promise).then(() => free(), () => free());
  }

  window.addEventListener("message", ({ source, data }) => {
    if (source !== window || !data || data.reviewer !== 1) return;
    if (data.type === "key") take(data);
    else if (data.type === "filled") {
      line.push(() => filling--);
      if (data.key) take(data);
      work();
    }
  });

  // Whether the browser is to leave a key alone is said at once; what it does waits for its turn.
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!plain(event) || !event.isTrusted || (key.length > 1 && key !== "Escape")) return;
    const into = typing(target);
    if ((into && key !== "Escape") || key === " ") return;
    const known = held.filter((entry) => entry.key === key);
    if (known.some(({ spares }) => spares && target.closest && target.closest(spares))) return;
    if (document.querySelector("dialog[open]")) return;
    if (after || known.length) event.preventDefault();
    send("key", key);
  });

  // What is typed into a field while earlier keys are still on their way to it stands behind them.
  function behind(event, key) {
    if (!filling || event.target !== field || !event.isTrusted || !event.cancelable || event.isComposing || !key) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    filling++;
    send("filled", key);
  }

  document.addEventListener("beforeinput", (event) => behind(event, event.inputType === "insertText" && event.data), true);
  document.addEventListener("keydown", (event) => behind(event, WITHOUT_LETTER.includes(event.key) && event.key), true);

  window.Reviewer.keys = { add, press, take, hold, all: () => held.slice() };
})();
