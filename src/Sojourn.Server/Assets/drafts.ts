// Half-written notes survive a reload, a lost connection and a server that restarts.
import { all, always } from "./page";

const keyOf = (field: HTMLTextAreaElement) => `draft-${field.dataset.draft}`;

const restore = () => {
  for (const field of all<HTMLTextAreaElement>("[data-draft]")) {
    const kept = sessionStorage.getItem(keyOf(field));
    if (kept && !field.value) {
      field.value = kept;
      const menu = field.closest("details");
      if (menu) menu.open = true;
    }
  }
};

export const startDrafts = () => {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLElement;
    if (!(field instanceof HTMLTextAreaElement) || !field.dataset.draft) return;
    if (field.value) sessionStorage.setItem(keyOf(field), field.value);
    else sessionStorage.removeItem(keyOf(field));
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig, isError } = (event as CustomEvent).detail;
    const form = requestConfig?.elt as Element | undefined;
    if (isError || !form?.matches?.("[data-note]")) return;
    for (const field of all<HTMLTextAreaElement>("[data-draft]", form)) {
      sessionStorage.removeItem(keyOf(field));
      field.value = "";
    }
    const menu = form.closest("details");
    if (menu) menu.open = false;
  });
  always(restore);
};
