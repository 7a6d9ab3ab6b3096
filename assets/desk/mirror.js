// Rows that the server does not have yet, kept on this computer until it has. Each window keeps
// its own, under the user's and the draft's name, enciphered with a key that the server gives to
// this user alone: who sits down next at the same computer cannot read them.

const PREFIX = "desk:";
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function forgetOld() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    const written = Number(localStorage.getItem(name).split(".")[0]);
    if (!(Date.now() - written < KEPT_MS)) localStorage.removeItem(name);
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
    // What open windows write to; one that has just ended may still seem to be open.
    this.others = [];
  }

  /**
   * Null where the browser enciphers nothing (plain http): nothing is kept then. `window` is the
   * name of a window that ended with rows unsaved, so that the server knows its rows again, or
   * `fresh`; `kept` is what such windows left.
   */
  static async open({ user, draft, key, fresh }) {
    if (!window.crypto || !crypto.subtle) return null;
    forgetOld();
    const usages = ["encrypt", "decrypt"];
    const secret = await crypto.subtle.importKey("raw", toBytes(key), "AES-GCM", false, usages);
    const mirror = new Mirror({ owner: `${PREFIX}${user}:${draft}:`, window: fresh, key: secret });
    mirror.kept = await mirror.takeOver();
    return mirror;
  }

  get name() {
    return this.owner + this.window;
  }

  /** What windows left behind that are gone now; the first one's name becomes this window's. */
  async takeOver() {
    const kept = [];
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(this.owner)) continue;
      if (!(await claim(name))) {
        this.others.push(name);
        continue;
      }
      const content = await this.read(name);
      if (content && kept.length === 0) this.window = name.slice(this.owner.length);
      else localStorage.removeItem(name);
      if (content) kept.push(content);
    }
    if (kept.length === 0) await claim(this.name);
    return kept;
  }

  /** Tells what another window leaves behind, once that has ended, also one opened after this. */
  heirTo(onLeft) {
    if (!navigator.locks) return;
    const waiting = new Set();
    const follow = (name) => {
      if (!name.startsWith(this.owner) || name === this.name || waiting.has(name)) return;
      waiting.add(name);
      navigator.locks.request(name, async () => {
        waiting.delete(name);
        const content = await this.read(name);
        if (content) await onLeft(content);
        localStorage.removeItem(name);
      });
    };
    this.others.forEach(follow);
    // A page that has just ended may have written what is not to be seen here yet.
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key && newValue) follow(key);
    });
  }

  /** Keeps `content`; nothing remains when it is null. A later call wins over an earlier one. */
  async write(content) {
    this.turn += 1;
    const turn = this.turn;
    if (content === null) {
      localStorage.removeItem(this.name);
      return;
    }
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain);
    if (turn !== this.turn) return;
    const text = `${toText(iv)}.${toText(new Uint8Array(sealed))}`;
    // An older copy must not outlive a newer one for which there is no room.
    localStorage.removeItem(this.name);
    localStorage.setItem(this.name, `${Date.now()}.${text}`);
  }

  async read(name) {
    const [, iv, sealed] = (localStorage.getItem(name) || "").split(".");
    if (!sealed) return null;
    try {
      const [nonce, secret] = [toBytes(iv), toBytes(sealed)];
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, this.key, secret);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (error) {
      // The portal's secret was changed since: nobody can read this copy any more.
      console.warn("a copy of unsaved rows cannot be read", error);
      return null;
    }
  }
}
