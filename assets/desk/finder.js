// The list of people under the volunteer's cell (WAI-ARIA combobox with a listbox). Answers that
// come too late are dropped; the best guess is taken only after it was there to be seen.
import { fillPerson } from "./people.js";
import { say } from "./words.js";

const WAIT_MS = 60;

export class Finder {
  constructor({ list, wire, url, today, announce, onChoose }) {
    Object.assign(this, { list, wire, url, today, announce, onChoose });
    this.input = null;
    this.people = [];
    this.at = -1;
    this.query = "";
    this.seen = false;
    this.timer = null;
    this.asking = null;
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
  }

  get open() {
    return !this.list.hidden && this.people.length > 0;
  }

  /** The cell's text changed: asks once the typing pauses for a moment. */
  typed(input) {
    this.close();
    this.input = input;
    this.query = input.value.trim();
    if (this.query === "") return;
    this.timer = setTimeout(() => this.ask(this.query), WAIT_MS);
  }

  close() {
    clearTimeout(this.timer);
    if (this.asking) this.asking.abort();
    this.asking = null;
    this.people = [];
    this.at = -1;
    this.seen = false;
    delete this.list.dataset.seen;
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.list.textContent = "";
    this.markRow(false);
    if (this.input) {
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-controls");
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  async ask(query) {
    const asking = new AbortController();
    this.asking = asking;
    const separator = this.url.includes("?") ? "&" : "?";
    try {
      const address = `${this.url}${separator}q=${encodeURIComponent(query)}`;
      const answer = await this.wire.get(address, { signal: asking.signal });
      if (this.asking === asking && document.activeElement === this.input) this.show(answer);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.say(say("finder-offline"));
    }
  }

  show({ people, more }) {
    this.people = people;
    this.list.textContent = "";
    people.forEach((person, index) => this.list.append(this.option(person, index)));
    if (people.length === 0) this.say(say("none-found"));
    else if (more) this.list.append(this.line(say("more-found", { n: people.length })));
    this.place();
    if (people.length === 0) return;
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", this.list.id);
    this.mark(this.isPlain(people) ? 0 : -1);
    this.announce(say("found", { n: people.length }));
    requestAnimationFrame(() => setTimeout(() => this.wasSeen()));
  }

  /** The list has been painted: who presses Enter now means what is marked. */
  wasSeen() {
    this.seen = this.open;
    if (this.seen) this.list.dataset.seen = "";
  }

  /** Whether the first is the one meant; of two people of one name neither is. */
  isPlain(people) {
    return people.length === 1 || people[0].name !== people[1].name;
  }

  option(person, index) {
    const option = document.createElement("li");
    option.id = `desk-option-${index}`;
    option.setAttribute("role", "option");
    option.dataset.index = index;
    return fillPerson(option, person, index + 1, this.today);
  }

  line(text) {
    const line = document.createElement("li");
    line.className = "desk-finder-note soft";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = text;
    return line;
  }

  say(text) {
    this.list.textContent = "";
    this.list.append(this.line(text));
    this.place();
    this.announce(text);
  }

  /** Under the cell, or above it where there is no room below. */
  place() {
    const cell = this.input.closest("td");
    this.markRow(false);
    if (this.list.parentNode !== cell) cell.append(this.list);
    this.list.hidden = false;
    this.markRow(true);
    this.list.classList.remove("is-above");
    const room = window.innerHeight - this.input.getBoundingClientRect().bottom;
    const above = room < this.list.offsetHeight + 72 && this.input.getBoundingClientRect().top > room;
    this.list.classList.toggle("is-above", above);
  }

  /** The row that the list belongs to lies over all others while the list is open. */
  markRow(open) {
    const row = this.list.closest("tr");
    if (row) row.classList.toggle("is-finding", open);
  }

  mark(index) {
    this.at = index;
    for (const option of this.list.querySelectorAll("[data-index]")) {
      option.setAttribute("aria-selected", String(Number(option.dataset.index) === index));
    }
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `desk-option-${index}`);
  }

  move(by) {
    const count = this.people.length;
    if (this.at < 0) this.mark(by > 0 ? 0 : count - 1);
    else this.mark((this.at + by + count) % count);
  }

  /** Enter or Tab: takes what is marked, if it could be seen. Says whether it did. */
  takeMarked() {
    if (!this.open || this.at < 0 || !this.seen) return false;
    this.take(this.at);
    return true;
  }

  take(index) {
    const person = this.people[index];
    const { input } = this;
    this.close();
    if (person) this.onChoose(input, person);
  }

  /** The person that a digit stands for; digits are text in a number or after a space. */
  byDigit(key, forced) {
    const index = Number(key) - 1;
    if (!this.open || !/^[1-8]$/.test(key) || index >= this.people.length) return false;
    if (!forced && /[\d\s]$/.test(this.input.value)) return false;
    if (!forced && !this.seen) return false;
    this.take(index);
    return true;
  }
}
