/* One namespace. A component registers under the name that its element carries in data-module; each is started by itself and may fail by itself.
   `Reviewer.say("已標記 {n} 份", {n: 3})` says a sentence in the page's language: pages in English have its words in theme/words.js, before this. */
window.Reviewer = (function (words) {
  "use strict";
  var components = {};
  var missing = {}; /* said once for all elements of a name */

  function say(message, values) {
    var said = Object.prototype.hasOwnProperty.call(words, message) ? words[message] : message;
    return said
      .replace(/\{(\w+)\|([^{}|]*)\|([^{}|]*)\}/g, function (_all, name, one, many) { return String(values[name]) === "1" ? one : many; })
      .replace(/\{(\w+)\}/g, function (all, name) { return values && name in values ? String(values[name]) : all; });
  }

  /* Where a component is missing, a line says so in its place; before what is folded away, so that it is seen. */
  function broken(element, name) {
    var place = element.closest("details:not([open])") || element;
    var line = document.createElement("p");
    line.className = "broken";
    line.textContent = say("這項輔助功能無法啟動（{name}），內容仍可閱讀。", { name: name });
    place.parentNode.insertBefore(line, place);
    return line;
  }

  /* Words of applicants stay Chinese on a page in another language: an element that holds them says so. */
  function sent(element) {
    if (document.documentElement.lang.indexOf("zh") === 0 || element.lang) { return element; }
    var chinese = Array.prototype.some.call(element.childNodes, function (node) { return node.nodeType === 3 && /\p{Script=Han}/u.test(node.data); });
    if (chinese) { element.lang = "zh-Hant-TW"; }
    return element;
  }

  return {
    say: say,
    sent: sent,
    broken: broken,
    register: function (name, start) { components[name] = start; },
    start: function (root) {
      Array.prototype.forEach.call(root.querySelectorAll("[data-module]"), function (element) {
        var name = element.getAttribute("data-module");
        if (!Object.prototype.hasOwnProperty.call(components, name)) {
          if (!missing[name]) { missing[name] = broken(element, name); }
          return;
        }
        try {
          components[name](element);
        } catch (error) {
          window.console.error(error);
          broken(element, name);
        }
      });
    }
  };
})((window.Reviewer && window.Reviewer.words) || {});
