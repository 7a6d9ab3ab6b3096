// Stands in for the map where there are no boundaries: areas by `size`, colour by value.

import { coloursOf, HATCH, limitsOf } from "./scale.js";
import { textOf } from "./theme.js";

function tileOf(item, data, limits) {
  const colours = coloursOf(item.value, limits);
  return {
    name: item.name,
    value: item.size > 0 ? item.size : 1,
    text: textOf(item, data.unit),
    href: item.href,
    cursor: item.href ? "pointer" : "default",
    itemStyle: { color: colours.fill, decal: colours.hatched ? HATCH : undefined },
    label: { color: colours.ink },
  };
}

export function treemapOption(data, look) {
  const limits = limitsOf(data);
  return {
    ...look.common,
    tooltip: {
      ...look.common.tooltip,
      formatter: (event) => (event.data ? `${event.data.name}  ${event.data.text}` : ""),
    },
    series: [
      {
        type: "treemap",
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        itemStyle: { borderColor: "#fff", borderWidth: 1, gapWidth: 1 },
        label: {
          fontSize: look.size,
          lineHeight: look.size * 1.3,
          formatter: ({ data: tile }) => `${tile.name}\n${tile.text}`,
        },
        data: data.series.map((item) => tileOf(item, data, limits)),
      },
    ],
  };
}
