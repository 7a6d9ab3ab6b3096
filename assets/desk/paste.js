// Lists pasted into the grid or the box: read by the server into rows. Lines that were not
// understood stay to be mended or dropped, and a list is kept until the server has read it.
import { LeftOut } from "./left_out.js";
import { snapshot } from "./row.js";
import { freshKey } from "./sheet.js";
import { WireError } from "./wire.js";
import { copyOf, say } from "./words.js";

export class Paste {
  constructor({ root, grid, sheet, history, saver, notices, onRead }) {
    Object.assign(this, { root, grid, sheet, history, saver, notices, onRead });
    this.panel = root.querySelector("[data-unread]");
    this.lines = root.querySelector("[data-unread-lines]");
    this.unread = [];
    this.leftOut = new LeftOut({
      root,
      onBack: (line) => this.add([line])[0].querySelector("input").focus(),
      onChange: () => this.saver.copy(),
    });
    this.reading = false;
    // Lists that the server has not read yet.
    this.waiting = [];
    grid.body.addEventListener("paste", (event) => this.pasted(event));
    this.listenToBox();
    this.listenToLines();
  }

  listenToBox() {
    const dialog = document.getElementById("desk-paste");
    const box = dialog.querySelector("[data-paste-text]");
    dialog.querySelector("[data-paste-go]").addEventListener("click", () => {
      dialog.close();
      if (box.value.trim()) this.read(box.value, this.grid.order[this.grid.order.length - 1]);
      box.value = "";
    });
  }

  listenToLines() {
    this.lines.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (event.target.closest("[data-drop]")) this.drop(item);
      else if (event.target.closest("[data-read-again]")) this.again(item);
      else if (event.target.closest("[data-as-name]")) this.asName(item);
    });
    this.lines.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) return;
      event.preventDefault();
      this.again(event.target.closest("li"));
    });
    this.lines.addEventListener("input", (event) => {
      this.unread[this.indexOf(event.target.closest("li"))] = event.target.value;
      this.saver.later();
    });
  }

  indexOf(item) {
    return [...this.lines.children].indexOf(item);
  }

  /** One word or one value is typed as ever; more lines or columns than one are a list. */
  pasted(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.dataset.cell || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    this.read(text, this.grid.viewOf(event.target));
  }

  /** Rows go in after the one where the list was pasted, in place of it when it is empty. */
  async read(text, view) {
    this.grid.commit();
    // The key tells the server a list that it has read already, when its answer was lost.
    this.waiting.push({ text, after: this.positionAt(view), key: freshKey() });
    this.saver.later();
    await this.readWaiting();
  }

  positionAt(view) {
    const at = this.grid.order.indexOf(view);
    const { row } = view;
    const empty = row.base === 0 && row.edit === 0;
    const above = empty ? this.grid.order[at - 1] : view;
    return above ? above.row.position : row.position - 1024;
  }

  async readWaiting() {
    if (this.reading) return;
    this.reading = true;
    try {
      await this.readEach();
    } finally {
      this.reading = false;
    }
  }

  async readEach() {
    while (this.waiting.length > 0) {
      const { text, after, key } = this.waiting[0];
      try {
        const answer = await this.saver.between(() =>
          this.saver.wire.post(this.saver.urls.paste, {
            text,
            after,
            key,
            since: this.sheet.revision,
            window: this.saver.window,
          }),
        );
        this.waiting.shift();
        this.take(answer);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        this.kept(error);
        return;
      }
    }
  }

  /** The list was not read: refused, it becomes lines to mend; else it waits for the server. */
  kept(error) {
    if (error.kind === "refused") {
      const { text } = this.waiting.shift();
      this.add(text.split("\n").filter((line) => line.trim()));
      this.notices.show("refused", error.message);
    } else {
      this.notices.show("refused", say("paste-waits"));
    }
    this.saver.copy();
  }

  take(answer) {
    this.notices.hide("refused");
    this.sheet.absorb(answer, new Map((answer.made || []).map((key) => [key, 0])));
    const rows = (answer.made || []).map((key) => this.sheet.rows.get(key)).filter(Boolean);
    const unread = answer.unread || [];
    const items = this.add(unread);
    const others = this.leftOut.add(answer.left_out || []);
    const both = (side) => {
      this.bring(items, unread, side);
      this.leftOut.bring(others, side);
    };
    const beside = items.length + others.length > 0 ? both : null;
    const befores = rows.map((row) => [row, { ...snapshot(row), removed: true }]);
    this.history.note(befores, "person", beside);
    this.saver.copy();
    this.onRead(rows);
  }

  /** Puts lines below the others; returns their items. */
  add(lines) {
    const items = lines.map((line) => {
      const item = copyOf("desk-unread-line");
      item.querySelector("input").value = line;
      this.append(item, line);
      return item;
    });
    this.relabel();
    return items;
  }

  append(item, line) {
    this.unread.push(line);
    this.lines.append(item);
  }

  /** Undo takes the lines of a list away with its rows, those mended since excepted. */
  bring(items, lines, side) {
    items.forEach((item, index) => {
      const line = lines[index];
      const at = this.indexOf(item);
      if (side === "after" && at < 0) this.append(item, line);
      else if (side === "before" && at >= 0 && this.unread[at] === line) {
        this.unread.splice(at, 1);
        item.remove();
      }
    });
    this.relabel();
    this.saver.copy();
  }

  relabel() {
    this.panel.hidden = this.unread.length === 0;
    [...this.lines.children].forEach((item, index) => {
      item.querySelector("input").setAttribute("aria-label", say("line", { n: index + 1 }));
    });
  }

  takeAway(item) {
    const [line] = this.unread.splice(this.indexOf(item), 1);
    const next = item.nextElementSibling || item.previousElementSibling;
    item.remove();
    this.relabel();
    this.saver.copy();
    if (next) next.querySelector("input").focus();
    else this.grid.focus(this.grid.order[this.grid.order.length - 1]);
    return line;
  }

  /** A way out for what the server will never read: the line becomes the name of a row. */
  asName(item) {
    const person = this.takeAway(item).trim().slice(0, 60);
    if (!person) return;
    const { row } = this.grid.order[this.grid.order.length - 1];
    this.history.during([row], "person", () =>
      this.sheet.edit(row, { cells: { ...row.cells, person } }),
    );
    this.sheet.tell("row", row);
    this.sheet.tell("order");
    this.saver.soon();
  }

  drop(item) {
    this.takeAway(item);
  }

  again(item) {
    const line = this.takeAway(item);
    if (line.trim()) this.read(line, this.grid.order[this.grid.order.length - 1]);
  }

  /** What the copy on this computer keeps of it. */
  content() {
    const { unread, waiting } = this;
    const { lines } = this.leftOut;
    if (unread.length + waiting.length + lines.length === 0) return null;
    return { unread, waiting, leftOut: lines };
  }

  recover({ unread, waiting, leftOut }) {
    this.add(unread || []);
    this.leftOut.add(leftOut || []);
    this.waiting.push(...(waiting || []));
    this.readWaiting();
  }
}
