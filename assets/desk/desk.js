// Puts the parts of the hour grid together.
import { Common } from "./common.js";
import { Doubts, WAITING } from "./doubts.js";
import { Finder } from "./finder.js";
import { Grid } from "./grid.js";
import { History } from "./history.js";
import { Keys } from "./keys.js";
import { Mirror } from "./mirror.js";
import { Notices } from "./notices.js";
import { Paste } from "./paste.js";
import { snapshot } from "./row.js";
import { Saver } from "./saver.js";
import { freshKey, Sheet } from "./sheet.js";
import { listenForSide } from "./side.js";
import { Submit } from "./submit.js";
import { standing } from "./view.js";
import { Wire } from "./wire.js";
import { say } from "./words.js";

class Desk {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.sheet = new Sheet();
    this.history = new History(this.sheet);
    this.notices = new Notices(root);
    this.wire = new Wire(data.user);
    this.build();
  }

  build() {
    const { root, data, sheet, history, notices, wire } = this;
    const announce = (text) => notices.announce(text);
    const shared = { root, sheet, history, notices, announce, wire, today: data.today, desk: this };
    this.grid = new Grid({
      ...shared,
      table: root.querySelector("[data-grid]"),
      onMore: (view, state) => this.doubts.draw(view, state),
    });
    shared.grid = this.grid;
    this.saver = new Saver({
      ...shared,
      urls: data.urls,
      window: freshKey(),
      mirror: null,
      status: (mode, error) => this.status(mode, error),
      extras: () => this.paste.content(),
    });
    shared.saver = this.saver;
    this.doubts = new Doubts({ ...shared, onChange: () => this.saver.soon() });
    shared.doubts = this.doubts;
    this.finder = new Finder({
      ...shared,
      list: document.getElementById("desk-finder"),
      url: data.urls.people,
      onChoose: (input, person) => this.grid.choose(this.grid.viewOf(input), person),
    });
    this.paste = new Paste({ ...shared, onRead: (rows) => this.listRead(rows) });
    this.submit = new Submit(shared);
    this.keys = new Keys({ ...shared, finder: this.finder });
    this.common = new Common({ ...shared, activities: data.activities || [] });
  }

  async open() {
    const { data, sheet, root } = this;
    sheet.absorb(data);
    this.common.draw();
    this.grid.place();
    this.listen();
    this.showOwnActivities();
    const owner = { user: data.user, draft: location.pathname, key: data.mirror_key };
    this.saver.mirror = await Mirror.open({ ...owner, fresh: freshKey() });
    if (this.saver.mirror) this.saver.window = this.saver.mirror.window;
    this.saver.start();
    this.recover();
    this.submit.draw();
    if (document.activeElement === document.body) this.begin();
    sheet.on("foreign", (rows, by) => this.foreign(rows, by));
    root.dataset.ready = "";
  }

  /** What one comes for: the common values on a new draft, else the first empty row. */
  begin() {
    // A sheet that came back is looked through from its top, where the reason stands.
    if (this.data.mends) return;
    const { activity, date } = this.sheet.common;
    const { order } = this.grid;
    if (!activity || !date) document.getElementById(activity ? "common-date" : "common-activity").focus();
    else this.grid.focus(order[order.length - 1]);
  }

  listen() {
    const { grid, root } = this;
    grid.body.addEventListener("input", (event) => {
      if (event.target.dataset.cell === "person") this.finder.typed(event.target);
    });
    grid.body.addEventListener("focusout", (event) => this.cellLeft(event));
    grid.body.addEventListener("click", (event) => {
      if (event.target.closest("[data-remove]")) this.removeRow(grid.viewOf(event.target));
    });
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-undo]")) this.step("undo");
    });
    root.querySelector("[data-own-activity]").addEventListener("click", () => this.ownActivity());
    this.sheet.on("row", (row) => this.told(row));
    document.addEventListener("submit", (event) => this.leavingBy(event), true);
    this.sheet.on("closed", (state) => this.closed(state));
    listenForSide(root);
  }

  cellLeft(event) {
    const left = this.grid.viewOf(event.target);
    const entered = this.grid.viewOf(event.relatedTarget);
    if (event.target.dataset.cell === "person") this.finder.close();
    // The server reads 两个半小时 and answers with the figure.
    if (event.target.dataset.cell === "hours") this.saver.soon();
    if (left === entered) return;
    this.awaited = left ? left.row : null;
    this.saver.soon();
  }

  /** The row that was left last: its state is said aloud once the server has judged it. */
  told(row) {
    if (row !== this.awaited) return;
    const view = this.grid.views.get(row.key);
    const state = standing(row);
    if (!view || state === "empty" || state === "checking") return;
    this.awaited = null;
    const text = [say(`state.${state}`), row.server.message].filter(Boolean).join(" ");
    this.notices.announce(say("row-says", { n: view.at, text }));
  }

  status(mode, error) {
    this.notices.status(mode, { kept: this.saver.kept, error });
    if (mode === "saved" && this.paste.waiting.length > 0) this.paste.readWaiting();
  }

  /** What an earlier window did not get rid of is sent now. */
  recover() {
    const { mirror } = this.saver;
    if (!mirror) return;
    this.takeUp(mirror.kept);
    mirror.heirTo((content) => this.takeUp([content], { late: true }));
  }

  /** Resolves when this window's own copy holds it. */
  async takeUp(contents, { late = false } = {}) {
    let found = 0;
    for (const { rows, common, extras } of contents) {
      found += this.sheet.recover(rows || [], { late });
      if (common) this.sheet.editCommon(common);
      if (extras) this.paste.recover(extras);
    }
    const copied = this.saver.copy();
    this.tellRecovered(found);
    await copied;
  }

  tellRecovered(found) {
    if (found === 0) return;
    this.notices.show("recovered", say("recovered", { n: found }));
    this.saver.soon();
  }

  foreign(rows, by) {
    const views = rows.map((row) => this.grid.views.get(row.key)).filter(Boolean);
    views.forEach((view) => view.flash());
    const numbers = views.slice(0, 5).map((view) => view.at).join("、");
    if (numbers) this.notices.announce(say("changed-by", { who: by || say("somebody"), rows: numbers }));
  }

  listRead(rows) {
    const open = rows.filter((row) => WAITING.has(standing(row))).length;
    const text = say(open > 0 ? "pasted-open" : "pasted", { n: rows.length, open });
    this.notices.show("undo", text);
    this.notices.announce(text);
    this.showOwnActivities();
    const first = rows.map((row) => this.grid.views.get(row.key)).find(Boolean);
    if (open > 0) this.doubts.jump(first && this.grid.order[first.at - 2]);
    else if (first) this.grid.focus(first);
  }

  /** Nothing can be added any more: all is submitted, or the draft was set aside elsewhere. */
  closed(state) {
    this.saver.end();
    this.root.classList.add("is-closed");
    if (state === "submitted") this.notices.show("all-submitted");
    else this.notices.show("gone");
  }

  fillDown(view, cell, all) {
    const { order } = this.grid;
    const at = order.indexOf(view);
    this.grid.commit();
    const source = all ? view : order[at - 1];
    const targets = all ? order.slice(at + 1, -1) : [view];
    if (!source || targets.length === 0) return;
    const rows = targets.map((each) => each.row);
    this.history.during(rows, cell, () => {
      for (const row of rows) {
        const cells = { ...row.cells, [cell]: source.row.cells[cell] };
        const volunteer = cell === "person" ? source.row.volunteer : row.volunteer;
        this.sheet.edit(row, { cells, volunteer });
        this.redraw(row);
      }
    });
    if (this.sheet.needsTail()) this.grid.place();
  }

  /** Draws a row anew even though somebody stands in it. */
  redraw(row) {
    const { session } = this.grid;
    if (session && session.row === row) {
      session.typed = false;
      session.before = snapshot(row);
    }
    this.sheet.tell("row", row);
    if (session && session.row === row) session.view.inputs[session.cell].select();
  }

  insertBeside(view, before) {
    this.grid.commit();
    const row = this.sheet.insert(view.row, { before, wanted: true });
    this.grid.focus(this.grid.views.get(row.key));
  }

  removeRow(view) {
    const { order } = this.grid;
    const at = order.indexOf(view);
    if (at === order.length - 1) return;
    this.grid.commit();
    this.history.during([view.row], "person", () => this.sheet.edit(view.row, { removed: true }));
    const text = say("removed", { n: at + 1 });
    this.notices.show("undo", text);
    this.notices.announce(text);
    this.grid.focus(this.grid.order[Math.min(at, this.grid.order.length - 1)], this.keys.column);
    this.saver.soon();
  }

  /** Undo or redo, and shows where. */
  step(direction) {
    this.grid.commit();
    this.finder.close();
    const here = this.grid.session ? this.grid.session.view.at : 1;
    const where = this.history[direction]();
    this.notices.hide("undo");
    if (!where) return;
    this.notices.announce(say(direction === "undo" ? "undone" : "redone"));
    this.saver.soon();
    if (!where.row) return;
    const view = this.grid.views.get(where.row.key);
    if (!view) {
      // Gone by this step, and perhaps the row with the focus with it.
      const { order } = this.grid;
      if (!this.grid.session) this.grid.focus(order[Math.min(here, order.length) - 1]);
      return;
    }
    this.redraw(where.row);
    this.grid.focus(view, where.cell);
  }

  toSubmit() {
    this.saver.soon();
    this.submit.focus();
  }

  ownActivity(shown = !this.root.classList.contains("has-activities")) {
    this.root.classList.toggle("has-activities", shown);
    this.root.querySelector("[data-own-activity]").setAttribute("aria-pressed", String(shown));
  }

  /** Rows that carry an activity of their own must not hide it. */
  showOwnActivities() {
    if ([...this.sheet.rows.values()].some((row) => row.cells.activity)) this.ownActivity(true);
  }

  /**
   * Signing out takes the copy on this computer away, and a template is made of what the server
   * has: everything is sent before either.
   */
  async leavingBy(event) {
    const form = event.target;
    if (!form.matches("[data-sign-out], [data-after-saving]")) return;
    if (this.leaving) {
      if (form.matches("[data-sign-out]")) this.saver.abandon();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const saved = (await this.saver.flush()) && this.saver.content() === null;
    this.leaving = true;
    if (saved) form.querySelector("[type=submit]").click();
    else this.notices.show("unsigned");
  }
}

export function openDesk(root) {
  const data = JSON.parse(document.getElementById("desk-data").textContent);
  return new Desk(root, data).open();
}
