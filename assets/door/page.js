// The organiser's page at the door: works without network once it was opened with one.
import { meant, nextDirection } from "./people.js";
import { Sending } from "./sending.js";
import { signed, signingKey } from "./signing.js";
import { Store } from "./store.js";

const AGAIN_MS = 5000;

export async function openDoor(root) {
  const store = await Store.open(root.dataset.offlineDoor);
  const page = new DoorPage(root, store);
  await page.begin();
}

class DoorPage {
  constructor(root, store) {
    Object.assign(this, { root, store });
    this.words = JSON.parse(document.getElementById("door-words").textContent);
    this.form = root.querySelector("form[data-scan]");
    this.field = this.form.querySelector("input[name=text]");
    this.said = root.querySelector("[data-said]");
    this.list = root.querySelector("[data-scans]");
    this.count = root.querySelector("[data-unsent]");
    this.sending = new Sending({
      store,
      address: root.dataset.api,
      onChange: () => this.draw(),
    });
  }

  async begin() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.scan(this.field.value.trim());
    });
    this.root.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    window.addEventListener("online", () => this.sending.run());
    setInterval(() => this.sending.run(), AGAIN_MS);
    await this.draw();
    await this.prepare();
    await this.sending.run();
  }

  /** With network: the roster and a token once, and the page itself for when there is none. */
  async prepare() {
    try {
      if (!(await this.store.roster())) await this.store.keepRoster(await this.fetched());
      await keepPage(this.root.dataset.worker);
      // Without network all of this succeeds from what was kept.
      if (navigator.onLine) this.tell(this.words.ready, "good");
      else this.tell(this.words.offline, "waiting");
    } catch (error) {
      console.info("not prepared now", error);
      const roster = await this.store.roster();
      this.tell(roster ? this.words.offline : this.words.unprepared, roster ? "waiting" : "bad");
    }
    await this.draw();
  }

  async fetched() {
    const answer = await fetch(this.root.dataset.roster, {
      method: "POST",
      headers: { "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value },
    });
    if (!answer.ok) throw new Error(`the roster answers ${answer.status}`);
    const { key, ...roster } = await answer.json();
    return { ...roster, key: await signingKey(key) };
  }

  async scan(text) {
    const roster = await this.store.roster();
    if (!roster || !text) return this.tell(this.words.unprepared, "bad");
    const people = meant(roster, text);
    if (people.length !== 1) {
      return this.tell(people.length ? this.words.several : this.words.unknown, "bad");
    }
    const [person] = people;
    const now = new Date();
    const direction = nextDirection(await this.store.scans(), person.code, now);
    this.field.value = "";
    this.field.focus();
    if (!direction) return this.tell(`${person.name}: ${this.words.again}`, "waiting");
    const scan = {
      nonce: crypto.randomUUID(),
      token: person.code,
      direction,
      at: now.toISOString(),
      source: text.includes(".") ? "desk_scan" : "kiosk",
    };
    const signature = await signed(roster.key, scan);
    const shown = { name: person.name, state: "unsent", reason: "" };
    await this.store.keep({ ...scan, signature, ...shown });
    this.tell(`${person.name}: ${this.words[direction]}`, "good");
    await this.draw();
    return this.sending.run();
  }

  async clear() {
    const scans = await this.store.scans();
    if (scans.some((scan) => scan.state === "unsent")) {
      return this.tell(this.words.still, "bad");
    }
    await this.store.clear();
    if ("serviceWorker" in navigator) await askWorker({ forget: location.pathname });
    this.tell(this.words.cleared, "good");
    return this.draw();
  }

  tell(text, tone) {
    this.said.textContent = text;
    this.said.dataset.tone = tone;
  }

  async draw() {
    const scans = (await this.store.scans()).reverse();
    const unsent = scans.filter((scan) => scan.state === "unsent").length;
    this.count.textContent = this.words.waiting.replace("{n}", unsent);
    this.count.dataset.tone = unsent ? "waiting" : "good";
    this.list.replaceChildren(...scans.map((scan) => this.row(scan)));
  }

  row(scan) {
    const item = document.createElement("li");
    const time = new Date(scan.at).toTimeString().slice(0, 5);
    const state = this.words[scan.state] + (scan.reason ? ` — ${scan.reason}` : "");
    for (const text of [scan.name, `${this.words[scan.direction]} ${time}`, state]) {
      const part = document.createElement("span");
      part.textContent = text;
      item.append(part);
    }
    item.dataset.state = scan.state;
    return item;
  }
}

/** Has the worker keep this page and all that it was drawn with. */
async function keepPage(worker) {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(worker, { scope: "/door/" });
  const parts = performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name).pathname)
    .filter((path) => path.startsWith("/static/"));
  await askWorker({ keep: location.pathname, parts: [...new Set(parts)] });
}

/** Resolves once the worker has done it. */
async function askWorker(message) {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const said = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  active.postMessage(message, [port2]);
  const { error } = await said;
  if (error) throw new TypeError(error);
}
