/* Copies an address. Addresses are never links: nothing in the folder leads outside. */
window.Reviewer.register("copy", function (button) {
  "use strict";
  var words = button.textContent;

  function show(text) {
    button.textContent = text;
    button.classList.add("done");
    window.setTimeout(function () { button.textContent = words; button.classList.remove("done"); }, 2000);
  }

  function select() {
    var range = document.createRange();
    range.selectNodeContents(button.previousElementSibling);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    show(document.execCommand("copy") ? window.Reviewer.say("已複製") : window.Reviewer.say("請按 Ctrl+C"));
  }

  button.hidden = false;
  button.addEventListener("click", function () {
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () { show(window.Reviewer.say("已複製")); }, select);
    } else {
      select();
    }
  });
});
