/* One namespace. A component registers under the name that its element carries in data-module; each is started by itself and may fail by itself. */
window.Reviewer = (function () {
  "use strict";
  var components = {};

  function say(element, name) {
    var line = document.createElement("p");
    line.className = "broken";
    line.textContent = "這項輔助功能無法啟動（" + name + "），內容仍可閱讀。";
    element.parentNode.insertBefore(line, element);
  }

  return {
    register: function (name, start) { components[name] = start; },
    start: function (root) {
      Array.prototype.forEach.call(root.querySelectorAll("[data-module]"), function (element) {
        var name = element.getAttribute("data-module");
        try {
          if (components[name]) { components[name](element); }
        } catch (error) {
          say(element, name);
        }
      });
    }
  };
})();
