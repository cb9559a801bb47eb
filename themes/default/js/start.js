if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", function () { window.Reviewer.start(document); });
} else {
  window.Reviewer.start(document);
}
