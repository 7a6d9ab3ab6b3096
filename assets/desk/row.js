// One row as this window knows it: what is typed here, and what the server last said of it.

export const CELLS = ["person", "activity", "date", "start", "end", "hours", "note"];
const EMPTY = Object.fromEntries(CELLS.map((cell) => [cell, ""]));

/** `edit` counts the changes made here, `saved` those of them that the server has. */
export function makeRow({ key, position, cells = {} }) {
  return {
    key,
    position,
    cells: { ...EMPTY, ...cells },
    volunteer: null,
    removed: false,
    base: 0,
    server: null,
    // The server's newest words, which may be another window's while something is typed here.
    latest: null,
    conflict: null,
    edit: 0,
    saved: 0,
  };
}

export const isDirty = (row) => row.edit > row.saved;
export const hasText = (row) => row.volunteer !== null || CELLS.some((cell) => row.cells[cell]);
/** Whether a line of its own is worth it: an empty line that never left this window is not. */
export const isUnsent = (row) => isDirty(row) && (row.base > 0 || (hasText(row) && !row.removed));
/** A submitted row is done with, unless something typed since waits to be decided on. */
export const isShown = (row) =>
  !row.removed && (stateOf(row) !== "submitted" || isDirty(row));
export const stateOf = (row) => (row.server ? row.server.state : "empty");

/** What undo brings back. */
export function snapshot(row) {
  const { cells, volunteer, removed } = row;
  return { cells: { ...cells }, volunteer, removed };
}

/** Puts back, of what a step changed, the cells of that side; what others changed since stays. */
export function partOf(row, { before, after }, side) {
  const cells = { ...row.cells };
  for (const cell of CELLS) {
    if (before.cells[cell] !== after.cells[cell]) cells[cell] = side.cells[cell];
  }
  const change = { cells };
  const isPerson = before.cells.person !== after.cells.person;
  if (isPerson || idOf(before.volunteer) !== idOf(after.volunteer)) {
    cells.person = side.cells.person;
    change.volunteer = side.volunteer;
  }
  if (before.removed !== after.removed) change.removed = side.removed;
  return change;
}

const idOf = (volunteer) => (volunteer ? String(volunteer.id) : "");

/** Whether two snapshots, rows or answers say the same. */
export function sameText(one, other) {
  return (
    one.removed === other.removed &&
    idOf(one.volunteer) === idOf(other.volunteer) &&
    CELLS.every((cell) => (one.cells[cell] || "") === (other.cells[cell] || ""))
  );
}

/** The server's words in place of what stands here. */
export function adopt(row, answer) {
  row.server = answer;
  row.latest = answer;
  row.base = answer.revision;
  row.position = answer.position;
  row.cells = { ...EMPTY, ...answer.cells };
  row.volunteer = answer.volunteer;
  row.removed = answer.removed;
  row.conflict = null;
}

/** The row as it is sent. */
export function outgoing(row) {
  return {
    key: row.key,
    base: row.base,
    position: row.position,
    cells: row.cells,
    volunteer: row.volunteer ? row.volunteer.id : null,
    removed: row.removed,
  };
}
