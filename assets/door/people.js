// Whom a scanned code or typed digits mean, and whether they come or go.

const TAIL = 4;
// A finger that trembles: the same person again within this is one scan.
const ONCE_MS = 60 * 1000;

/** Those of the roster who are meant; one, none or several. */
export function meant(roster, text) {
  if (text.includes(".")) return roster.people.filter((person) => person.code === text);
  if (!/^\d+$/.test(text)) return [];
  if (text.length === TAIL) return roster.people.filter((person) => person.tail === text);
  return roster.people.filter((person) => person.number === text);
}

/** "in", "out", or "" where the last scan was just now. */
export function nextDirection(scans, code, now) {
  const own = scans.filter((scan) => scan.token === code && scan.state !== "refused");
  const last = own[own.length - 1];
  if (!last) return "in";
  if (now - new Date(last.at) < ONCE_MS) return "";
  return last.direction === "in" ? "out" : "in";
}
