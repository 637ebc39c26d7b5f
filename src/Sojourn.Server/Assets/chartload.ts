// Charts are a bundle of their own, fetched by the first page that has one.
import { always, find } from "./page";

let asked = false;

export const startCharts = () => always(() => {
  const source = find("[data-chart-script]")?.dataset.chartScript;
  if (asked || !source) return;
  asked = true;
  const script = document.createElement("script");
  script.src = source;
  document.head.append(script);
});
