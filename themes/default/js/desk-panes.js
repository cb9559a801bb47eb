// Desk, panes: queue and rubric fold away; on a narrow window the three panes are tabs.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const { say } = window.Reviewer;
  const root = document.documentElement;
  const NARROW = window.matchMedia("(max-width: 839px)");
  const ROOMY_PX = 1200;

  const words = { queue: () => [say("收起順序"), say("展開順序")], rubric: () => [say("收起評分"), say("展開評分")] };
  const keys = { queue: "[", rubric: "]" };
  const handles = {};

  function show(pane, open) {
    root.dataset[pane] = open ? "open" : "folded";
    const handle = handles[pane];
    handle.setAttribute("aria-expanded", String(open));
    handle.setAttribute("aria-label", words[pane]()[open ? 0 : 1]);
    handle.title = `${words[pane]()[open ? 0 : 1]} ${keys[pane]}`;
  }

  function turn(pane, open) {
    show(pane, open);
    desk.settings.set("panes", { queue: root.dataset.queue, rubric: root.dataset.rubric });
  }

  desk.fold = function (pane) {
    if (!handles[pane] || handles[pane].hidden || NARROW.matches) return false;
    turn(pane, root.dataset[pane] !== "open");
    return true;
  };

  // Into sight, whatever the window shows now: what a key does there shall be seen. False where the pane has no place.
  desk.reveal = function (pane) {
    if (!handles[pane] || handles[pane].hidden) return false;
    if (NARROW.matches) desk.tab(pane);
    else if (root.dataset[pane] !== "open") turn(pane, true);
    return true;
  };

  // Back to the dossier, where a tab covers it.
  desk.uncover = function () {
    if (NARROW.matches) desk.tab("middle");
  };

  // On a narrow window the tab that is shown is the page's main part: what is hidden is none.
  const parts = { queue: ["queue", "navigation"], rubric: ["desk-rubric", "complementary"] };
  function partsOfPage() {
    for (const [tab, [id, role]] of Object.entries(parts)) document.getElementById(id).setAttribute("role", NARROW.matches && root.dataset.tab === tab ? "main" : role);
  }
  NARROW.addEventListener("change", partsOfPage);

  desk.tab = function (name) {
    root.dataset.tab = name;
    partsOfPage();
    for (const button of document.querySelectorAll("#desk-tabs button")) {
      if (button.dataset.tab === name) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  };

  desk.startPanes = function (bar, withRubric) {
    for (const pane of ["queue", ...(withRubric ? ["rubric"] : [])]) {
      const handle = desk.element("button", { type: "button", id: `fold-${pane}`, "aria-controls": pane === "queue" ? "queue" : "desk-rubric", "aria-keyshortcuts": keys[pane] }, desk.hint(keys[pane]));
      handles[pane] = handle;
      if (pane === "queue") bar.prepend(handle);
      else bar.append(handle);
      handle.addEventListener("click", () => desk.fold(pane));
      show(pane, window.innerWidth >= ROOMY_PX);
    }
    const menu = desk.more(bar, say("選單"), { id: "desk-menu", "aria-controls": "desk-views" });
    bar.prepend(menu);
    desk.tab("middle");
    for (const button of document.querySelectorAll("#desk-tabs button")) button.addEventListener("click", () => desk.tab(button.dataset.tab));
    desk.settings.ready.then(() => {
      const kept = desk.settings.get("panes");
      if (kept) for (const pane of Object.keys(handles)) if (kept[pane]) show(pane, kept[pane] === "open");
    });
    desk.onroute((route) => {
      const rated = route.view === "dossier" && withRubric && desk.byNumber.has(route.number);
      root.toggleAttribute("data-rated", rated);
      menu.turn(false);
      if (handles.rubric) handles.rubric.hidden = !rated;
      document.querySelector('#desk-tabs [data-tab="rubric"]').disabled = !rated;
      desk.tab("middle");
    });
  };
})();
