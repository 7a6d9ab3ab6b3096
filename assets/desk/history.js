// Undo and redo: steps of one or more rows, or of a common value.
import { partOf, sameText, snapshot, stateOf } from "./row.js";

const MOST = 500;

export class History {
  constructor(sheet) {
    this.sheet = sheet;
    this.past = [];
    this.future = [];
  }

  push(step) {
    this.past.push(step);
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
  }

  /**
   * Remembers how the rows were (`befores`: pairs of row and snapshot) if they differ now. `beside`
   * is what happened beside the rows: it is told `before` when the step is undone, `after` when it
   * is done again.
   */
  note(befores, cell = "person", beside = null) {
    const changes = befores
      .map(([row, before]) => ({ row, before, after: snapshot(row) }))
      .filter(({ before, after }) => !sameText(before, after));
    if (changes.length > 0 || beside) this.push({ changes, cell, beside });
  }

  /** Runs work that changes these rows, as one step. */
  during(rows, cell, work) {
    const befores = rows.map((row) => [row, snapshot(row)]);
    work();
    this.note(befores, cell);
  }

  noteCommon(before, after) {
    this.push({ common: { before, after } });
  }

  undo() {
    return this.step(this.past, this.future, "before");
  }

  redo() {
    return this.step(this.future, this.past, "after");
  }

  /** Goes one step; returns {row, cell} to show, what else changed, or null without any step. */
  step(from, to, side) {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    if (step.common) {
      this.sheet.editCommon(step.common[side]);
      return { common: true };
    }
    // What was submitted since is a record now; no key takes it back.
    const open = step.changes.filter(({ row }) => stateOf(row) !== "submitted");
    if (step.beside) step.beside(side);
    if (open.length === 0) return step.beside ? { beside: true } : this.step(from, to, side);
    for (const change of open) {
      this.sheet.edit(change.row, partOf(change.row, change, change[side]));
      this.sheet.tell("row", change.row);
    }
    return { row: open[0].row, cell: step.cell };
  }
}
