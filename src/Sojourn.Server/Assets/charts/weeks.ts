// One number week by week, with the band it usually lies in.
import { tooltip, type Paint } from "./paint";

type Week = { day: string; outside: boolean; value?: number; text?: string; shown: string; href: string };
type Tick = { value: number; text: string };

export type Weeks = { kind: "weeks"; label: string; low?: number; high?: number; ticks: Tick[]; weeks: Week[] };

export const weeksOption = (data: Weeks, paint: Paint) => {
  const letters = { color: paint.faint, fontFamily: paint.font, fontSize: paint.size };
  const top = data.ticks[data.ticks.length - 1]?.value ?? 0;
  const words = new Map(data.ticks.map((tick) => [tick.value, tick.text]));
  return {
    aria: { enabled: true, label: { enabled: false } },
    animation: !paint.still,
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltip(paint), trigger: "item",
      formatter: ({ data: week }: { data: Week }) => `${week.day}: ${week.text}\n${week.shown}`,
    },
    xAxis: {
      type: "category" as const, boundaryGap: false, data: data.weeks.map((week) => week.day),
      axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...letters, hideOverlap: true },
    },
    yAxis: {
      type: "value" as const, min: 0, max: top > 0 ? top : 1, interval: top > 0 ? top / 2 : 1,
      axisLabel: {
        ...letters,
        formatter: (value: number) => words.get(value) ?? "",
      },
      splitLine: { lineStyle: { color: paint.grid } },
    },
    series: [{
      type: "line" as const,
      lineStyle: { color: paint.node, width: 2 },
      symbol: "circle",
      data: data.weeks.map((week) => ({
        ...week, value: week.value ?? null,
        symbolSize: week.outside ? 9 : 6,
        itemStyle: { color: week.outside ? paint.drop : paint.node },
      })),
      markArea: data.high === undefined ? undefined : {
        silent: true, itemStyle: { color: paint.grid },
        data: [[{ yAxis: data.low ?? 0 }, { yAxis: data.high }]],
      },
    }],
  };
};
