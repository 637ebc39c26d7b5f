// From the first step to the outcome.
import { tooltip, type Paint } from "./paint";

type Node = { id: string; name: string; column: number; end: string; count: number; shown: string; href: string };
type Link = { from: string; to: string; count: number; shown: string; href: string };

export type Flow = { kind: "flow"; columns: number; label: string; nodes: Node[]; links: Link[] };

const longest = 22;

const cut = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name);

export const flowOption = (flow: Flow, paint: Paint) => {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const nameOf = (id: string) => nodes.get(id)?.name ?? id;
  const colourOf = (end: string) =>
    end === "converted" ? paint.converted : end === "left" ? paint.left : paint.node;
  const words = ({ data }: { data: { source?: string; target?: string; name?: string; shown: string } }) =>
    data.source === undefined
      ? `${nameOf(data.name ?? "")}: ${data.shown}`
      : `${nameOf(data.source)} → ${nameOf(data.target ?? "")}: ${data.shown}`;
  return {
    aria: { enabled: true, label: { enabled: false } },
    animation: !paint.still,
    tooltip: { ...tooltip(paint), trigger: "item", formatter: words },
    series: [{
      type: "sankey" as const,
      left: 4, right: 150, top: 8, bottom: 8,
      nodeWidth: 8, nodeGap: 14, draggable: false, layoutIterations: 24,
      emphasis: { focus: "adjacency" },
      lineStyle: { curveness: 0.5 },
      label: {
        color: paint.text, fontFamily: paint.font, fontSize: paint.size, position: "right" as const,
        formatter: ({ name, value }: { name: string; value: number }) =>
          `${cut(nameOf(name))} {faint|${value.toLocaleString("en-US")}}`,
        rich: { faint: { color: paint.faint, fontSize: paint.size, fontFamily: paint.font } },
      },
      data: flow.nodes.map((node) => ({
        name: node.id, depth: node.column, value: node.count, href: node.href, shown: node.shown,
        itemStyle: { color: colourOf(node.end), borderWidth: 0 },
      })),
      links: flow.links.map((link) => {
        const end = nodes.get(link.to)?.end ?? "";
        return {
          source: link.from, target: link.to, value: link.count, href: link.href, shown: link.shown,
          lineStyle: end === "converted"
            ? { color: paint.converted, opacity: 0.38 }
            : end === "left" ? { color: paint.quiet, opacity: 0.6 } : { color: paint.flow, opacity: 0.55 },
        };
      }),
    }],
  };
};
