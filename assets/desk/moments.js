// Short ways to write a day and a time: 516, 5-16 or 5月16日; 8, 830 or 8点半. Whatever is not
// surely one of them stays as typed, for the server to judge.

const DAY = [
  /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^()(\d{1,2})(\d{2})$/,
];
const CLOCK = [/^(\d{1,2})(?:[:：.点时](?:(\d{1,2})分?|(半))?)?$/, /^(\d{1,2})(\d{2})$/];
const EARLIER_YEARS = 8;

const two = (number) => String(number).padStart(2, "0");

function isDay(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** 2026-05-16. Without a year it is the latest such day that has come; `today` is such a text. */
export function readDay(text, today) {
  const found = DAY.map((pattern) => pattern.exec(text)).find(Boolean);
  if (!found) return text;
  const [month, day] = [Number(found[2]), Number(found[3])];
  const year = Number(found[1] || today.slice(0, 4));
  for (let back = 0; back <= (found[1] ? 0 : EARLIER_YEARS); back += 1) {
    const whole = `${year - back}-${two(month)}-${two(day)}`;
    if (isDay(year - back, month, day) && (found[1] || whole <= today)) return whole;
  }
  return text;
}

/** 08:30. */
export function readClock(text) {
  const found = CLOCK.map((pattern) => pattern.exec(text)).find(Boolean);
  if (!found) return text;
  const [hour, minute] = [Number(found[1]), found[3] ? 30 : Number(found[2] || 0)];
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : text;
}

/** What is typed into a cell or a common field of that name, as it is kept. */
export function readCell(name, text, today) {
  if (name === "date") return readDay(text, today);
  return name === "start" || name === "end" ? readClock(text) : text;
}

/** 05-16 within this year, else the whole date. */
export function shortDay(day, today) {
  return day.slice(0, 4) === today.slice(0, 4) && day.length === 10 ? day.slice(5) : day;
}
