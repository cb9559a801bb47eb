// Desk, order: what stands after what in the queue. Pure. The random order depends on the seed and each number alone, so that who comes later moves nobody.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const STATES = ["unread", "reading", "changed", "graded"];
  const letters = new Intl.Collator("zh-Hant-TW", { numeric: true });
  const byNumber = (one, other) => letters.compare(one.number, other.number);

  // FNV-1a over UTF-16 units, then a finaliser that spreads neighbouring numbers.
  function spread(text) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  desk.newSeed = () => Array.from(crypto.getRandomValues(new Uint8Array(3)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // What was graded and then changed is no longer done with.
  const place = ({ state, changed }) => STATES.indexOf(state === "graded" && changed ? "changed" : state);
  const fits = ({ state, flag, changed }, wanted) =>
    ({ flagged: flag, changed, graded: state === "graded" && !changed })[wanted] ?? state === wanted;

  // `of(number)` is {state, flag, changed}; `choice` is {order, seed, number, type, group, state}.
  desk.ordered = function (dossiers, choice, of) {
    const by = {
      number: byNumber,
      type: (one, other) => letters.compare(one.school_type, other.school_type) || byNumber(one, other),
      group: (one, other) => letters.compare(one.group, other.group) || byNumber(one, other),
      state: (one, other) => place(of(one.number)) - place(of(other.number)) || byNumber(one, other),
    };
    if (choice.order !== "random") return dossiers.slice().sort(by[choice.order] || byNumber);
    const places = new Map(dossiers.map((each) => [each.number, spread(`${choice.seed}:${each.number}`)]));
    return dossiers.slice().sort((one, other) => places.get(one.number) - places.get(other.number) || byNumber(one, other));
  };

  desk.chosen = function (dossiers, choice, of) {
    const wanted = (choice.number || "").trim();
    return dossiers.filter(
      (each) =>
        (!wanted || each.number.includes(wanted)) &&
        (!choice.type || each.school_type === choice.type) &&
        (!choice.group || each.group === choice.group) &&
        (!choice.state || fits(of(each.number), choice.state)),
    );
  };

  // Seconds that the rest will take: the median of those that are done, times those that are not; null before three are done.
  desk.pace = function (seconds, left) {
    const known = seconds.filter((each) => each > 0).sort((one, other) => one - other);
    if (known.length < 3) return null;
    const middle = known.length >> 1;
    return (known.length % 2 ? known[middle] : (known[middle - 1] + known[middle]) / 2) * left;
  };
})();
