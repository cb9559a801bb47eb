// Desk, elements: made by name; words enter as text only.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const SVG = "http://www.w3.org/2000/svg";

  function set(made, attributes) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    return made;
  }

  desk.element = function (name, attributes, ...children) {
    const made = set(document.createElement(name), attributes);
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return window.Reviewer.sent(made);
  };
  desk.svg = function (name, attributes, ...children) {
    const made = set(document.createElementNS(SVG, name), attributes);
    made.append(...children);
    return made;
  };
  desk.button = function (words, run, attributes, key) {
    const made = desk.element("button", { type: "button", "aria-keyshortcuts": key, ...attributes }, words);
    if (key) made.append(" ", desk.hint(key));
    made.addEventListener("click", run);
    return made;
  };
  // Words where there is room for them, a sign where there is not; the name is the words either way.
  desk.signed = (words, sign, run, attributes, key) =>
    desk.button(desk.element("span", { "data-wide": true }, words), run, { "aria-label": words, "data-sign": sign, ...attributes }, key);
  // On a narrow window the rest of a line stands behind this button.
  desk.more = function (home, words, attributes) {
    const more = desk.button(words, () => more.turn(!home.hasAttribute("data-more")), { "aria-expanded": "false", ...attributes });
    more.turn = (open) => {
      home.toggleAttribute("data-more", open);
      more.setAttribute("aria-expanded", String(open));
    };
    return more;
  };
  // What a view without anything to show has all the same: its heading, and a way on.
  desk.nothing = (title, ...lines) => desk.element("div", { class: "nothing" }, desk.element("h1", {}, title), ...lines, desk.element("p", {}, desk.element("a", { href: "#/" }, window.Reviewer.say("回到名單"))));
  desk.hint = (key) => desk.element("kbd", { "aria-hidden": "true" }, key);

  // An applicant's name as the list writes it, pictures of rare characters included.
  desk.nameOf = function (number) {
    const link = desk.namesInList.get(number);
    return link ? [...link.childNodes].map((node) => node.cloneNode(true)) : [desk.byNumber.get(number)?.name || number];
  };

  // Shapes differ without any hue: empty, half and full circle; a triangle for what changed; a flag.
  desk.shape = function (state) {
    const box = desk.svg("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true", focusable: "false" });
    const circle = (fill) => desk.svg("circle", { cx: 6, cy: 6, r: 4.4, fill, stroke: "currentColor", "stroke-width": 1.2 });
    if (state === "changed") box.append(desk.svg("path", { d: "M6 1.6 11 10.4H1zM6 5v2.6M6 8.4v1.2", fill: "none", stroke: "currentColor", "stroke-width": 1.2 }));
    else if (state === "flagged") box.append(desk.svg("path", { d: "M3 11V1.5h6.5L7.5 4.2 9.5 7H3", fill: "currentColor", stroke: "currentColor" }));
    else if (state === "graded") box.append(circle("currentColor"));
    else box.append(circle("none"));
    if (state === "reading") box.append(desk.svg("path", { d: "M6 1.6a4.4 4.4 0 0 1 0 8.8z", fill: "currentColor" }));
    return box;
  };
})();
