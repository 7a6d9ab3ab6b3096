// What waits for a person's word, under its row: which of the people is meant, whose change stands.
import { CELLS, isDirty } from "./row.js";
import { detailsOf, fillPerson } from "./people.js";
import { standing, tailOf } from "./view.js";
import { copyOf, say } from "./words.js";

export const WAITING = new Set(["choose", "refused", "conflict"]);

export class Doubts {
  constructor({ grid, sheet, history, today, announce, onChange }) {
    Object.assign(this, { grid, sheet, history, today, announce, onChange });
    const { body } = grid;
    body.addEventListener("click", (event) => this.clicked(event));
    body.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Called whenever a row's state is drawn; builds or takes away what stands under it. */
  draw(view, state) {
    const { row } = view;
    const people = state === "choose" ? row.server.candidates || [] : [];
    const refused = state === "refused" ? row.server.message : "";
    const facts = JSON.stringify([state, people, row.conflict, refused]);
    if (view.doubt === facts || (view.doubt === undefined && !WAITING.has(state))) return;
    view.doubt = facts;
    const held = view.more && view.more.contains(document.activeElement);
    if (view.more) view.more.remove();
    view.more = null;
    if (state === "conflict") this.attach(view, this.conflict(view));
    else if (people.length > 0) this.attach(view, this.choices(view, people));
    else if (refused) this.attach(view, this.reason(view, refused));
    view.tr.classList.toggle("has-more", view.more !== null);
    if (held) (this.firstButton(view) || view.inputs.person).focus();
  }

  attach(view, content) {
    view.more = copyOf("desk-more");
    view.more.dataset.key = view.row.key;
    view.more.querySelector(".desk-more-cell").append(content);
    if (view.tr.parentNode) view.tr.after(view.more);
  }

  choices(view, people) {
    const group = document.createElement("div");
    group.className = "desk-choices";
    group.setAttribute("role", "group");
    const label = document.createElement("span");
    label.className = "desk-ask";
    label.id = `desk-q-${view.row.key}`;
    label.textContent = view.row.server.message || say("choices", { n: people.length });
    group.setAttribute("aria-labelledby", `${view.number.id} ${label.id}`);
    group.append(label);
    people.forEach((person, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip desk-candidate";
      button.tabIndex = index === 0 ? 0 : -1;
      button.dataset.candidate = index;
      group.append(fillPerson(button, person, index + 1, this.today));
    });
    return group;
  }

  reason(view, text) {
    const line = document.createElement("span");
    line.id = `desk-q-${view.row.key}`;
    line.className = "desk-refused";
    line.textContent = text;
    return line;
  }

  conflict(view) {
    const box = copyOf("desk-conflict");
    const theirs = view.row.conflict;
    const who = theirs.by || say("somebody");
    const text = box.querySelector("[data-theirs]");
    text.id = `desk-t-${view.row.key}`;
    text.textContent = theirs.removed
      ? say("theirs-removed", { who })
      : say("theirs", { who, row: this.inWords(theirs) });
    if (theirs.state === "submitted") {
      // A record now: corrected on its sheet, not here.
      text.textContent = say("theirs-submitted", { who, row: this.inWords(theirs) });
      box.querySelector("[data-keep-mine]").remove();
    }
    box.setAttribute("aria-labelledby", `${view.number.id} ${text.id}`);
    return box;
  }

  inWords(answer) {
    const { volunteer, cells } = answer;
    const person = volunteer ? `${volunteer.name} ·${tailOf(volunteer)}` : cells.person;
    const rest = CELLS.filter((cell) => cell !== "person").map((cell) => cells[cell]);
    return [person, volunteer && detailsOf(volunteer, this.today)[0], ...rest]
      .filter(Boolean)
      .join(" · ");
  }

  firstButton(view) {
    return view.more && view.more.querySelector("button");
  }

  waiting() {
    return this.grid.order.filter((view) => WAITING.has(standing(view.row)));
  }

  /** F2: to the next row (or the one before) that waits for somebody. */
  jump(from, back = false) {
    const waiting = this.waiting();
    if (waiting.length === 0) {
      this.announce(say("none-next"));
      return false;
    }
    const here = from ? from.at : 0;
    const ahead = back
      ? waiting.filter((view) => view.at < here).reverse()
      : waiting.filter((view) => view.at > here);
    this.enter(ahead[0] || waiting[back ? waiting.length - 1 : 0]);
    return true;
  }

  /** To what has to be done in a row. */
  enter(view) {
    const button = this.firstButton(view);
    if (button) {
      button.focus();
      view.more.scrollIntoView({ block: "nearest" });
      return;
    }
    const { field } = view.row.server;
    this.grid.focus(view, view.inputs[field] ? field : "person");
  }

  clicked(event) {
    const button = event.target.closest("button");
    const view = this.grid.viewOf(event.target);
    if (!button || !view) return;
    if (button.dataset.candidate !== undefined) this.settle(view, Number(button.dataset.candidate));
    else if (button.dataset.keepMine !== undefined) this.decide(view, "keepMine");
    else if (button.dataset.takeTheirs !== undefined) this.decide(view, "takeTheirs");
  }

  settle(view, index) {
    const person = (view.row.server.candidates || [])[index];
    if (!person || isDirty(view.row)) return;
    this.grid.choose(view, person);
    this.onChange();
    this.after(view);
  }

  decide(view, verb) {
    this.history.during([view.row], "person", () => this.sheet[verb](view.row));
    this.onChange();
    this.after(view);
  }

  /** One is settled: on to the next, or to its row when it was the last. */
  after(view) {
    if (!this.jump(view)) this.grid.focus(view, "person");
  }

  pressed(event) {
    const button = event.target;
    if (!button.matches(".desk-more button")) return;
    const view = this.grid.viewOf(button);
    const buttons = [...view.more.querySelectorAll("button")];
    const at = buttons.indexOf(button);
    const digit = Number(event.key);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
    else if (digit >= 1 && digit <= buttons.length) buttons[digit - 1].click();
    else if (event.key === "Escape") this.grid.focus(view, "person");
    else return;
    event.preventDefault();
  }
}
