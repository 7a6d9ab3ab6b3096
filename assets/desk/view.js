// Rows on the page: made once, patched one by one. A keystroke draws nothing.
import { shortDay } from "./moments.js";
import { isDirty, stateOf } from "./row.js";
import { copyOf, say } from "./words.js";

const TONE = {
  incomplete: "state-draft",
  choose: "state-waiting",
  refused: "state-bad",
  ready: "state-good",
  conflict: "state-bad",
  checking: "state-draft",
};
const INHERITED = ["activity", "date", "start", "end"];
export const tailOf = (person) => person.number.slice(-3);
const nameOf = (person) => `${person.name} ·${tailOf(person)}`;

/** What the row is to who looks at it: its state, or that this window knows better for now. */
export function standing(row) {
  if (row.conflict) return "conflict";
  if (isDirty(row) && row.server && stateOf(row) !== "empty") return "checking";
  return isDirty(row) ? "empty" : stateOf(row);
}

const setText = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

export class RowView {
  constructor(row, { onMore }) {
    this.row = row;
    this.onMore = onMore;
    this.tr = copyOf("desk-row");
    this.tr.dataset.key = row.key;
    this.number = this.tr.querySelector(".desk-n");
    this.number.id = `desk-n-${row.key}`;
    this.inputs = {};
    for (const input of this.tr.querySelectorAll("[data-cell]")) {
      const { cell } = input.dataset;
      this.inputs[cell] = input;
      input.setAttribute("aria-labelledby", `${this.number.id} desk-c-${cell}`);
    }
    this.town = this.tr.querySelector(".desk-town");
    this.state = this.tr.querySelector("[data-state]");
    this.why = this.tr.querySelector("[data-why]");
    this.why.id = `desk-w-${row.key}`;
    this.more = null;
  }

  /** The row's number, from 1. */
  set at(number) {
    setText(this.number, String(number));
  }

  get at() {
    return Number(this.number.textContent);
  }

  /** What stands in a cell while nobody types in it. */
  shownIn(cell, context) {
    const { row } = this;
    if (cell === "person" && row.volunteer) return nameOf(row.volunteer);
    const typed = row.cells[cell];
    if (cell !== "date" || !typed) return typed;
    const understood = row.server && !isDirty(row) && row.server.effective.date;
    return shortDay(understood || typed, context.today);
  }

  /** Draws what changed since the last time. */
  patch(context) {
    for (const [cell, input] of Object.entries(this.inputs)) {
      const text = this.shownIn(cell, context);
      if (input.value !== text) input.value = text;
    }
    this.hint(context);
    setText(this.town, this.row.volunteer ? this.row.volunteer.township || "" : "");
    this.patchState();
  }

  /** Empty cells show in grey what counts for them. */
  hint({ common, today }) {
    const { row, inputs } = this;
    for (const cell of INHERITED) {
      const value = common[cell] || "";
      const text = cell === "date" ? shortDay(value, today) : value;
      if (inputs[cell].placeholder !== text) inputs[cell].placeholder = text;
    }
    const minutes = row.server && !isDirty(row) ? row.server.minutes : null;
    const hours = minutes && !row.cells.hours ? (minutes / 60).toFixed(1) : "";
    if (inputs.hours.placeholder !== hours) inputs.hours.placeholder = hours;
  }

  patchState() {
    const { row } = this;
    const state = standing(row);
    const told = row.server && !isDirty(row) ? row.server : {};
    this.tr.dataset.state = state;
    this.state.className = `state ${TONE[state] || ""}`;
    setText(this.state, state === "empty" ? "" : say(`state.${state}`));
    setText(this.why, state === "incomplete" ? told.message || "" : "");
    this.tr.classList.toggle("has-note", row.cells.note !== "");
    this.mark(state === "incomplete" || state === "refused" ? told.field : "");
    this.onMore(this, state);
  }

  /** The cell that the message is about says so to who cannot see the row's colour. */
  mark(cell) {
    const facts = `${cell} ${this.tr.dataset.state}`;
    if (this.facts === facts) return;
    this.facts = facts;
    const [before, now] = [this.inputs[this.marked], this.inputs[cell]];
    if (before) {
      before.removeAttribute("aria-invalid");
      before.removeAttribute("aria-describedby");
    }
    if (now) {
      const refused = this.tr.dataset.state === "refused";
      now.setAttribute("aria-describedby", refused ? `desk-q-${this.row.key}` : this.why.id);
      if (refused) now.setAttribute("aria-invalid", "true");
    }
    this.marked = cell;
  }

  /** Somebody else changed it just now. */
  flash() {
    this.tr.classList.remove("is-flashing");
    requestAnimationFrame(() => this.tr.classList.add("is-flashing"));
  }

  remove() {
    this.tr.remove();
    if (this.more) this.more.remove();
  }
}
