// Desk, frames: dossier pages in frames that talk by messages only. The shown one, the next and the last one stay, so that a switch only uncovers.
(function () {
  "use strict";
  const desk = (window.Reviewer.desk = window.Reviewer.desk || {});
  const MOST_KEPT = 3;

  const checked = (data) => data && typeof data === "object" && data.reviewer === 1 && typeof data.type === "string";

  // The windows of all frames that were ever ours. A key counts in the order in which it was typed, also if its frame was left or closed since.
  const ours = new WeakSet();
  window.addEventListener("message", ({ source, data }) => {
    if (source && ours.has(source) && checked(data) && data.type === "key" && typeof data.key === "string") window.Reviewer.keys.take(data);
  });

  // Frames within one element. `heard(message, frame)` gets every message of a frame of ours.
  desk.Frames = class {
    constructor(holder, heard) {
      this.holder = holder;
      this.frames = new Map();
      this.shown = null;
      window.addEventListener("message", (event) => {
        const frame = [...this.frames.values()].find((each) => each.element.contentWindow === event.source);
        if (!frame || !checked(event.data)) return;
        if (event.data.type === "ready") this.#ready(frame, event.data);
        heard(event.data, frame);
      });
    }

    #ready(frame, { anchors }) {
      frame.ready = true;
      frame.element.setAttribute("data-drawn", "");
      frame.anchors = (Array.isArray(anchors) ? anchors : []).filter((each) => each && typeof each.id === "string");
      frame.waiting.splice(0).forEach((message) => this.send(frame, message));
    }

    // The frame of a dossier, made when there is none. `marks` are words to be marked in it, at the anchor.
    open(dossier, marks, anchor) {
      const kept = this.frames.get(dossier.number);
      if (kept && !marks) return kept;
      if (kept) this.close(dossier.number);
      const element = document.createElement("iframe");
      const query = ["desk", ...(marks || []).map((mark) => `mark=${encodeURIComponent(mark)}`)].join("&");
      element.title = window.Reviewer.say("{number} 的檔案", { number: dossier.number });
      element.setAttribute("inert", "");
      element.addEventListener("load", () => element.setAttribute("data-drawn", "")); // also a page whose script fails
      element.src = `${dossier.page}?${query}${marks && anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
      const frame = { number: dossier.number, element, ready: false, waiting: [], anchors: [], at: "cover", turn: 0 };
      this.frames.set(dossier.number, frame);
      this.holder.append(element);
      ours.add(element.contentWindow);
      return frame;
    }

    show(frame) {
      for (const each of this.frames.values()) {
        each.element.toggleAttribute("inert", each !== frame);
        each.element.toggleAttribute("data-shown", each === frame);
      }
      this.shown = frame;
    }

    // Closes all but these numbers, the longest unused first, until few are left.
    trim(wanted) {
      for (const number of [...this.frames.keys()]) {
        if (this.frames.size <= MOST_KEPT) return;
        if (!wanted.includes(number)) this.close(number);
      }
    }

    close(number) {
      const frame = this.frames.get(number);
      if (!frame) return;
      frame.element.remove();
      this.frames.delete(number);
      if (this.shown === frame) this.shown = null;
    }

    send(frame, message) {
      if (frame.ready) frame.element.contentWindow.postMessage({ reviewer: 1, ...message }, "*");
      else frame.waiting.push(message);
    }
  };
})();
