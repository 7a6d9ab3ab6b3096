// Rows that the server does not have yet, kept on this computer until it has. Each window keeps
// its own, under the user's and the draft's name, enciphered with a key that the server gives to
// this user alone: who sits down next at the same computer cannot read them.
import { dropCopy, namesOf, readCopy, writeCopy } from "../parts/kept_rows.js";

const PREFIX = "desk:";
const CHANNEL = "desk-windows";
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function forgetOld() {
  for (const name of await namesOf(PREFIX)) {
    const copy = await readCopy(name);
    if (copy && !(Date.now() - copy.written < KEPT_MS)) await dropCopy(name);
  }
}

/** Says for as long as this window lives that it writes to that name; false if another does. */
function claim(name) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
  });
}

export class Mirror {
  constructor({ owner, window, key }) {
    this.owner = owner;
    this.window = window;
    this.key = key;
    this.turn = 0;
    // A poll that finds nothing to keep need not go to the disk for it.
    this.empty = true;
  }

  /**
   * Null where the browser enciphers nothing (plain http) or stores nothing: nothing is kept then.
   * `window` is the name of a window that ended with rows unsaved, so that the server knows its
   * rows again, or `fresh`; `kept` is what such windows left.
   */
  static async open({ user, draft, key, fresh }) {
    if (!window.crypto || !crypto.subtle || !window.indexedDB) return null;
    const usages = ["encrypt", "decrypt"];
    const secret = await crypto.subtle.importKey("raw", toBytes(key), "AES-GCM", false, usages);
    const mirror = new Mirror({ owner: `${PREFIX}${user}:${draft}:`, window: fresh, key: secret });
    try {
      await forgetOld();
      mirror.kept = await mirror.takeOver();
    } catch (error) {
      console.warn("this browser keeps no copy of unsaved rows", error);
      return null;
    }
    return mirror;
  }

  get name() {
    return this.owner + this.window;
  }

  /** What windows left behind that are gone now; the first one's name becomes this window's. */
  async takeOver() {
    const kept = [];
    for (const name of await namesOf(this.owner)) {
      if (!(await claim(name))) continue;
      const content = await this.read(name);
      if (content && kept.length === 0) {
        this.window = name.slice(this.owner.length);
        this.empty = false;
      } else await dropCopy(name);
      if (content) kept.push(content);
    }
    if (kept.length === 0) await claim(this.name);
    return kept;
  }

  /**
   * Tells what another window leaves behind, once that has ended: one that is open now (one that
   * has just ended may still seem so), and one opened after this, which says its name.
   */
  async heirTo(onLeft) {
    if (!navigator.locks) return;
    const waiting = new Set();
    const follow = (name) => {
      if (!name.startsWith(this.owner) || name === this.name || waiting.has(name)) return;
      waiting.add(name);
      navigator.locks.request(name, async () => {
        waiting.delete(name);
        const content = await this.read(name);
        if (content) await onLeft(content);
        await dropCopy(name);
      });
    };
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", ({ data }) => follow(data));
    channel.postMessage(this.name);
    const { held } = await navigator.locks.query();
    held.forEach((lock) => follow(lock.name));
  }

  /** Keeps `content`; nothing remains when it is null. A later call wins over an earlier one. */
  async write(content) {
    this.turn += 1;
    const turn = this.turn;
    if (content === null) {
      if (this.empty) return;
      await dropCopy(this.name);
      if (turn === this.turn) this.empty = true;
      return;
    }
    this.empty = false;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain);
    if (turn !== this.turn) return;
    try {
      await writeCopy(this.name, { written: Date.now(), iv, sealed });
    } catch (error) {
      // An older copy must not outlive a newer one for which there is no room.
      await dropCopy(this.name);
      throw error;
    }
  }

  /** What is still being enciphered is not written any more. */
  stop() {
    this.turn += 1;
  }

  async read(name) {
    const copy = await readCopy(name);
    if (!copy) return null;
    try {
      const { iv, sealed } = copy;
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (error) {
      // The portal's secret was changed since: nobody can read this copy any more.
      console.warn("a copy of unsaved rows cannot be read", error);
      return null;
    }
  }
}
