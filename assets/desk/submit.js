// The bar below the grid: how many can go, what stays, and sending them.
import { hasText, isDirty } from "./row.js";
import { WITH_NOTICE } from "./notices.js";
import { standing } from "./view.js";
import { WireError } from "./wire.js";
import { say } from "./words.js";

export class Submit {
  constructor({ root, grid, sheet, saver, notices, doubts }) {
    Object.assign(this, { root, grid, sheet, saver, notices, doubts });
    this.button = root.querySelector("[data-submit]");
    this.rest = root.querySelector("[data-rest]");
    this.next = root.querySelector("[data-next]");
    this.sending = false;
    this.drawn = false;
    this.button.addEventListener("click", () => this.send());
    this.next.addEventListener("click", () => doubts.jump(null));
    for (const name of ["row", "order", "edited"]) sheet.on(name, () => this.drawSoon());
  }

  /** Counting waits for the next frame, so that a keystroke never pays for it. */
  drawSoon() {
    if (this.drawn) return;
    this.drawn = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.drawn = false;
        this.draw();
      }),
    );
  }

  draw() {
    const rows = this.grid.order.map((view) => view.row).filter(hasText);
    const ready = rows.filter((row) => standing(row) === "ready").length;
    const waiting = this.doubts.waiting().length;
    const set = (element, text) => {
      if (element.textContent !== text) element.textContent = text;
    };
    set(this.button, say("submit", { n: ready }));
    this.button.disabled = ready === 0 || this.sending;
    set(this.rest, rows.length > ready ? say("rest", { n: rows.length - ready }) : "");
    set(this.next, waiting ? say("next", { n: waiting }) : "");
    this.next.hidden = waiting === 0;
  }

  focus() {
    // The count may still wait for its frame.
    this.draw();
    if (this.button.disabled) (this.next.hidden ? this.button : this.next).focus();
    else this.button.focus();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    this.draw();
    try {
      const answer = await this.saver.between(() =>
        this.saver.wire.post(this.saver.urls.submit, {
          keys: this.readyKeys(),
          since: this.sheet.revision,
        }),
      );
      this.done(answer);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (error.kind === "refused") this.notices.show("refused", error.message);
      else if (!WITH_NOTICE.includes(error.kind)) this.notices.show("refused", say("server"));
    } finally {
      this.sending = false;
      this.draw();
    }
  }

  readyKeys() {
    return this.grid.order
      .map((view) => view.row)
      .filter((row) => !isDirty(row) && standing(row) === "ready")
      .map((row) => row.key);
  }

  done(answer) {
    const refused = answer.refused || [];
    this.sheet.absorb(answer.changes);
    if (answer.submitted > 0) this.tell(answer);
    if (refused.length > 0) {
      const text = say("some-refused", { n: refused.length });
      if (answer.submitted === 0) this.notices.show("refused", text);
      this.notices.announce(text);
      this.doubts.jump(null);
    }
  }

  tell({ submitted, minutes, sheet }) {
    const hours = (minutes / 60).toFixed(1);
    const notice = this.notices.show("submitted", say("submitted", { n: submitted, hours }));
    const link = notice.querySelector("[data-sheet-link]");
    // What it would take back has gone.
    this.notices.hide("undo");
    link.hidden = !sheet;
    if (sheet) link.href = sheet;
    notice.focus();
  }
}
