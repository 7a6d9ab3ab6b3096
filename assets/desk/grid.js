// The table: rows in order, the cell with the focus, what is typed into it.
import { readCell } from "./moments.js";
import { CELLS, hasText, sameText, snapshot } from "./row.js";
import { RowView } from "./view.js";

export class Grid {
  constructor({ table, sheet, history, today, onMore }) {
    Object.assign(this, { table, sheet, history, today, onMore });
    this.body = table.querySelector("[data-rows]");
    this.views = new Map();
    this.order = [];
    // The cell being typed in: its row, how that was before.
    this.session = null;
    sheet.on("order", () => this.place());
    sheet.on("row", (row, foreign) => this.patch(row, foreign));
    sheet.on("common", () => this.hintAll());
    this.body.addEventListener("focusin", (event) => this.entered(event.target));
    this.body.addEventListener("focusout", (event) => this.left(event.target));
    this.body.addEventListener("input", (event) => this.typed(event.target));
  }

  get context() {
    return { common: this.sheet.common, today: this.today };
  }

  /** The cells that can be seen: an activity of its own only where somebody wants it. */
  get cells() {
    const all = this.table.closest("[data-desk]").classList.contains("has-activities");
    return all ? CELLS : CELLS.filter((cell) => cell !== "activity");
  }

  viewOf(element) {
    const tr = element && element.closest ? element.closest("[data-key]") : null;
    return tr ? this.views.get(tr.dataset.key) : undefined;
  }

  /** Puts the rows of the sheet into the table, touching only what is not in its place. */
  place() {
    this.sheet.moveTail();
    if (this.sheet.needsTail()) {
      this.sheet.insert();
      return;
    }
    const rows = this.sheet.shown();
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, view] of this.views) {
      if (keys.has(key)) continue;
      // No focusout comes from an element that is gone.
      if (this.session && this.session.view === view) this.session = null;
      view.remove();
      this.views.delete(key);
    }
    let next = this.body.firstChild;
    this.order = rows.map((row, index) => {
      const view = this.views.get(row.key) || this.make(row);
      for (const part of [view.tr, view.more]) {
        if (!part) continue;
        if (part === next) next = next.nextSibling;
        else this.body.insertBefore(part, next);
      }
      view.at = index + 1;
      return view;
    });
  }

  make(row) {
    const view = new RowView(row, { onMore: this.onMore });
    this.views.set(row.key, view);
    view.patch(this.context);
    return view;
  }

  /** `foreign`: another window's words stand in the row now, also where somebody types. */
  patch(row, foreign = false) {
    const view = this.views.get(row.key);
    if (!view) return;
    const { session } = this;
    const here = session && session.row === row;
    if (here && session.typed && !foreign) {
      view.patchState();
      return;
    }
    view.patch(this.context);
    if (!here) return;
    session.typed = false;
    session.before = snapshot(row);
  }

  hintAll() {
    for (const view of this.views.values()) view.hint(this.context);
  }

  /** Focuses a cell and selects what stands in it. */
  focus(view, cell = "person") {
    const target = view.inputs[this.cells.includes(cell) ? cell : "person"];
    target.focus();
    target.select();
  }

  entered(input) {
    const { cell } = input.dataset;
    const view = this.viewOf(input);
    if (!cell || !view) return;
    this.session = { row: view.row, cell, view, before: snapshot(view.row), typed: false };
    this.session.shown = input.value;
  }

  left(input) {
    if (!this.session || !input.dataset.cell) return;
    const { view, row, cell } = this.session;
    const read = readCell(cell, row.cells[cell], this.today);
    if (this.session.typed && read !== row.cells[cell]) this.sheet.type(row, cell, read);
    this.commit();
    this.session = null;
    view.patch(this.context);
  }

  typed(input) {
    const { cell } = input.dataset;
    if (!cell || !this.session) return;
    const { row, view } = this.session;
    const wasTail = view === this.order[this.order.length - 1];
    this.session.typed = true;
    this.sheet.type(row, cell, input.value.trim());
    if (wasTail && hasText(row)) this.sheet.insert();
  }

  /** Makes what was typed in the cell one step that can be undone. */
  commit() {
    const { session } = this;
    if (!session || sameText(session.before, session.row)) return;
    this.history.note([[session.row, session.before]], session.cell);
    session.before = snapshot(session.row);
    session.typed = false;
  }

  /** Esc: the value that stood in the cell when it was entered. Says whether there was another. */
  revert() {
    const { session } = this;
    if (!session || sameText(session.before, session.row)) return false;
    const { cells, volunteer } = session.before;
    this.sheet.edit(session.row, { cells: { ...cells }, volunteer });
    session.typed = false;
    session.view.patch(this.context);
    session.view.inputs[session.cell].select();
    return true;
  }

  /** The chosen person for a row, as one step. */
  choose(view, person) {
    const { row } = view;
    const cells = { ...row.cells, person: person.name };
    if (this.session && this.session.row === row) {
      this.sheet.edit(row, { cells, volunteer: person });
      this.commit();
    } else {
      this.history.during([row], "person", () =>
        this.sheet.edit(row, { cells, volunteer: person }),
      );
    }
    view.patch(this.context);
  }
}
