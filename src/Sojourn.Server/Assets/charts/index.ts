// Draws the charts of a page from the data in their places. All of it also stands in tables
// beside them, so a chart may be left out.
import { BarChart, LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkAreaComponent, TooltipComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { all, always } from "../page";
import { flowOption, type Flow } from "./flow";
import { moneyOption, type MoneyWeeks } from "./money";
import { readPaint } from "./paint";
import { weeksOption, type Weeks } from "./weeks";

use([
  SankeyChart, LineChart, BarChart, GridComponent, MarkAreaComponent, TooltipComponent, AriaComponent, SVGRenderer,
]);

type Target = { data?: { href?: string } };

let drawn: { place: HTMLElement; chart: ECharts; watch: ResizeObserver }[] = [];

const clear = () => {
  for (const { chart, watch } of drawn) {
    watch.disconnect();
    chart.dispose();
  }
  drawn = [];
};

const drawOne = (place: HTMLElement) => {
  const data = JSON.parse(place.dataset.chart ?? "{}") as Flow | MoneyWeeks | Weeks;
  place.dataset.drawn = "";
  const paint = readPaint(place);
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption(
    data.kind === "flow" ? flowOption(data, paint)
    : data.kind === "money" ? moneyOption(data, paint)
    : weeksOption(data, paint));
  chart.on("click", (event) => {
    const href = (event as Target).data?.href;
    if (href) location.assign(href);
  });
  place.querySelector("svg")?.setAttribute("aria-hidden", "true");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", data.label);
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(place);
  drawn.push({ place, chart, watch });
};

const draw = () => {
  const places = all("[data-chart]");
  if (places.length === drawn.length
    && drawn.every(({ place, chart }, at) => place === places[at] && chart.getDom().firstChild
      && place.dataset.shown === place.dataset.chart)) return;
  clear();
  for (const place of places) {
    drawOne(place);
    place.dataset.shown = place.dataset.chart;
  }
};

const redraw = () => { clear(); draw(); };

always(draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
new MutationObserver(redraw)
  .observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "dir"] });
