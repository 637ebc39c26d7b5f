// The colours and letters of the style sheet, as a drawing library wants them.

export type Paint = ReturnType<typeof readPaint>;

const names = {
  node: "--chart-1", quiet: "--chart-2", grid: "--chart-grid", flow: "--chart-flow",
  converted: "--converted-solid", left: "--line-control", drop: "--restricted-solid",
  text: "--text", faint: "--text-faint", surface: "--surface-raised", line: "--line",
} as const;

/** Reads them where a chart stands; a variable alone would not tell light from dark. */
export const readPaint = (place: HTMLElement) => {
  const probe = document.createElement("span");
  place.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const style = getComputedStyle(place);
  const colours = Object.fromEntries(
    Object.entries(names).map(([key, name]) => [key, read(name)]),
  ) as Record<keyof typeof names, string>;
  probe.remove();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { ...colours, font: style.fontFamily, size: parseFloat(style.fontSize), still };
};

/** A tooltip without markup, which the content policy would not let through. */
export const tooltip = (paint: Paint) => ({
  renderMode: "richText" as const,
  backgroundColor: paint.surface,
  borderColor: paint.line,
  textStyle: { color: paint.text, fontSize: paint.size, fontFamily: paint.font },
});
