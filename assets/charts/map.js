// A choropleth of the committees below. Features are matched by their division code.

import { coloursOf, HATCH, limitsOf } from "./scale.js";
import { INK, textOf } from "./theme.js";

/** The boundaries as GeoJSON, or null when there are none for this area. */
export async function loadBoundaries(data) {
  if (!data.boundaries) return null;
  const answer = await fetch(data.boundaries);
  if (!answer.ok) return null;
  const boundaries = await answer.json();
  const codes = new Set(boundaries.features.map((feature) => feature.properties.code));
  return data.series.some((item) => codes.has(item.code)) ? boundaries : null;
}

/** The southernmost and northernmost latitude, in degrees. */
function latitudes(boundaries) {
  let [south, north] = [90, -90];
  const visit = (part) => {
    if (typeof part[0] === "number") {
      south = Math.min(south, part[1]);
      north = Math.max(north, part[1]);
    } else part.forEach(visit);
  };
  boundaries.features.forEach((feature) => visit(feature.geometry.coordinates));
  return [south, north];
}

function regionOf(feature, item, data, limits) {
  const value = item ? item.value : null;
  const colours = coloursOf(value, limits);
  const text = item ? textOf(item, data.unit) : "–";
  return {
    name: feature.properties.code,
    shown: item ? item.name : feature.properties.name,
    text,
    href: item ? item.href : null,
    value,
    cursor: item && item.href ? "pointer" : "default",
    itemStyle: { areaColor: colours.fill, decal: colours.hatched ? HATCH : undefined },
    label: { color: colours.ink, textBorderColor: colours.halo, textBorderWidth: 2 },
  };
}

export function mapOption(data, boundaries, look, registerMap) {
  const limits = limitsOf(data);
  const items = new Map(data.series.map((item) => [item.code, item]));
  const [south, north] = latitudes(boundaries);
  registerMap(data.boundaries, boundaries);
  return {
    ...look.common,
    tooltip: {
      ...look.common.tooltip,
      formatter: (event) => (event.data ? `${event.data.shown}  ${event.data.text}` : ""),
    },
    series: [
      {
        type: "map",
        map: data.boundaries,
        nameProperty: "code",
        roam: false,
        selectedMode: false,
        aspectScale: Math.cos((((south + north) / 2) * Math.PI) / 180),
        preserveAspect: "contain",
        left: 4,
        right: 4,
        top: 4,
        bottom: 4,
        itemStyle: { borderColor: "#fff", borderWidth: look.wall ? 2 : 1 },
        label: {
          show: true,
          fontSize: look.narrow ? look.size - 2 : look.size,
          lineHeight: look.size * 1.25,
          formatter: ({ data: region }) =>
            region && !look.narrow ? `${region.shown}\n${region.text}` : (region || {}).shown || "",
        },
        labelLayout: { hideOverlap: true },
        emphasis: {
          label: { show: true, color: INK, textBorderColor: "#fff", textBorderWidth: 3 },
          itemStyle: { areaColor: "#fde68a" },
        },
        data: boundaries.features.map((feature) =>
          regionOf(feature, items.get(feature.properties.code), data, limits),
        ),
      },
    ],
  };
}
