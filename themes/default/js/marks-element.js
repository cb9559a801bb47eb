// Elements for the panes of marks. Words enter as text only.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;

  // element("p", {class: "quiet"}, "words", child …): attributes that are false or null are left out, functions are listeners.
  marks.element = function (name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
    return window.Reviewer.sent(made);
  };

  marks.button = (words, click, attributes = {}) => marks.element("button", { type: "button", ...attributes, click }, words);

  const shown = new WeakMap();

  // Children made anew only when what they show is another: a press or a focus on them is not lost to a change elsewhere. True if they were.
  marks.renew = function (parent, shows, make) {
    const text = marks.text(shows);
    if (shown.get(parent) === text) return false;
    shown.set(parent, text);
    parent.replaceChildren(...make().filter(Boolean));
    return true;
  };

  const two = (number) => String(number).padStart(2, "0");

  // 10:42 today, 3 月 28 日 10:42 before.
  marks.clock = function (iso) {
    const then = new Date(iso);
    const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
    if (then.toDateString() === new Date().toDateString()) return time;
    return window.Reviewer.say("{month} 月 {day} 日 {time}", { month: then.getMonth() + 1, day: then.getDate(), time });
  };

  marks.moment = (iso) => marks.element("time", { datetime: iso, title: new Date(iso).toLocaleString() }, marks.clock(iso));

  // Whether single keys belong to what has the focus.
  marks.typing = (target) => target instanceof Element && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);
})();
