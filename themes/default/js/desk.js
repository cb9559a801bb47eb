// Desk: the department's page as a desk. Without its data the page stays the list that it is.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { keys, say } = window.Reviewer;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // Anchor, title and slot of what is being read.
  desk.place = function () {
    const here = desk.reading && desk.reading.here;
    if (!here || here.number !== desk.current()) return null;
    const items = desk.byNumber.get(here.number).items;
    const item = items.find((each) => here.anchor === each.anchor) || items.find((each) => here.anchor.startsWith(each.anchor) && !/^\d/.test(here.anchor.slice(each.anchor.length)));
    const slot = desk.data.slots.find((each) => each.id === here.anchor) || desk.data.slots.find((each) => item && each.id === item.slot);
    const title = item ? item.title : slot ? slot.title : say("摘要");
    return { number: here.number, anchor: here.anchor, entry: item ? item.anchor : "", slot: slot ? slot.id : "", title };
  };

  const views = { dossier: "desk-read", compare: "desk-compare", cohort: "desk-cohort" };

  // A part of the desk that fails says so in its place; the others go on.
  function attempt(id, run) {
    try {
      return run();
    } catch (error) {
      console.error(error);
      if (!byId(id).previousElementSibling?.matches(".broken")) window.Reviewer.broken(byId(id), id);
      return null;
    }
  }

  function show(route, before) {
    root.dataset.view = route.view;
    for (const line of document.querySelectorAll("main > .broken")) line.remove();
    for (const [view, id] of Object.entries(views)) byId(id).hidden = view !== route.view;
    byId("desk-list").hidden = route.view in views;
    byId("main").tabIndex = route.view === "guide" ? 0 : -1; // a page of words alone is scrolled by keyboard
    for (const link of document.querySelectorAll("#desk-views a")) {
      if (link.dataset.view === route.view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const open = { dossier: showDossier, compare: () => desk.compare.open(route), cohort: () => desk.cohort.open() }[route.view] || showList;
    attempt(views[route.view] || "desk-list", () => {
      if (before.view === "compare" && route.view !== "compare") desk.compare?.close();
      if (route.view !== "dossier") desk.queue.mark(null);
      open(route, before);
    });
  }

  function showDossier(route, before) {
    if (desk.cohort) desk.cohort.last = route.number;
    const known = desk.byNumber.has(route.number);
    if (known) desk.unknown.remove();
    else {
      byId("desk-read").prepend(desk.unknown);
      desk.queue.mark(null);
    }
    desk.reading.open(route, before);
    if (!known) document.title = `${say("沒有這份檔案")} · ${desk.title}`;
  }

  function showList(route, before) {
    document.title = desk.title;
    const target = route.view === "guide" ? document.querySelector("#desk-list .guide") : route.anchor ? byId(route.anchor) : null;
    if (target) target.scrollIntoView();
    else if (before.view !== route.view) byId("main").scrollTop = 0;
    if (route.view === "search") byId("search-field")?.focus();
  }

  // Links of the list and of the search lead to the desk's own views; what the search marked is marked in the frame.
  function follow(event) {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (!desk.data || !link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    const address = link.getAttribute("href");
    const [, page, query = "", anchor = ""] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(address) || [];
    const dossier = desk.byPage.get(page);
    if (!dossier || !byId("desk-list").contains(link)) return;
    const marks = new URLSearchParams(query).getAll("mark");
    desk.marksToShow = marks.length ? marks : null;
    desk.go(dossier.number, anchor ? decodeURIComponent(anchor) : "");
    event.preventDefault();
  }

  function addKeys() {
    const { reading, queue, compare } = desk;
    const here = say("閱讀");
    const go = say("在檔案之間");
    const all = say("各處");
    const item = (by) => compare?.step(by) || reading.step(by);
    keys.add({ key: "j", words: say("下一個項目；並排比較時是下一項審查資料"), where: here, run: () => item(1) });
    keys.add({ key: "k", words: say("上一個項目；並排比較時是上一項審查資料"), where: here, run: () => item(-1) });
    keys.add({ key: "g", shown: "g A", words: say("g 再按代碼的字母：到那一項審查資料"), where: here, then: (letter) => reading.section(letter) });
    keys.add({ key: "r", words: say("閱讀畫面裡的文件時，在「閱讀」與原來的檢視方式之間切換"), where: here, run: () => reading.send({ type: "view", view: "reading" }) });
    keys.add({ key: "o", words: say("在調整字型前的原稿與調整後的頁面之間切換（校系開放時才有）"), where: here, run: () => reading.send({ type: "view", view: "original" }) });
    keys.add({ key: "y", words: say("複製目前位置的連結"), where: here, run: () => reading.copy() });
    keys.add({ key: "J", shift: true, words: say("下一份檔案；沒有打開檔案時，打開最近讀過的，或第一份"), where: go, run: () => reading.switchTo(1) });
    keys.add({ key: "K", shift: true, words: say("上一份檔案"), where: go, run: () => reading.switchTo(-1) });
    keys.add({ key: "x", words: say("選入或移出並排比較"), where: go, run: () => reading.pickThis() });
    keys.add({ key: "v", words: say("並排比較選好的檔案"), where: go, run: () => queue.openCompare() });
    keys.add({ key: "/", words: say("搜尋全部檔案與附件"), where: all, run: () => search() });
    keys.add({ key: "[", words: say("收起或展開順序"), where: all, run: () => desk.fold("queue") });
    keys.add({ key: "]", words: say("收起或展開評分"), where: all, run: () => desk.fold("rubric") });
    keys.add({ key: "Escape", words: say("離開輸入，回到檔案；離開檔案或空的搜尋框，回到順序；上下鍵選擇，Enter 打開"), where: all, spares: "dialog", run: () => leave() });
    keys.add({ key: "?", words: say("列出所有按鍵"), where: all, run: () => keys.help() });
  }

  function search() {
    if (desk.route().view !== "search") desk.to("#/search");
    byId("search-field")?.focus();
    return Boolean(byId("search-field"));
  }

  function leave() {
    if (root.dataset.queue === "folded") desk.fold("queue");
    desk.tab("queue");
    desk.queue.focus();
    return true;
  }

  const panes = (data) => ["desk-bar", "queue", "desk-tabs", ...(data.rubric ? ["desk-rubric"] : [])].map(byId);

  function start(bar, data) {
    desk.data = data;
    desk.title = document.title;
    desk.byNumber = new Map(data.dossiers.map((each) => [each.number, each]));
    desk.byPage = new Map(data.dossiers.map((each) => [each.page, each]));
    desk.namesInList = new Map([...document.querySelectorAll("tr[data-applicant]")].map((row) => [row.dataset.applicant, row.querySelector("th a")]));
    root.classList.add("desk-on");
    for (const pane of panes(data)) pane.hidden = false;
    desk.openStore(data);
    keys.hold(desk.settings.ready); // a key that was typed before the marks are there is meant for them
    desk.queue = new desk.Queue(byId("queue"));
    desk.reading = new desk.Reading(byId("desk-read"), desk.queue);
    desk.unknown = desk.nothing(say("沒有這份檔案"), desk.reading.lost);
    desk.compare = attempt("desk-compare", () => new desk.Compare(byId("desk-compare")));
    desk.cohort = attempt("desk-cohort", () => new desk.Cohort(byId("desk-cohort")));
    desk.startPanes(bar, Boolean(data.rubric));
    desk.queue.pick(null);
    desk.onroute(show);
    addKeys();
    byId("desk-keys").addEventListener("click", () => keys.help());
    document.addEventListener("click", follow);
    desk.arrive();
    desk.settings.ready.then((store) => {
      desk.queue.restore();
      if (!store) return;
      let waiting = false; // many changes at once (an import) are one look
      store.onchange((number) => {
        if (number !== null) return desk.queue.refresh(number);
        if (!waiting) requestAnimationFrame(() => { waiting = false; desk.queue.arrange(); });
        waiting = true;
      });
      if (desk.route().view === "cohort") attempt("desk-cohort", () => desk.cohort.open());
    });
  }

  window.Reviewer.register("desk", function (bar) {
    window.Reviewer.given("desk").then((data) => {
      try {
        start(bar, data);
      } catch (error) {
        desk.data = null; // addresses and links are the list's again
        for (const pane of panes(data)) pane.hidden = true;
        for (const id of Object.values(views)) byId(id).hidden = true;
        root.classList.remove("desk-on");
        byId("desk-list").hidden = false;
        console.error(error);
        window.Reviewer.broken(bar, "desk");
      }
    });
  });
})();
