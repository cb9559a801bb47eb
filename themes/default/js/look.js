/* A reader's own choice of light or dark and of more contrast: kept where the browser lets a file page keep it, handed to the frames of a page,
   and without it the system's setting holds. What is kept is only how the page looks; losing it costs nothing. */
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "reviewer-look";
  var CHOICES = { scheme: ["", "light", "dark"], contrast: ["", "more"] };
  var listeners = [];

  function sound(look) {
    var kept = {};
    Object.keys(CHOICES).forEach(function (name) {
      var value = look && typeof look === "object" ? look[name] : "";
      kept[name] = CHOICES[name].indexOf(value) > 0 ? value : "";
    });
    return kept;
  }

  function stored() {
    try {
      return sound(JSON.parse(window.localStorage.getItem(KEY)));
    } catch (error) {
      return sound(null);
    }
  }

  function keep(look) {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(look));
    } catch (error) {
      /* A browser that keeps nothing for file pages: the choice holds for this page. */
    }
  }

  function apply(look) {
    Object.keys(CHOICES).forEach(function (name) {
      if (look[name]) { root.setAttribute("data-" + name, look[name]); } else { root.removeAttribute("data-" + name); }
    });
    listeners.forEach(function (listener) { listener(look); });
    Array.prototype.forEach.call(document.querySelectorAll("iframe"), function (frame) { tell(frame.contentWindow, look); });
  }

  function current() {
    return { scheme: root.getAttribute("data-scheme") || "", contrast: root.getAttribute("data-contrast") || "" };
  }

  function tell(target, look) {
    if (target) { target.postMessage({ reviewer: 1, type: "look", scheme: look.scheme, contrast: look.contrast }, "*"); }
  }

  window.addEventListener("message", function (event) {
    var message = event.data;
    if (!message || message.reviewer !== 1) { return; }
    if (message.type === "look" && window.parent !== window && event.source === window.parent) {
      apply(sound(message));
    } else if (message.type === "look?") {
      var mine = Array.prototype.some.call(document.querySelectorAll("iframe"), function (frame) { return frame.contentWindow === event.source; });
      if (mine) { tell(event.source, current()); }
    }
  });

  function select(label, name, options) {
    var line = document.createElement("label");
    line.className = "look-choice";
    line.textContent = label;
    var field = document.createElement("select");
    options.forEach(function (option) {
      var item = document.createElement("option");
      item.value = option[0];
      item.textContent = option[1];
      field.appendChild(item);
    });
    field.value = current()[name];
    field.addEventListener("change", function () {
      var look = current();
      look[name] = field.value;
      apply(look);
      keep(look);
    });
    listeners.push(function (look) { field.value = look[name]; });
    line.appendChild(field);
    return line;
  }

  /* Choices that open over the page close again with Escape and when one goes on elsewhere. */
  function fold(menu) {
    if (!menu) { return; }
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) { return; }
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    function leave(event) {
      if (!menu.contains(event.target)) { menu.open = false; }
    }
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    window.addEventListener("blur", function () {
      if (document.activeElement && document.activeElement.tagName === "IFRAME") { menu.open = false; }
    });
  }

  apply(stored());
  if (window.parent !== window) { window.parent.postMessage({ reviewer: 1, type: "look?" }, "*"); }
  window.addEventListener("storage", function (event) { if (event.key === KEY) { apply(stored()); } });

  window.Reviewer.register("look", function (place) {
    var say = window.Reviewer.say;
    place.appendChild(select(say("明暗"), "scheme", [["", say("依系統")], ["light", say("淺色")], ["dark", say("深色")]]));
    place.appendChild(select(say("對比"), "contrast", [["", say("依系統")], ["more", say("高對比")]]));
    place.hidden = window.parent !== window;
    fold(place.closest("details"));
  });
})();
