// Figures over months. The line in question is teal and named at its end; others are grey behind.

import { BEHIND, INK, LINE, SOFT, TEAL } from "./theme.js";

function lineOf(line, data, look) {
  return {
    type: "line",
    name: line.name,
    data: line.values,
    symbol: "circle",
    symbolSize: look.wall ? 10 : 5,
    showSymbol: !line.muted,
    z: line.muted ? 2 : 3,
    lineStyle: { color: line.muted ? BEHIND : TEAL, width: look.wall ? 4 : 2 },
    itemStyle: { color: line.muted ? BEHIND : TEAL },
    endLabel: {
      show: true,
      color: line.muted ? SOFT : INK,
      fontSize: look.size,
      formatter: () => line.name,
    },
    emphasis: { disabled: true },
  };
}

export function lineOption(data, look) {
  const longest = Math.max(...data.lines.map((line) => line.name.length));
  return {
    ...look.common,
    tooltip: {
      ...look.common.tooltip,
      trigger: "axis",
      axisPointer: { lineStyle: { color: BEHIND } },
      valueFormatter: (value) => (value === null || value === undefined ? "–" : `${value} ${data.unit || ""}`),
    },
    grid: {
      left: 4,
      right: 16 + longest * look.size,
      top: 24,
      bottom: 4,
      containLabel: true,
    },
    xAxis: {
      type: "category",
      data: data.categories,
      axisLine: { lineStyle: { color: BEHIND } },
      axisTick: { show: false },
      axisLabel: { color: SOFT, fontSize: look.size, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      name: data.unit,
      nameTextStyle: { color: SOFT, fontSize: look.size, align: "left" },
      splitNumber: 3,
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { color: SOFT, fontSize: look.size },
    },
    series: data.lines.map((line) => lineOf(line, data, look)),
  };
}
