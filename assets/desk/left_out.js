// Lines of a pasted list that are no rows: greetings, headings, counts. They stay to be seen, each
// can be taken back, and none is forgotten before somebody says that it may be.
import { copyOf, say } from "./words.js";

export class LeftOut {
  /** `onBack(line)`: somebody wants that line after all. */
  constructor({ root, onBack, onChange }) {
    this.panel = root.querySelector("[data-left-out]");
    this.count = root.querySelector("[data-left-out-count]");
    this.list = root.querySelector("[data-left-out-lines]");
    this.onChange = onChange;
    this.panel.querySelector("[data-left-out-close]").addEventListener("click", () => {
      this.list.replaceChildren();
      this.changed();
    });
    this.list.addEventListener("click", (event) => {
      if (!event.target.closest("[data-take-back]")) return;
      const item = event.target.closest("li");
      const line = this.lineOf(item);
      item.remove();
      this.changed();
      onBack(line);
    });
  }

  lineOf(item) {
    return item.querySelector("[data-line]").textContent;
  }

  get lines() {
    return [...this.list.children].map((item) => this.lineOf(item));
  }

  /** Puts lines below the others; returns their items. */
  add(lines) {
    const items = lines.map((line) => {
      const item = copyOf("desk-left-out-line");
      item.querySelector("[data-line]").textContent = line;
      item.querySelector("button").setAttribute("aria-label", say("take-back", { text: line }));
      return item;
    });
    this.list.append(...items);
    this.changed();
    return items;
  }

  /** Undo takes the lines of a list away with its rows, and brings them back. */
  bring(items, side) {
    if (side === "after") this.list.append(...items);
    else items.forEach((item) => item.remove());
    this.changed();
  }

  changed() {
    const n = this.list.childElementCount;
    this.panel.hidden = n === 0;
    this.count.textContent = say("left-out", { n });
    this.onChange();
  }
}
