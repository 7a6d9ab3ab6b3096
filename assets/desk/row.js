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
    conflict: null,
    edit: 0,
    saved: 0,
  };
}

export const isDirty = (row) => row.edit > row.saved;
export const hasText = (row) => row.volunteer !== null || CELLS.some((cell) => row.cells[cell]);
/** Whether a line of its own is worth it: an empty line that never left this window is not. */
export const isUnsent = (row) => isDirty(row) && (row.base > 0 || (hasText(row) && !row.removed));
export const isShown = (row) => !row.removed && stateOf(row) !== "submitted";
export const stateOf = (row) => (row.server ? row.server.state : "empty");

/** What undo brings back. */
export function snapshot(row) {
  const { cells, volunteer, removed } = row;
  return { cells: { ...cells }, volunteer, removed };
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
