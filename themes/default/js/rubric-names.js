// Rubric: what fields, values and places are called.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const { say } = window.Reviewer;

  marks.dossierOf = (desk, number) => desk.dossiers.find((each) => each.number === number) || null;

  // The item that an anchor belongs to: J-2 for J-2a-p3.
  marks.itemAt = function (desk, number, anchor) {
    const items = (marks.dossierOf(desk, number) || { items: [] }).items || [];
    const holds = (item) => anchor === item.anchor || (anchor.startsWith(item.anchor) && /^[a-z-]/.test(anchor.slice(item.anchor.length)));
    return items.filter(holds).sort((one, other) => other.anchor.length - one.anchor.length)[0] || null;
  };

  // {title, entry} of a place in a dossier: item and page, or the section.
  marks.placeName = function (desk, number, anchor) {
    const item = marks.itemAt(desk, number, anchor);
    const page = /-p(\d+)$/.exec(anchor);
    if (item) {
      const named = item.title.startsWith(item.anchor) ? item.title : `${item.anchor} ${item.title}`;
      return { title: page ? `${named} ${say("第 {page} 頁", { page: page[1] })}` : named, entry: item.anchor };
    }
    const slot = (desk.slots || []).find((each) => each.id === anchor || (each.label && anchor.startsWith(`${each.label}-`)));
    if (!slot) return { title: anchor === "cover" || !anchor ? say("摘要") : anchor, entry: "" };
    return { title: slot.title.startsWith(slot.label) ? slot.title : `${slot.label} ${slot.title}`, entry: "" };
  };

  marks.dimensionName = (rubric, id) => (rubric.dimensions.find((each) => each.id === id) || { name: id }).name;

  marks.fieldName = function (store, number, field) {
    const [kind, name, anchor] = marks.partsOf(field);
    const dimension = name && marks.dimensionName(store.rubric, name);
    const item = kind === "note" && name ? marks.placeName(store.desk, number, name).title : "";
    return {
      level: () => say("{dimension}：等第", { dimension }),
      score: () => say("{dimension}：分數", { dimension }),
      evidence: () => say("{dimension}：依據 {place}", { dimension, place: anchor }),
      note: () => (item ? say("{item} 的筆記", { item }) : say("整份檔案的筆記")),
      flag: () => say("標記"),
      graded: () => say("是否評完"),
    }[kind]?.() ?? field;
  };

  marks.valueName = function (store, field, value) {
    const [kind] = marks.partsOf(field);
    if (value === null || value === "") return say("（空白）");
    if (kind === "level") return (marks.levelOf(store.rubric, value) || { name: say("{id}（現在的尺規沒有這個等第）", { id: value }) }).name;
    if (kind === "graded") return value ? say("已評完") : say("還沒有評完");
    if (kind === "evidence") return value.title;
    return String(value);
  };

  marks.deviceName = (store, by) =>
    by.split("~")[0] === store.keeper.device
      ? by.includes("~") ? say("這台電腦，另一個分頁") : say("這台電腦")
      : say("另一台電腦（{id}）", { id: by.slice(2, 6) });

  marks.number = (value) => String(Math.round(value * 10) / 10);
})();
