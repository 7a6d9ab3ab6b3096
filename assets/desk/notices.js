// What the page says: the line about saving, notices above the grid, the voice for screen readers.
import { say } from "./words.js";

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
// States that say for themselves, above the grid, what to do.
export const WITH_NOTICE = ["signed-out", "other-user", "forbidden"];

export class Notices {
  constructor(root) {
    this.root = root;
    this.saved = root.querySelector("[data-saved]");
    this.live = root.querySelector("[data-live]");
    this.clock = new Intl.DateTimeFormat("zh-CN", CLOCK);
    this.mode = null;
    root.addEventListener("click", (event) => {
      const close = event.target.closest("[data-notice-close]");
      if (close) close.closest("[data-notice]").hidden = true;
    });
  }

  find(name) {
    return this.root.querySelector(`[data-notice="${name}"]`);
  }

  show(name, text = null) {
    const notice = this.find(name);
    if (text !== null) notice.querySelector("[data-notice-text]").textContent = text;
    notice.hidden = false;
    return notice;
  }

  hide(name) {
    this.find(name).hidden = true;
  }

  /** Says it to who listens; the eye finds it elsewhere. */
  announce(text) {
    this.live.textContent = "";
    this.live.textContent = text;
  }

  /** How saving stands; `kept`: whether this computer holds a copy meanwhile. */
  status(mode, { kept, error }) {
    const line = this.line(mode, kept);
    if (this.saved.textContent !== line) this.saved.textContent = line;
    if (mode === this.mode) return;
    const quiet = mode === "saved" || mode === "saving";
    if (!quiet || !(this.mode === null || this.mode === "saved" || this.mode === "saving")) {
      this.announce(line);
    }
    this.mode = mode;
    this.root.dataset.saving = { saved: "no", saving: "yes" }[mode] || mode;
    this.saved.classList.toggle("is-late", !quiet);
    for (const name of WITH_NOTICE) this.find(name).hidden = name !== mode;
    if (mode === "refused" && error) this.show("refused", error.message);
    if (mode === "saved") this.hide("refused");
  }

  line(mode, kept) {
    if (mode === "saved") return say("saved", { time: this.clock.format(new Date()) });
    if (mode === "saving") return say("saving");
    return say(`${mode === "offline" ? "offline" : "paused"}${kept ? "" : "-bare"}`);
  }
}
