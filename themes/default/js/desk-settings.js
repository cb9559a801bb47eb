// Desk, small things that are kept: panes, order, seed, and the place in each dossier. In the marks' store where there is one, else for this visit.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const here = new Map();
  let store = null;

  desk.settings = {
    // Resolves once what was kept can be read.
    ready: null,
    get: (name) => (here.has(name) ? here.get(name) : store && store.setting ? store.setting(name) : undefined),
    set(name, value) {
      here.set(name, value);
      if (store && store.setSetting) store.setSetting(name, value);
    },
  };
  desk.store = () => store;

  desk.openStore = function (data) {
    const { marks } = window.Reviewer;
    if (!data.rubric || !marks || !marks.open) {
      desk.settings.ready = Promise.resolve(null);
      return;
    }
    desk.settings.ready = Promise.resolve(marks.open(data)).then((opened) => {
      store = opened;
      for (const [name, value] of here) store.setSetting(name, value);
      return store;
    }).catch((error) => {
      console.error(error);
      window.Reviewer.broken(document.getElementById("main"), "marks"); // one reads on, without marks
      return null;
    });
  };

  // The place in a dossier: the anchor that was read last and how far within it.
  desk.placeOf = (number) => desk.settings.get(`place:${number}`) || null;
  desk.setPlace = (number, place) => desk.settings.set(`place:${number}`, place);
})();
