// Keeps server, this window and this computer's copy in step: sends what is typed within a second,
// asks every three seconds what others changed, goes on by itself after a failure.
import { outgoing } from "./row.js";
import { WireError } from "./wire.js";

const SOON_MS = 40;
const LATER_MS = 900;
const COPY_MS = 150;
const POLL_MS = 3_000;
// Who lost the right may get it back, though seldom within seconds; each question is a logged 403.
const REFUSED_POLL_MS = 30_000;
const MOST_ROWS = 200;

export class Saver {
  /** `status(mode)`: saved, saving, offline, signed-out, other-user, forbidden, server. */
  constructor({ root, sheet, wire, urls, mirror, window, status, extras }) {
    Object.assign(this, { root, sheet, wire, urls, mirror, window, status, extras });
    this.timer = null;
    this.copyTimer = null;
    this.copies = 0;
    // Whether this computer holds what the server does not have.
    this.kept = false;
    this.running = null;
    this.trouble = "";
    this.ended = false;
    this.asked = 0;
  }

  start() {
    this.sheet.on("edited", () => this.later());
    setInterval(() => this.tick(), POLL_MS);
    window.addEventListener("online", () => this.poll());
    window.addEventListener("focus", () => this.poll());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.hurry();
      else this.poll();
    });
    window.addEventListener("pagehide", () => this.hurry());
    this.status("saved");
  }

  /** After a keystroke: the copy at once, the server within a second of the first one. */
  later() {
    if (this.ended) return;
    if (!this.trouble) this.status("saving");
    this.root.dataset.copied = "no";
    this.copyTimer ||= setTimeout(() => this.copy(), COPY_MS);
    if (this.trouble !== "forbidden") this.timer ||= setTimeout(() => this.send(), LATER_MS);
  }

  /** After a row is left. */
  soon() {
    if (!this.sheet.dirty || this.ended) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), SOON_MS);
  }

  /** The window goes to the background or ends. */
  hurry() {
    if (this.ended || !this.sheet.dirty) return;
    this.copy();
    this.send({ keepalive: true });
  }

  /** What the copy on this computer has to hold; null when the server has everything. */
  content() {
    const extras = this.extras();
    const rows = this.sheet.atRisk().map((row) => ({ ...outgoing(row), volunteer: row.volunteer }));
    const common = this.sheet.commonDirty ? this.sheet.commonChanges() : null;
    return rows.length > 0 || common || extras ? { rows, common, extras } : null;
  }

  async copy() {
    clearTimeout(this.copyTimer);
    this.copyTimer = null;
    if (!this.mirror) return;
    this.copies += 1;
    const turn = this.copies;
    try {
      await this.mirror.write(this.content());
      this.kept = true;
      if (turn === this.copies && !this.copyTimer) this.root.dataset.copied = "yes";
    } catch (error) {
      // Full or forbidden storage: the page says that it must stay open, and tries the next time.
      console.warn("no copy of unsaved rows on this computer", error);
      this.kept = false;
    }
  }

  /** Sends everything unsent, one request at a time. Resolves when that attempt is over. */
  async send({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    this.timer = null;
    while (this.running) await this.running;
    if (this.ended) return;
    if (!this.sheet.dirty) return this.settled();
    await this.alone(() => this.attempt(() => this.sendOnce(keepalive)));
    if (!this.trouble && this.sheet.dirty) this.timer ||= setTimeout(() => this.send(), SOON_MS);
  }

  async sendOnce(keepalive) {
    const { sheet } = this;
    const rows = sheet.unsent().slice(0, MOST_ROWS);
    const sent = new Map(rows.map((row) => [row.key, row.edit]));
    const commonSent = sheet.commonDirty ? sheet.commonEdit : null;
    const answer = await this.wire.post(
      this.urls.rows,
      {
        since: sheet.revision,
        window: this.window,
        common: commonSent === null ? null : sheet.commonChanges(),
        common_base: sheet.common.revision || 0,
        rows: rows.map(outgoing),
      },
      { keepalive },
    );
    sheet.absorb(answer, sent, commonSent);
  }

  tick() {
    const early = Date.now() - this.asked < REFUSED_POLL_MS;
    if (this.trouble !== "forbidden" || !early) this.poll();
  }

  async poll() {
    if (document.hidden || this.running || this.ended) return;
    if (this.sheet.dirty && !this.trouble) {
      this.timer ||= setTimeout(() => this.send(), SOON_MS);
      return;
    }
    this.asked = Date.now();
    const ask = async () => {
      const separator = this.urls.changes.includes("?") ? "&" : "?";
      const address = `${this.urls.changes}${separator}since=${this.sheet.revision}`;
      this.sheet.absorb(await this.wire.get(address, { byItself: true }));
    };
    await this.alone(() => this.attempt(ask));
    if (!this.trouble && this.sheet.dirty) await this.send();
  }

  /** Runs a request; what went wrong becomes the state of the page. Returns whether it went. */
  async attempt(work) {
    try {
      await work();
      this.trouble = "";
      this.settled();
      return true;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.failed(error);
      return false;
    }
  }

  failed(error) {
    this.trouble = error.kind;
    this.copy();
    this.status(error.kind, error);
  }

  settled() {
    this.copy();
    this.status(this.sheet.dirty ? "saving" : "saved");
  }

  /** Everything is on the server when this resolves to true. */
  async flush() {
    await this.send();
    while (this.sheet.dirty && !this.trouble && !this.ended) await this.send();
    return !this.sheet.dirty && !this.ended;
  }

  /** One request of another kind between the others, after what was typed has gone. */
  async between(work) {
    if (!(await this.flush())) throw new WireError(this.trouble || "ended");
    while (this.running) await this.running;
    try {
      return await this.alone(work);
    } catch (error) {
      // What is wrong with this one request alone is said by who made it.
      const alone = !(error instanceof WireError) || ["refused", "server"].includes(error.kind);
      if (!alone) this.failed(error);
      throw error;
    }
  }

  /** Runs work while no other request runs; those who wait learn of its end, not of its failure. */
  async alone(work) {
    let done;
    this.running = new Promise((resolve) => {
      done = resolve;
    });
    try {
      return await work();
    } finally {
      this.running = null;
      done();
    }
  }

  /** Nothing is sent or asked any more. */
  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.copy();
  }

  /** As `end`, and no copy is written any more: those on this computer are being removed. */
  abandon() {
    if (this.mirror) this.mirror.stop();
    this.mirror = null;
    this.end();
  }
}
