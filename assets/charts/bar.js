// Lying bars, one a row, each with its name and figure; what it is compared with in grey behind.

import { BEHIND, INK, SOFT, TEAL, textOf } from "./theme.js";

const label = (look) => ({
  show: true,
  position: "right",
  color: INK,
  fontSize: look.size,
  formatter: ({ data }) => data.text || "",
});

function bars(items, look) {
  return {
    type: "bar",
    barMaxWidth: look.wall ? 32 : 16,
    itemStyle: { color: TEAL },
    z: 3,
    label: label(look),
    emphasis: { itemStyle: { color: "#0b5249" } },
    data: items,
  };
}

/** The grey bars; where one is the longer, the figure is written at its end. */
function behind(items, look) {
  return {
    type: "bar",
    barMaxWidth: look.wall ? 32 : 16,
    barGap: "-100%",
    itemStyle: { color: BEHIND },
    silent: true,
    z: 2,
    label: label(look),
    data: items,
  };
}

export function barOption(data, look) {
  const compared = data.series.some((item) => typeof item.compare === "number");
  const behindIsLonger = (item) => compared && item.compare > item.value;
  const items = data.series.map((item) => ({
    value: item.value,
    shown: item.name,
    full: textOf(item, data.unit),
    text: behindIsLonger(item) ? "" : textOf(item, data.unit),
    href: item.href,
    cursor: item.href ? "pointer" : "default",
  }));
  const others = data.series.map((item) => ({
    value: item.compare,
    text: behindIsLonger(item) ? textOf(item, data.unit) : "",
  }));
  return {
    ...look.common,
    rows: items.length,
    tooltip: {
      ...look.common.tooltip,
      formatter: ({ data: bar, dataIndex }) => {
        const other = compared && data.compare_name ? data.series[dataIndex].compare : null;
        return `${bar.shown}  ${bar.full}${other === null ? "" : `\n${data.compare_name}  ${other}`}`;
      },
    },
    grid: { left: 4, right: look.wall ? 140 : 76, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: "value", show: false, min: 0, max: data.max },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.series.map((item) => item.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: SOFT, fontSize: look.size, interval: 0 },
    },
    series: [bars(items, look), ...(compared ? [behind(others, look)] : [])],
  };
}
