// Marks: the versions of one field, and how two lists of them become one. Pure. reviewer/marks/versions.py is the same rule; tests/marks_cases
// holds the two together. A version knows by `seen` which others its author had before him; what nobody has seen past stays side by side.
(function () {
  "use strict";
  const marks = (window.Reviewer.marks = window.Reviewer.marks || {});

  const sorted = (value) => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    // A list of pairs, since an object would put keys that look like numbers first.
    return new Map(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
  };

  const written = (value) => {
    if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
    if (value instanceof Map) return `{${[...value].map(([key, of]) => `${JSON.stringify(key)}:${written(of)}`).join(",")}}`;
    return JSON.stringify(value);
  };

  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

  // The canonical JSON text: keys in order, no blanks, ASCII only, as Python's json.dumps writes it.
  marks.text = (value) => written(sorted(value)).replace(/[\x7f-\uffff]/g, escaped);

  // How far someone's versions are known; names of devices may be anything, also names that every object has.
  const counter = (seen, device) => (Object.hasOwn(seen, device) ? seen[device] : 0);

  // What came after `other`, knowing all of it.
  marks.dominates = function (one, other) {
    let more = false;
    for (const device of new Set([...Object.keys(one.seen), ...Object.keys(other.seen)])) {
      const [mine, its] = [counter(one.seen, device), counter(other.seen, device)];
      if (mine < its) return false;
      more = more || mine > its;
    }
    return more;
  };

  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  const order = ([text, one], [otherText, other]) =>
    compare(other.at, one.at) || compare(one.by, other.by) || counter(other.seen, other.by) - counter(one.seen, one.by) || compare(text, otherText);

  // The union of two lists without doubles and without what another version has seen, newest first.
  marks.mergeVersions = function (one, other) {
    const all = new Map([...one, ...other].map((version) => [marks.text(version), version]));
    const versions = [...all.values()];
    const left = [...all].filter(([, version]) => !versions.some((each) => marks.dominates(each, version)));
    return left.sort(order).map(([, version]) => version);
  };

  // The values that differ, newest first: more than one is a conflict.
  marks.differing = (list) => [...new Map(list.map((version) => [marks.text(version.value), version.value])).values()];

  marks.inConflict = (list) => list.length > 1 && marks.differing(list).length > 1;

  // What has been seen by whoever looks at these versions.
  marks.join = function (list) {
    const seen = {};
    for (const version of list) {
      for (const [device, known] of Object.entries(version.seen)) seen[device] = Math.max(counter(seen, device), known);
    }
    return seen;
  };

  // A new version after those that were shown.
  marks.nextVersion = function (shown, { value, at, by, on }) {
    const seen = marks.join(shown);
    seen[by] = counter(seen, by) + 1;
    return { value, at, by, seen, on };
  };

  // Someone else wrote under this author's name meanwhile: another tab of the same browser.
  marks.clashes = (list, version) => {
    const text = marks.text(version);
    return list.some((each) => counter(each.seen, version.by) >= version.seen[version.by] && marks.text(each) !== text);
  };
})();
