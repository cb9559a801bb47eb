// Search: the component. Answers while one types and while files still load; never while an input method is composing.
(function () {
  "use strict";
  const search = (window.reviewerSearch = window.reviewerSearch || {});
  const { say } = window.Reviewer;
  const DOSSIERS_SHOWN = 20;
  const FACETS_AFTER_MS = 120;
  const FACETS_AT_ONCE = 60;
  const SPEAK_AFTER_MS = 400;
  const AGAIN_AFTER_MS = 200;

  window.Reviewer.register("search", function (section) {
    const find = (selector) => section.querySelector(selector);
    const field = find("input");
    const [status, said, facetBox, list, more] = [".search-status", ".search-said", ".search-facets", ".search-results", ".search-more"].map(find);
    let progress = { state: "idle", done: 0, total: 0, missing: [] };
    let composing = false;
    let found = [];
    let query = null;
    let shown = 0;
    let turn = 0;
    let speaking = 0;
    let unread = 0;
    let answered = 0;
    section.hidden = false;

    function begin() {
      if (progress.state !== "idle") return;
      progress = { ...progress, state: "loading" };
      search.load(section.dataset.searchFolder, (now) => {
        progress = now;
        if (now.state === "ready") search.readAhead(countUnread);
        if (now.state !== "loading" || !found.length || performance.now() - answered > AGAIN_AFTER_MS) answer(true);
        else speak();
      });
    }

    function countUnread() {
      const pages = search.loaded().flatMap((dossier) => search.placesOf(dossier));
      unread = pages.filter((place) => place.health === "scan" || place.health === "garbled").length;
      speak();
    }

    // `again` is true when more files have come, so that what is open and focused stays as it is where it can.
    function answer(again) {
      if (composing) return;
      turn++;
      answered = performance.now();
      const written = field.value;
      remember(written);
      query = search.state.tables ? search.parseQuery(written) : null;
      const idle = !written.trim();
      found = query && !query.error && !idle ? search.evaluate(query) : [];
      section.dataset.searchState = progress.state;
      if (!again || !list.contains(document.activeElement)) show(idle);
      tellProblems(idle);
      speak();
      if (found.length) setTimeout(facets, FACETS_AFTER_MS, turn);
      else facetBox.hidden = true;
    }

    function show(idle) {
      shown = 0;
      list.replaceChildren();
      if (idle) more.hidden = true;
      else showMore();
    }

    function showMore() {
      const next = found.slice(shown, shown + DOSSIERS_SHOWN);
      list.append(...next.map((each) => search.dossierItem(each, query.terms)));
      shown += next.length;
      more.hidden = shown >= found.length;
      more.textContent = say("再列 {n} 份", { n: Math.min(DOSSIERS_SHOWN, found.length - shown) });
    }

    function tellProblems(idle) {
      const lines = [];
      if (query && !idle) {
        const text = search.state.tables.words;
        const codes = [query.error, ...query.notes].filter((code) => code && code !== "query-empty");
        lines.push(...codes.map((code) => text[code].replace("{word}", query.word)));
      }
      if (progress.state === "absent") lines.push(say("找不到搜尋資料（data/search.js）。請確認已複製整個校系資料夾，並已完整解壓縮。"));
      if (progress.state === "other-version") lines.push(say("搜尋資料由另一版本的 reviewer 製作。請重新複製整個校系資料夾。"));
      for (const { name, count, came } of progress.missing) {
        const what = came ? say("不完整或不屬於這次製作") : say("不在資料夾中");
        lines.push(say("搜尋資料 data/{name} {what}，其中 {n} 份檔案搜尋不到；其餘照常。請重新複製整個校系資料夾。", { name, what, n: count }));
      }
      said.replaceChildren(...lines.map((line) => search.element("p", "", line)));
    }

    // One calm line, also for screen readers: said once typing pauses.
    function speak() {
      clearTimeout(speaking);
      speaking = setTimeout(() => (status.textContent = sentence()), SPEAK_AFTER_MS);
    }

    function sentence() {
      const loading = progress.state === "loading" ? say("正在讀取搜尋資料（{done}／{total}）。", { done: progress.done, total: progress.total || "…" }) : "";
      if (!field.value.trim() || !query || query.error) return loading || rest();
      if (!found.length) return loading ? joined(say("目前沒有找到。"), loading) : joined(say("沒有找到。"), rest());
      const hits = found.reduce((sum, each) => sum + each.occurrences, 0);
      const counted = query.terms.length ? say("，共出現 {n} 次", { n: hits.toLocaleString("en-US") }) : "";
      if (loading) return joined(say("目前找到 {n} 份檔案{counted}。", { n: found.length, counted }), loading);
      return joined(say("找到 {n} 份檔案{counted}。", { n: found.length, counted }), rest());
    }

    const rest = () => (unread ? say("有 {n} 頁附件沒有文字（掃描或亂碼），搜尋不到，請直接翻閱。", { n: unread.toLocaleString("en-US") }) : "");
    const joined = (one, other) => (other ? say("{one}{other}", { one, other }) : one);

    function facets(of) {
      const counts = { code: new Map(), source: new Map(), semester: new Map(), has: new Map() };
      const waiting = found.slice();
      const { terms } = query;
      const step = () => {
        if (of !== turn) return;
        waiting.splice(-FACETS_AT_ONCE).forEach((each) => search.addFacets(counts, each, terms));
        if (waiting.length) return void setTimeout(step, 0);
        if (facetBox.contains(document.activeElement)) return;
        facetBox.replaceChildren(...search.facetGroups(counts, query, pick));
        facetBox.hidden = !facetBox.children.length;
      };
      step();
    }

    function pick(name, value) {
      const part = `${name}:${value}`;
      const words = field.value.split(/\s+/).filter(Boolean);
      const kept = words.filter((word) => word.toLowerCase() !== part.toLowerCase());
      field.value = (kept.length === words.length ? [...words, part] : kept).join(" ");
      field.focus();
      answer(false);
    }

    // The query stands in the address, so that coming back from a dossier finds it again.
    function remember(written) {
      const hash = written.trim() ? `#q=${encodeURIComponent(written)}` : "";
      if (hash !== location.hash && (hash || location.hash.startsWith("#q="))) {
        history.replaceState(null, "", hash || location.pathname + location.search);
      }
    }

    function restore() {
      if (!location.hash.startsWith("#q=")) return;
      try {
        field.value = decodeURIComponent(location.hash.slice(3));
      } catch {
        return;
      }
      begin();
      answer(false);
    }

    const links = () => [...list.querySelectorAll("a")];
    function move(step) {
      const all = links();
      const at = all.indexOf(document.activeElement) + step;
      if (at < 0) field.focus();
      else if (all[at]) all[at].focus();
    }

    field.addEventListener("focus", begin);
    field.addEventListener("compositionstart", () => (composing = true));
    field.addEventListener("compositionend", () => {
      composing = false;
      answer(false);
    });
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      begin();
      answer(false);
    });
    more.addEventListener("click", () => {
      const first = shown;
      showMore();
      list.children[first].querySelector("a").focus();
    });
    section.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const inField = event.target === field;
      if (!inField && !list.contains(event.target)) return;
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp" && !inField) move(-1);
      else if (event.key === "Enter" && inField && links().length) links()[0].focus();
      else if (event.key === "Escape" && !inField) field.focus();
      else if (event.key === "Escape" && field.value) {
        field.value = "";
        answer(false);
      } else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      if (event.defaultPrevented || event.key !== "/" || typing || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
    window.addEventListener("hashchange", restore);
    restore();
  });
})();
