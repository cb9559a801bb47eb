// Rubric: how long a dossier was read: only while it is open, the page is visible and the reader active.
(function () {
  "use strict";
  const marks = window.Reviewer.marks;
  const BEAT_MS = 5000;
  // A page may be read this long without a key or a movement.
  const IDLE_MS = 90000;
  const KEEP_SECONDS = 15;

  marks.startClock = function (pane) {
    let last = Date.now();
    let before = Date.now();
    let seconds = 0;
    const active = () => (last = Date.now());
    for (const act of ["keydown", "pointerdown", "pointermove", "wheel", "scroll"]) window.addEventListener(act, active, { passive: true, capture: true });
    for (const act of ["desk-place", "desk-active"]) document.addEventListener(act, active);

    const keep = (number) => {
      if (number && seconds >= 1) {
        pane.store.touch(number, seconds);
        seconds = 0;
      }
    };
    // A machine that slept is no reader: a beat counts for its own length at most.
    const beat = () => {
      const now = Date.now();
      const passed = Math.min(now - before, 2 * BEAT_MS);
      before = now;
      if (pane.number && document.visibilityState === "visible" && now - last < IDLE_MS) seconds += passed / 1000;
      if (seconds >= KEEP_SECONDS) keep(pane.number);
    };
    setInterval(beat, BEAT_MS);
    document.addEventListener("visibilitychange", () => {
      beat();
      keep(pane.number);
    });
    return {
      // The reader turned to another dossier, which is thereby begun.
      turn(from, to) {
        beat();
        keep(from);
        seconds = 0;
        active();
        if (to) pane.store.touch(to, 0);
      },
    };
  };
})();
