// Search, loading: the files in data/ are inserted as scripts when they are needed, since a page opened from file:// may not fetch.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const LINES_AT_ONCE = 40;

  function insert(address) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = true;
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
      document.head.appendChild(script);
    });
  }

  // Loads all search files; calls report({state, done, total, missing}) whenever one has come. States: loading, ready, absent, other-version.
  search.load = function (folder, report) {
    const missing = [];
    let done = 0;
    return insert(`${folder}search.js`).then((there) => {
      if (!there || !search.state.format) return report({ state: "absent", done, total: 0, missing });
      if (!search.state.tables) return report({ state: "other-version", done, total: 0, missing });
      const shards = search.state.tables.shards;
      const tell = (state) => report({ state, done, total: shards.length, missing });
      tell("loading");
      const each = shards.map(([name, count], index) =>
        insert(folder + name).then((came) => {
          done++;
          if (!search.state.ended.has(String(index).padStart(2, "0"))) missing.push({ name, count, came });
          if (done < shards.length) tell("loading");
        }),
      );
      return Promise.all(each).then(() => tell("ready"));
    });
  };

  // Reads the lists of places ahead, a few dossiers at a time, so that the first query with a field need not.
  search.readAhead = function (finished) {
    const waiting = search.loaded().filter((dossier) => !dossier.places);
    const step = () => {
      waiting.splice(-LINES_AT_ONCE).forEach(search.placesOf);
      if (waiting.length) setTimeout(step, 0);
      else finished();
    };
    step();
  };
})();
