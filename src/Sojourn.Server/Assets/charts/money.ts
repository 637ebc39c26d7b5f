// Money week by week, one bar upon the other; exact amounts come as words.
import { tooltip, type Paint } from "./paint";

type Week = { day: string; value: number; text: string; href: string };
type Bar = { name: string; weeks: Week[] };

export type MoneyWeeks = { kind: "money"; label: string; days: string[]; bars: Bar[] };

const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const moneyOption = (data: MoneyWeeks, paint: Paint) => {
  const letters = { color: paint.faint, fontFamily: paint.font, fontSize: paint.size };
  const colours = [paint.node, paint.quiet];
  return {
    aria: { enabled: true, label: { enabled: false } },
    animation: !paint.still,
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltip(paint), trigger: "axis" as const, axisPointer: { type: "shadow" as const },
      formatter: (shown: { data: Week }[]) =>
        [shown[0]?.data.day, ...shown.map(({ data: week }) => week.text)].join("\n"),
    },
    xAxis: {
      type: "category" as const, data: data.days,
      axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...letters, hideOverlap: true },
    },
    yAxis: {
      type: "value" as const, min: 0, splitNumber: 3,
      axisLabel: { ...letters, formatter: (value: number) => short.format(value) },
      splitLine: { lineStyle: { color: paint.grid } },
    },
    series: data.bars.map((bar, at) => ({
      type: "bar" as const, name: bar.name, stack: "money", barMaxWidth: 28,
      itemStyle: { color: colours[at] }, data: bar.weeks,
    })),
  };
};
