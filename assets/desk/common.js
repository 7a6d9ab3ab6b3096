// The values that are the same for all rows.
import { readCell } from "./moments.js";
import { say } from "./words.js";

export class Common {
  constructor({ root, sheet, history, saver, notices, today, activities }) {
    Object.assign(this, { sheet, history, saver, notices, today, activities });
    this.box = root.querySelector("[data-common]");
    this.title = root.querySelector("[data-title]");
    this.drawn = {};
    sheet.on("common", (mine) => this.told(mine));
    this.box.addEventListener("change", (event) => this.changed(event.target));
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.target.tagName === "SELECT") return;
      event.preventDefault();
      this.next(event.target);
    });
    this.draw();
  }

  get fields() {
    return [...this.box.querySelectorAll("[name]")];
  }

  /** `mine`: what was sent from here and did not stand, because another window was first. */
  told(mine) {
    this.draw();
    const { common } = this.sheet;
    const lost = Object.keys(mine || {}).filter(
      (name) => name !== "revision" && String(mine[name] ?? "") !== String(common[name] ?? ""),
    );
    if (lost.length === 0) return;
    const pick = (values) => Object.fromEntries(lost.map((name) => [name, values[name]]));
    this.history.noteCommon(pick(mine), pick(common));
    this.notices.show("undo", say("common-lost"));
  }

  draw() {
    for (const field of this.fields) {
      if (this.isTypedIn(field)) continue;
      const value = String(this.sheet.common[field.name] ?? "");
      if (field.value !== value) field.value = value;
      this.drawn[field.name] = field.value;
    }
    this.title.textContent = this.sheet.common.activity || "";
  }

  /** An answer that comes while somebody types must not take the letters away. */
  isTypedIn(field) {
    const drawn = this.drawn[field.name] ?? "";
    return field === document.activeElement && field.value !== drawn;
  }

  changed(field) {
    this.drawn[field.name] = field.value;
    const change = { [field.name]: readCell(field.name, field.value.trim(), this.today) };
    const known = this.activities.find((each) => each.title === change.activity);
    if (known) change.kind = known.kind;
    const before = {};
    for (const name of Object.keys(change)) before[name] = this.sheet.common[name] ?? "";
    if (Object.keys(change).every((name) => change[name] === before[name])) {
      this.draw();
      return;
    }
    this.history.noteCommon(before, change);
    this.sheet.editCommon(change);
    this.saver.soon();
  }

  /** Enter goes on to the next field, and from the last into the grid. */
  next(field) {
    const fields = this.fields;
    const following = fields[fields.indexOf(field) + 1];
    this.changed(field);
    if (following) following.focus();
    else document.querySelector("[data-grid] [data-cell=person]").focus();
  }
}
