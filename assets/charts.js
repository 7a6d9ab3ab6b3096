// Draws every [data-chart] on the page from the JSON the server gives; loaded only by pages with
// charts. The table beside each chart says the same and stays for readers without scripts.
import { BarChart, LineChart, MapChart, TreemapChart } from "echarts/charts";
import { GeoComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { barOption } from "./charts/bar.js";
import { drawLegend } from "./charts/legend.js";
import { lineOption } from "./charts/line.js";
import { loadBoundaries, mapOption } from "./charts/map.js";
import { theme } from "./charts/theme.js";
import { treemapOption } from "./charts/treemap.js";

use([
  BarChart, LineChart, MapChart, TreemapChart, GeoComponent, GridComponent, TooltipComponent,
  LabelLayout, SVGRenderer,
]);

async function dataOf(source) {
  if (source.startsWith("#")) return JSON.parse(document.querySelector(source).textContent);
  const answer = await fetch(source, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return answer.json();
}

/** The option for ECharts; a map without boundaries becomes a treemap. */
async function optionOf(figure, data, look) {
  const kind = figure.dataset.chart;
  if (kind === "bar") return barOption(data, look);
  if (kind === "line") return lineOption(data, look);
  const boundaries = kind === "map" ? await loadBoundaries(data) : null;
  const shown = boundaries ? mapOption(data, boundaries, look, registerMap) : treemapOption(data, look);
  drawLegend(figure, data, boundaries);
  return shown;
}

function follow(chart) {
  chart.on("click", (event) => {
    const href = event.data && event.data.href;
    if (href) location.assign(href);
  });
}

function listenForSwitch(figure, chart) {
  const button = figure.querySelector("[data-chart-switch]");
  if (!button) return;
  button.addEventListener("click", () => {
    const shown = figure.classList.toggle("shows-table");
    const label = button.textContent;
    button.textContent = button.dataset.otherLabel;
    button.dataset.otherLabel = label;
    if (!shown) chart.resize();
  });
}

async function draw(figure) {
  figure.dataset.drawn = "";
  const data = await dataOf(figure.dataset.chartSource);
  const canvas = figure.querySelector("[data-chart-canvas]");
  figure.classList.add("chart-drawn");
  const look = theme(canvas);
  const { rows, ...option } = await optionOf(figure, data, look);
  if (rows) canvas.style.height = `${rows * look.rowHeight + 12}px`;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.querySelector("h2").textContent);
  const chart = init(canvas, null, { renderer: "svg" });
  chart.setOption(option);
  follow(chart);
  listenForSwitch(figure, chart);
  new ResizeObserver(() => canvas.clientWidth && chart.resize()).observe(canvas);
}

function drawWithin(root) {
  root.querySelectorAll("[data-chart]:not([data-drawn])").forEach((figure) => {
    draw(figure).catch((error) => {
      figure.classList.remove("chart-drawn");
      console.error("the table stays, the chart could not be drawn", error);
    });
  });
}

drawWithin(document);
document.body.addEventListener("htmx:load", (event) => drawWithin(event.detail.elt));
