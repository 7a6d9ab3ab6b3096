// The keyboard of the grid. Keys of an input method that composes are left to it.

const TAKES_QUESTION_MARK = new Set(["note", "activity"]);

export class Keys {
  constructor({ grid, sheet, history, finder, doubts, desk }) {
    Object.assign(this, { grid, sheet, history, finder, doubts, desk });
    // The column in which a row was begun: Enter goes back to it, as in a workbook.
    this.column = "person";
    this.byTab = false;
    this.dialogs = [...document.querySelectorAll("dialog")];
    grid.body.addEventListener("keydown", (event) => this.inCell(event));
    grid.body.addEventListener("focusin", (event) => this.entered(event));
    document.addEventListener("keydown", (event) => this.anywhere(event));
    for (const name of ["keydown", "keyup"]) {
      window.addEventListener(name, (event) => this.plain(event), { capture: true });
    }
  }

  /** Menus search the whole page at every key: one that is only typed into a cell ends here. */
  plain(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!event.target.dataset?.cell || !this.grid.body.contains(event.target)) return;
    event.stopPropagation();
    if (event.type === "keyup") return;
    this.inCell(event);
    if (!event.defaultPrevented) this.anywhere(event);
  }

  entered(event) {
    const { cell } = event.target.dataset;
    if (cell && !this.byTab) this.column = cell;
    this.byTab = false;
  }

  inCell(event) {
    const { cell } = event.target.dataset;
    if (!cell || event.isComposing || event.keyCode === 229) return;
    const view = this.grid.viewOf(event.target);
    const handled = this.inFinder(event, view) || this.byName(event, view, cell);
    if (handled) event.preventDefault();
  }

  inFinder(event, view) {
    const { finder } = this;
    if (event.target.dataset.cell !== "person" || event.ctrlKey || event.metaKey) return false;
    if (/^[1-8]$/.test(event.key)) {
      if (!finder.byDigit(event.key, event.altKey)) return false;
      this.down(view);
      return true;
    }
    if (!finder.open || event.altKey) return false;
    if (event.key === "ArrowDown") finder.move(1);
    else if (event.key === "ArrowUp") finder.move(-1);
    else if (event.key === "Escape") finder.close();
    else if (event.key === "Enter" || event.key === "Tab") {
      finder.takeMarked();
      return false;
    } else return false;
    return true;
  }

  byName(event, view, cell) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey) return this.withControl(event, view, cell);
    if (event.altKey) return this.withAlt(event, view);
    if (key === "Enter") return event.shiftKey ? this.vertical(view, cell, -1) : this.down(view);
    if (key === "ArrowDown") return this.vertical(view, cell, 1);
    if (key === "ArrowUp") return this.vertical(view, cell, -1);
    if (key === "ArrowLeft" || key === "ArrowRight") return this.sideways(event, view, cell);
    if (key === "Escape") return this.grid.revert();
    if (key === "Tab") return this.tab(event, view, cell);
    if ((key === "?" || key === "？") && !TAKES_QUESTION_MARK.has(cell)) return this.help();
    return false;
  }

  withControl(event, view, cell) {
    const key = event.key.toLowerCase();
    if (key === "d") this.desk.fillDown(view, cell, event.shiftKey);
    else if (key === "enter") this.desk.toSubmit();
    else if (key === "home") this.grid.focus(this.grid.order[0], cell);
    else if (key === "end") this.grid.focus(this.grid.order[this.grid.order.length - 1], cell);
    else return false;
    return true;
  }

  withAlt(event, view) {
    if (event.key === "Enter") this.desk.insertBeside(view, false);
    else if (event.key === "Insert") this.desk.insertBeside(view, true);
    else if (event.key === "Delete" || event.key === "Backspace") this.desk.removeRow(view);
    else return false;
    return true;
  }

  /** Everywhere on the page: undo, next doubtful row, help. */
  anywhere(event) {
    if (event.isComposing || this.dialogs.some((dialog) => dialog.open)) return;
    const key = event.key.toLowerCase();
    const control = event.ctrlKey || event.metaKey;
    const elsewhere = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      && !event.target.dataset.cell && !event.target.closest("[data-common]");
    let handled = true;
    if (key === "f2" || (event.altKey && event.code === "KeyN")) {
      this.doubts.jump(this.grid.viewOf(event.target), event.shiftKey);
    } else if (key === "f1") this.help();
    else if (event.key === "?" && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) this.help();
    else if (control && !elsewhere && key === "z") this.desk.step(event.shiftKey ? "redo" : "undo");
    else if (control && !elsewhere && key === "y") this.desk.step("redo");
    else handled = false;
    if (handled) event.preventDefault();
  }

  help() {
    document.querySelector('[data-opens="desk-keys"]').click();
    return true;
  }

  /** Enter: the next row, in the column where this one was begun. */
  down(view) {
    this.finder.close();
    const next = this.grid.order[this.grid.order.indexOf(view) + 1];
    if (next) this.grid.focus(next, this.column);
    return true;
  }

  vertical(view, cell, by) {
    const other = this.grid.order[this.grid.order.indexOf(view) + by];
    this.finder.close();
    if (other) this.grid.focus(other, cell);
    return true;
  }

  /** At the end of a text, or where all of it is selected, an arrow leads out of the cell. */
  sideways(event, view, cell) {
    const { selectionStart, selectionEnd, value } = event.target;
    const forward = event.key === "ArrowRight";
    const all = selectionStart === 0 && selectionEnd === value.length;
    const edge = selectionStart === selectionEnd && selectionEnd === (forward ? value.length : 0);
    if (event.shiftKey || !(all || edge)) return false;
    const { cells } = this.grid;
    const other = cells[cells.indexOf(cell) + (forward ? 1 : -1)];
    if (other) this.grid.focus(view, other);
    return true;
  }

  tab(event, view, cell) {
    this.byTab = true;
    const last = view === this.grid.order[this.grid.order.length - 1];
    if (!event.shiftKey && last && cell === "person" && event.target.value === "") {
      this.desk.toSubmit();
      return true;
    }
    return false;
  }
}
