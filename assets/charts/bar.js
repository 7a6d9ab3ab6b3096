// Lying bars, one a row, each with its name and figure; what it is compared with in grey behind.

import { BEHIND, INK, SOFT, TEAL, textOf } from "./theme.js";

function bars(items, look) {
  return {
    type: "bar",
    barMaxWidth: look.wall ? 32 : 16,
    itemStyle: { color: TEAL },
    z: 3,
    label: {
      show: true,
      position: "right",
      color: INK,
      fontSize: look.size,
      formatter: ({ data }) => data.text,
    },
    emphasis: { itemStyle: { color: "#0b5249" } },
    data: items,
  };
}

function behind(series, look) {
  return {
    type: "bar",
    barMaxWidth: look.wall ? 32 : 16,
    barGap: "-100%",
    itemStyle: { color: BEHIND },
    silent: true,
    z: 2,
    data: series.map((item) => item.compare),
  };
}

export function barOption(data, look) {
  const items = data.series.map((item) => ({
    value: item.value,
    text: textOf(item, data.unit),
    shown: item.name,
    href: item.href,
    cursor: item.href ? "pointer" : "default",
  }));
  const compared = data.series.some((item) => typeof item.compare === "number");
  return {
    ...look.common,
    rows: items.length,
    tooltip: {
      ...look.common.tooltip,
      formatter: ({ data: bar, dataIndex }) => {
        const other = compared && data.compare_name ? data.series[dataIndex].compare : null;
        return `${bar.shown}  ${bar.text}${other === null ? "" : `\n${data.compare_name}  ${other}`}`;
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
    series: [bars(items, look), ...(compared ? [behind(data.series, look)] : [])],
  };
}
