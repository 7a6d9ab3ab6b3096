// One hue in five steps. The server may give the four limits between them as `steps`.

import { INK, SCALE } from "./theme.js";

const isKnown = (value) => typeof value === "number" && Number.isFinite(value);

function rounded(value) {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Math.round(value / unit) * unit;
}

function quantiles(values) {
  const sorted = values.filter(isKnown).sort((a, b) => a - b);
  if (!sorted.length) return [];
  const limits = [0.2, 0.4, 0.6, 0.8].map((part) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]),
  );
  return [...new Set(limits)].filter((limit) => limit > sorted[0]);
}

export function limitsOf(data) {
  if (data.steps) return data.steps;
  if (data.unit === "%") return [20, 40, 60, 80];
  return quantiles(data.series.map((item) => item.value));
}

/** The step of `value`: 0 (palest) to 4; null when it is unknown. */
export function stepOf(value, limits) {
  if (!isKnown(value)) return null;
  const step = limits.filter((limit) => value >= limit).length;
  return Math.round((step * (SCALE.length - 1)) / Math.max(1, limits.length));
}

export const HATCH = {
  symbol: "rect",
  color: "#aab3b9",
  dashArrayX: [1, 0],
  dashArrayY: [1, 5],
  rotation: -Math.PI / 4,
};

/** Fill, and lettering that can be read on it. */
export function coloursOf(value, limits) {
  const step = stepOf(value, limits);
  if (step === null) return { fill: "#f5f7f7", ink: INK, halo: "#f5f7f7", hatched: true };
  return { fill: SCALE[step], ink: step >= 3 ? "#fff" : INK, halo: SCALE[step], hatched: false };
}
