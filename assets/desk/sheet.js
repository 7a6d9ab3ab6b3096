// All rows and the common values; who is told when something changes. Knows no page and no server.
import { adopt, hasText, isDirty, isShown, isUnsent, makeRow, sameText, snapshot } from "./row.js";

const GAP = 1024;

/** A key for a row that no other window will choose. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Sheet {
  constructor() {
    this.rows = new Map();
    this.common = {};
    // The common values changed here, each with its count of edits.
    this.commonTouched = {};
    this.commonEdit = 0;
    this.commonSaved = 0;
    this.revision = 0;
    this.listeners = {};
  }

  /** Events: row(row, foreign), order(), common(mine), edited(row), foreign(rows, by), closed(state). */
  on(name, listener) {
    (this.listeners[name] ||= []).push(listener);
  }

  tell(name, ...what) {
    for (const listener of this.listeners[name] || []) listener(...what);
  }

  /** The rows that stand in the grid, from the top. */
  shown() {
    return [...this.rows.values()]
      .filter(isShown)
      .sort((one, other) => one.position - other.position || (one.key < other.key ? -1 : 1));
  }

  unsent() {
    return [...this.rows.values()].filter((row) => isUnsent(row) && !row.conflict);
  }

  /** Rows that the server does not have, those included that wait for a decision. */
  atRisk() {
    return [...this.rows.values()].filter(isUnsent);
  }

  get commonDirty() {
    return this.commonEdit > this.commonSaved;
  }

  /** The common values that the server does not have: those changed here, no others. */
  commonChanges() {
    const names = Object.keys(this.commonTouched);
    const changed = names.filter((name) => this.commonTouched[name] > this.commonSaved);
    return Object.fromEntries(changed.map((name) => [name, this.common[name]]));
  }

  get dirty() {
    return this.commonDirty || this.unsent().length > 0;
  }

  /** A new empty row after that one (at the end without it), or before it. */
  insert(beside = null, { before = false, wanted = false } = {}) {
    const shown = this.shown();
    const at = beside ? shown.indexOf(beside) : shown.length - 1;
    const above = shown[before ? at - 1 : at];
    const below = shown[before ? at : at + 1];
    const top = above ? above.position : (below ? below.position : 0) - 2 * GAP;
    const position = below ? (top + below.position) / 2 : (above ? above.position : 0) + GAP;
    const row = { ...makeRow({ key: freshKey(), position }), wanted };
    this.rows.set(row.key, row);
    this.tell("order");
    return row;
  }

  /** Changes what stands in a row: cells, volunteer, removed. */
  edit(row, change) {
    const wasShown = isShown(row);
    Object.assign(row, change);
    row.edit += 1;
    if (wasShown !== isShown(row)) this.tell("order");
    this.tell("edited", row);
  }

  /** One keystroke: nothing is drawn for it. */
  type(row, cell, text) {
    row.cells[cell] = text;
    if (cell === "person") row.volunteer = null;
    row.edit += 1;
    this.tell("edited", row);
  }

  editCommon(change) {
    Object.assign(this.common, change);
    this.commonEdit += 1;
    for (const name of Object.keys(change)) this.commonTouched[name] = this.commonEdit;
    this.tell("common");
    this.tell("edited", null);
  }

  /**
   * Takes up an answer. `sent` maps the keys of the rows that went with the request to their count
   * of edits then; `commonSent` is that of the common values.
   */
  absorb(answer, sent = new Map(), commonSent = null) {
    const clashes = new Set((answer.conflicts || []).map((each) => each.key));
    const foreign = [];
    let moved = false;
    for (const each of answer.rows || []) {
      const mine = sent.has(each.key) && !clashes.has(each.key) ? sent.get(each.key) : null;
      const change = this.take(each, mine, answer.by);
      moved ||= change.moved;
      if (change.foreign) foreign.push(this.rows.get(each.key));
    }
    this.acknowledge(answer, sent, clashes);
    for (const { key, theirs } of answer.conflicts || []) this.clash(key, { ...theirs, by: answer.by });
    if (answer.common) this.takeCommon(answer.common, commonSent);
    this.revision = Math.max(this.revision, answer.revision || 0);
    if (answer.state && answer.state !== "open") this.tell("closed", answer.state);
    if (moved) this.tell("order");
    if (foreign.length > 0) this.tell("foreign", foreign, answer.by || "");
  }

  /** What was sent and is not answered stood there already, word for word. */
  acknowledge(answer, sent, clashes) {
    const answered = new Set((answer.rows || []).map((each) => each.key));
    for (const [key, edit] of sent) {
      const row = this.rows.get(key);
      if (answered.has(key) || clashes.has(key) || !row) continue;
      row.saved = Math.max(row.saved, edit);
      // Another window may have written the same words first.
      if (!isDirty(row) && row.latest) adopt(row, row.latest);
      this.tell("row", row);
    }
  }

  /** One answered row; says whether the order changed and whether it was somebody else's doing. */
  take(answer, sentEdit, by = "") {
    let row = this.rows.get(answer.key);
    if (!row) {
      if (answer.removed || answer.state === "submitted") return {};
      row = makeRow(answer);
      this.rows.set(row.key, row);
      adopt(row, answer);
      return { moved: true, foreign: sentEdit === null };
    }
    if (answer.revision < row.base) return {};
    const before = { shown: isShown(row), position: row.position, text: snapshot(row) };
    if (sentEdit !== null) row.saved = Math.max(row.saved, sentEdit);
    if (!isDirty(row)) adopt(row, answer);
    else if (sentEdit !== null || (row.server && sameText(row.server, answer))) {
      row.server = answer;
      row.base = answer.revision;
    }
    row.latest = answer;
    // Who decides sees what stands there now, not what stood there when the two met.
    if (row.conflict) row.conflict = { ...answer, by: by || row.conflict.by };
    const foreign = sentEdit === null && !isDirty(row) && !sameText(before.text, row);
    this.tell("row", row, foreign);
    return {
      moved: before.shown !== isShown(row) || before.position !== row.position,
      foreign,
    };
  }

  clash(key, theirs) {
    const row = this.rows.get(key);
    if (!row) return;
    if (sameText(row, theirs)) {
      row.saved = row.edit;
      adopt(row, theirs);
    } else {
      row.conflict = theirs;
      row.latest = theirs;
    }
    this.tell("row", row);
  }

  /** Sends what stands here over what the other wrote. */
  keepMine(row) {
    row.base = row.conflict.revision;
    row.server = row.conflict;
    row.conflict = null;
    row.edit += 1;
    this.tell("row", row);
    this.tell("edited", row);
  }

  /** Leaves what the other wrote. */
  takeTheirs(row) {
    const theirs = row.conflict;
    row.saved = row.edit;
    adopt(row, theirs);
    this.tell("row", row);
    this.tell("order");
    this.tell("edited", null);
  }

  /** What is changed here and not sent yet stays; the others' values of all else are taken up. */
  takeCommon(common, commonSent) {
    const before = this.common;
    const sent = commonSent === null ? {} : this.commonChanges();
    if (commonSent !== null) this.commonSaved = Math.max(this.commonSaved, commonSent);
    if ((common.revision || 0) < (before.revision || 0)) return;
    const unsent = this.commonChanges();
    this.common = { ...common, ...unsent };
    for (const name of Object.keys(unsent)) delete sent[name];
    const changed = Object.keys(common).some((name) => this.common[name] !== before[name]);
    if (changed) this.tell("common", sent);
  }

  /** Lines that were kept on this computer, back where they were. Returns how many differ. */
  recover(kept, { late = false } = {}) {
    let found = 0;
    for (const each of kept) {
      const known = this.rows.get(each.key);
      if (known && known.base > 0 && sameText(known, each)) continue;
      // Left by a window that ended while this one went on: both texts stay, a row each.
      const apart = late && known && (isDirty(known) || known.base > each.base);
      if (apart && each.removed) continue;
      const row = apart ? makeRow({ ...each, key: freshKey() }) : known || makeRow(each);
      const { cells, volunteer, removed, position, base } = each;
      Object.assign(row, { cells, volunteer, removed, position, base: apart ? 0 : Math.max(base, 0) });
      row.edit += 1;
      this.rows.set(row.key, row);
      found += 1;
    }
    if (found > 0) {
      this.tell("order");
      this.tell("edited", null);
    }
    return found;
  }

  /** An empty row that nobody asked for between others is the last one, overtaken by them. */
  moveTail() {
    const shown = this.shown();
    const bottom = shown[shown.length - 1];
    for (const row of shown) {
      const untouched = row.edit === 0 && row.base === 0 && !row.wanted;
      if (untouched && row !== bottom) row.position = bottom.position + GAP;
    }
  }

  /** The last row is always an empty one to type into. */
  needsTail() {
    const shown = this.shown();
    const last = shown[shown.length - 1];
    return !last || hasText(last);
  }
}
