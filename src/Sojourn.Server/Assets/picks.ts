// Rows that are picked stay picked while the list moves under them.
import { all, always, find } from "./page";

const picked = new Set<string>();
let list = "";

const show = () => {
  const path = location.pathname.split("/").slice(0, 4).join("/");
  if (path !== list) { picked.clear(); list = path; }
  const boxes = all<HTMLInputElement>("[data-pick]");
  const shown = new Set(boxes.map((box) => box.value));
  for (const id of picked) if (!shown.has(id)) picked.delete(id);
  for (const box of boxes) box.checked = picked.has(box.value);
  const every = find<HTMLInputElement>("[data-pick-all]");
  if (every) {
    every.checked = boxes.length > 0 && picked.size === boxes.length;
    every.indeterminate = picked.size > 0 && picked.size < boxes.length;
  }
  const bar = find("#bulk");
  if (!bar) return;
  bar.hidden = picked.size === 0;
  const words = find("[data-picked]", bar);
  if (words) words.textContent = (words.dataset.picked ?? "").replace("{0}", String(picked.size));
};

export const startPicks = () => {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if ("pickAll" in box.dataset) {
      for (const one of all<HTMLInputElement>("[data-pick]")) {
        if (box.checked) picked.add(one.value); else picked.delete(one.value);
      }
    } else if ("pick" in box.dataset) {
      if (box.checked) picked.add(box.value); else picked.delete(box.value);
    } else return;
    show();
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-pick-none]")) return;
    picked.clear();
    show();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = (event as CustomEvent).detail;
    if (successful && (elt as Element).id === "bulk") picked.clear();
  });
  always(show);
};
