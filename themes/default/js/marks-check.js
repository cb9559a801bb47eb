// Marks: is this a review file of this department and year, within bounds? Pure. Whatever is read from a file is untrusted until it went through here.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  marks.FORMAT = "reviewer-marks";
  marks.VERSION = 1;
  marks.MOST_BYTES = 50 * 1024 * 1024;
  const MOST_LETTERS = 100000;
  const MOST_DOSSIERS = 20000;
  const MOST_FIELDS = 2000;
  const MOST_VERSIONS = 50;
  const MOST_DEVICES = 200;
  const MOST_DEPTH = 6;
  const ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,79}$/;
  const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  // No control characters and no half characters in names; both languages read them alike.
  const NAME = /^[^\u0000-\u001f\u007f]{1,200}$/u;
  // As a key it would not be one.
  const FORBIDDEN = "__proto__";

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isCount = (value, least = 0) => Number.isInteger(value) && value >= least && value <= 1e9;
  const isTime = (value) => typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value));
  const isName = (value) => typeof value === "string" && NAME.test(value) && value !== FORBIDDEN;
  const isHash = (value) => typeof value === "string" && value.length <= 200;

  class Wrong extends Error {}
  const demand = (holds, path) => {
    if (!holds) throw new Wrong(path);
  };

  // Any value: bounded in depth, length and number.
  function bounded(value, path, depth = 0) {
    demand(depth <= MOST_DEPTH, path);
    if (typeof value === "string") demand(value.length <= MOST_LETTERS, path);
    else if (typeof value === "number") demand(value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) <= 1e9), path);
    else if (Array.isArray(value) || isObject(value)) {
      const entries = Object.entries(value);
      demand(entries.length <= MOST_FIELDS, path);
      for (const [key, each] of entries) {
        demand(Array.isArray(value) || isName(key), path);
        bounded(each, `${path}.${key}`, depth + 1);
      }
    }
  }

  function checkValue(field, value, path) {
    const [kind] = marks.partsOf(field);
    const isText = typeof value === "string";
    if (kind === "level") demand(value === null || isText, path);
    else if (kind === "score") demand(value === null || typeof value === "number", path);
    else if (kind === "evidence") {
      demand(value === null || (isObject(value) && typeof value.title === "string" && typeof value.entry === "string"), path);
    } else if (kind === "note" || kind === "flag") demand(isText, path);
    else if (kind === "graded") demand(typeof value === "boolean", path);
  }

  function checkVersion(version, field, path) {
    demand(isObject(version) && "value" in version, path);
    bounded(version, path);
    checkValue(field, version.value, `${path}.value`);
    demand(isTime(version.at), `${path}.at`);
    demand(typeof version.by === "string" && ID.test(version.by), `${path}.by`);
    demand(typeof version.on === "string" && version.on.length <= 200, `${path}.on`);
    demand(isObject(version.seen), `${path}.seen`);
    const seen = Object.entries(version.seen);
    demand(seen.length <= MOST_DEVICES && seen.every(([device, counter]) => ID.test(device) && isCount(counter)), `${path}.seen`);
    demand(Object.hasOwn(version.seen, version.by), `${path}.seen`);
  }

  function checkDossier(dossier, path) {
    demand(isObject(dossier) && isObject(dossier.bases) && isObject(dossier.reading) && isObject(dossier.fields), path);
    const { bases, reading, fields, ...others } = dossier;
    bounded(others, path);
    for (const [hash, slots] of Object.entries(bases)) {
      demand(isName(hash) && isObject(slots) && Object.entries(slots).every(([slot, its]) => isName(slot) && isHash(its)), `${path}.bases`);
    }
    for (const [device, its] of Object.entries(reading)) {
      const right = ID.test(device) && isObject(its) && isTime(its.first) && isTime(its.last) && isCount(its.seconds) && isCount(its.turn, 1);
      demand(right, `${path}.reading.${device}`);
    }
    const list = Object.entries(fields);
    demand(list.length <= MOST_FIELDS, `${path}.fields`);
    for (const [field, versions] of list) {
      demand(isName(field) && Array.isArray(versions) && versions.length >= 1 && versions.length <= MOST_VERSIONS, `${path}.fields.${field}`);
      versions.forEach((version, at) => checkVersion(version, field, `${path}.fields.${field}[${at}]`));
    }
  }

  function checkShape(file) {
    demand(isObject(file.rubric) && typeof file.rubric.id === "string" && typeof file.rubric.sha256 === "string", "rubric");
    demand(isObject(file.rater) && typeof file.rater.id === "string" && ID.test(file.rater.id), "rater.id");
    demand(typeof file.rater.name === "string" && file.rater.name.length <= 200, "rater.name");
    demand(isTime(file.saved_at), "saved_at");
    demand(isObject(file.dossiers), "dossiers");
    const all = Object.entries(file.dossiers);
    demand(all.length <= MOST_DOSSIERS, "dossiers");
    for (const [number, dossier] of all) {
      demand(isName(number), "dossiers");
      checkDossier(dossier, `dossiers.${number}`);
    }
  }

  // null if it is sound, else {reason, detail}: not-json, format, version, department, year, reread, first, shape, too-large.
  marks.check = function (file, { department, admissionYear, reread }) {
    if (!isObject(file) || file.format !== marks.FORMAT) return { reason: "format", detail: "" };
    if (file.version !== marks.VERSION) return { reason: "version", detail: String(file.version) };
    if (!isObject(file.department) || typeof file.department.code !== "string") return { reason: "shape", detail: "department" };
    if (file.department.code !== department) return { reason: "department", detail: file.department.code };
    if (file.admission_year !== admissionYear) return { reason: "year", detail: String(file.admission_year) };
    if (file.reread === true && !reread) return { reason: "reread", detail: "" };
    if (file.reread !== true && reread) return { reason: "first", detail: "" };
    try {
      checkShape(file);
    } catch (error) {
      if (error instanceof Wrong) return { reason: "shape", detail: error.message };
      throw error;
    }
    return null;
  };

  // A file's text, parsed and checked: {file} or {reason, detail}.
  marks.parse = function (text, wanted) {
    if (text.length > marks.MOST_BYTES) return { reason: "too-large", detail: "" };
    let file;
    try {
      file = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch {
      return { reason: "not-json", detail: "" };
    }
    const wrong = marks.check(file, wanted);
    return wrong || { file };
  };

  // Why a file is refused, for people.
  marks.refusal = function ({ reason, detail }, { department, admissionYear }) {
    const say = window.Reviewer.say;
    return {
      "not-json": () => say("這個檔案讀不出來：不是評分檔案，或沒有存完整。請選這個網頁存下的 .json。"),
      format: () => say("這不是評分檔案。請選這個網頁存下的 .json。"),
      version: () => say("這個檔案的格式是第 {version} 版，這裡只讀得懂第 1 版。請向校系索取新的資料夾。", { version: detail }),
      department: () => say("這是校系 {other} 的評分，這裡是 {own}，沒有讀入。請到那個校系的資料夾讀入。", { other: detail, own: department }),
      year: () => say("這是 {other} 學年度的評分，這裡是 {own} 學年度，沒有讀入。", { other: detail, own: admissionYear }),
      reread: () => say("這是再閱資料夾的評分，這裡是校系的資料夾，沒有讀入。請到再閱的資料夾讀入。"),
      first: () => say("這是第一次閱讀的評分，這裡是再閱的資料夾，沒有讀入。再閱的評分是獨立的；請讀入在再閱資料夾存下的檔案。"),
      shape: () => say("這個檔案的內容不合格式（{place}），沒有讀入。檔案可能被改過，請選原來存下的檔案。", { place: detail }),
      "too-large": () => say("這個檔案超過 50 MB，不是評分檔案。"),
    }[reason]();
  };
})();
