// Saved: one calm line that is always there: what is saved where and since when, and how many changes are in no file yet.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  // {tone: "calm" | "ask" | "alarm", words, act: [words, run] | null}. A change that the line counts as kept is kept, whatever happens the moment after.
  marks.savedLine = function (store) {
    const { fault, savedAt, pending, unfiled, safe, file, begun } = store.status();
    const at = savedAt ? marks.clock(savedAt) : "";
    const state = marks.fileState();
    if (fault && fault.kind === "absent") {
      const words = unfiled
        ? say("這個瀏覽器不保存這個頁面的資料（私密視窗，或已停用）：{n} 項變更只在這個頁面裡。關閉之前，請存成檔案。", { n: unfiled })
        : say("這個瀏覽器不保存這個頁面的資料（私密視窗，或已停用）。可以評分，關閉之前請存成檔案。");
      return { tone: unfiled ? "alarm" : "ask", words };
    }
    if (fault) {
      return { tone: "alarm", words: say("{time} 起有 {n} 項變更沒能存進瀏覽器，還留在這個頁面裡，正在重試。請不要關閉；也可以先存成檔案。", { time: marks.clock(fault.since), n: Math.max(pending, 1) }) };
    }
    if (state.kind === "foreign") return { tone: "alarm", words: say("檔案裡現在是別的內容，沒有覆寫：{why} 評分仍在這個瀏覽器（{time}）。", { why: state.name, time: at }) };
    if (state.kind === "failed") return { tone: "alarm", words: say("{since} 起寫不進檔案「{name}」。評分仍在這個瀏覽器（{time}），{n} 項變更不在檔案裡。", { since: marks.clock(state.since), name: file ? file.name : "", time: at, n: unfiled }) };
    if (!begun) return { tone: "calm", words: say("還沒有評分。每一項都會立刻存在這個瀏覽器。") };
    if (state.kind === "asks") return { tone: "ask", words: say("{time} 已存在這個瀏覽器；要繼續寫入「{name}」，請允許一次。{n} 項變更還不在檔案裡。", { time: at, name: file ? file.name : "", n: safe }) };
    if (file && file.kind === "held" && !unfiled) return { tone: "calm", words: say("{time} 已存在這個瀏覽器和「{name}」。", { time: marks.clock(file.at), name: file.name }) };
    if (file && file.kind === "held") return { tone: "calm", words: say("{time} 已存在這個瀏覽器，正在寫入「{name}」：{n} 項。", { time: at, name: file.name, n: safe }) };
    if (file && !unfiled) return { tone: "calm", words: say("{time} 已存在這個瀏覽器，全部在檔案「{name}」裡（{filed}）。", { time: at, name: file.name, filed: marks.clock(file.at) }) };
    return { tone: "calm", words: say("{time} 已存在這個瀏覽器；{n} 項變更還沒有存成檔案。", { time: at, n: safe }) };
  };

  // As long as nothing is to be done.
  marks.savedShort = function (store) {
    const { savedAt, safe, begun } = store.status();
    if (!begun || !savedAt) return say("還沒有評分");
    const time = marks.clock(savedAt);
    return safe ? say("{time} 已存，{n} 項未存檔", { time, n: safe }) : say("{time} 已存", { time });
  };

  function begin(root, store) {
    const line = marks.element("span", { class: "saved-line", id: "saved-line" });
    const alert = marks.element("span", { class: "visually-hidden", role: "alert" });
    const panel = new marks.SavedPanel(store);
    const open = marks.button(say("存檔"), () => panel.open(), { class: "saved-open", "aria-haspopup": "dialog", "aria-describedby": "saved-line" });
    const act = marks.button("", () => marks.writeFile(store, { ask: true }), { class: "saved-act", hidden: true });
    const short = marks.element("span", { class: "saved-short", "aria-hidden": "true" }); // in place of the line on a narrow window, while all is well
    root.replaceChildren(line, short, alert, act, open, panel.dialog);
    let tone = "";

    function update() {
      const told = marks.savedLine(store);
      line.textContent = told.words;
      short.textContent = marks.savedShort(store);
      root.setAttribute("data-tone", told.tone);
      // Said aloud only when it begins to matter, not with every change.
      if (told.tone !== tone) alert.textContent = told.tone === "calm" ? "" : told.words;
      tone = told.tone;
      const state = marks.fileState().kind;
      act.hidden = !["asks", "failed"].includes(state);
      act.textContent = state === "asks" ? say("允許寫入") : say("再試一次");
      const torn = store.numbers().reduce((sum, number) => sum + store.values(number).conflicts.length, 0);
      open.textContent = torn ? say("存檔（{n} 處待選擇）", { n: torn }) : say("存檔");
      panel.update();
    }

    store.onchange(update);
    setInterval(update, 60000);
    update();
    marks.resume(store).catch(() => undefined);
    // Only where leaving would lose something: what the browser has kept is there again.
    window.addEventListener("beforeunload", (event) => {
      const { fault, unfiled } = store.status();
      if (!fault || !unfiled) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }

  window.Reviewer.register("saved", (root) => {
    marks.ready
      .then((store) => begin(root, store))
      .catch((error) => {
        // Without this line nobody would know whether anything is saved.
        console.error(error);
        root.replaceChildren(marks.element("p", { class: "broken", role: "alert" }, say("存檔欄無法啟動，評分可能沒有保存。請重新開啟這個頁面。")));
      });
  });
})();
