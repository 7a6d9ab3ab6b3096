// The scale in words under a map, and which committees have no place on it.

import { limitsOf, stepOf } from "./scale.js";

function rangeText(limits, index, unit) {
  const suffix = unit ? ` ${unit}` : "";
  if (index === 0) return `< ${limits[0]}${suffix}`;
  if (index === limits.length) return `≥ ${limits[index - 1]}${suffix}`;
  return `${limits[index - 1]}–${limits[index]}${suffix}`;
}

function entry(swatch, text) {
  const item = document.createElement("li");
  if (swatch) {
    const mark = document.createElement("span");
    mark.className = `swatch swatch-${swatch}`;
    mark.setAttribute("aria-hidden", "true");
    item.append(mark);
  }
  item.append(text);
  return item;
}

function missing(data, boundaries) {
  if (!boundaries) return [];
  const codes = new Set(boundaries.features.map((feature) => feature.properties.code));
  return data.series.filter((item) => !codes.has(item.code)).map((item) => item.name);
}

export function drawLegend(figure, data, boundaries) {
  const list = figure.querySelector("[data-chart-legend]");
  if (!list) return;
  const limits = limitsOf(data);
  const lower = [-Infinity, ...limits];
  const entries = limits.length
    ? lower.map((limit, index) =>
        entry(`step-${stepOf(index ? limit : limits[0] - 1, limits)}`, rangeText(limits, index, data.unit)),
      )
    : [];
  if (data.series.some((item) => typeof item.value !== "number")) {
    entries.push(entry("unknown", list.dataset.unknown));
  }
  const names = missing(data, boundaries);
  if (names.length) entries.push(entry(null, `${list.dataset.missing} ${names.join("、")}`));
  list.textContent = "";
  list.append(...entries);
  list.hidden = entries.length === 0;
}
