/* Once all scripts of the page are there, those of the desk too. */
if (document.readyState === "complete") {
  window.Reviewer.start(document);
} else {
  document.addEventListener("DOMContentLoaded", function () { window.Reviewer.start(document); });
}
