// Small words for the page.

export const main = () => document.getElementById("main");

export const find = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document) =>
  within.querySelector<T>(selector);

export const all = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document) =>
  [...within.querySelectorAll<T>(selector)];

/** Runs now, and again after every part of the page that the server sent anew. */
export const always = (run: () => void) => {
  run();
  document.addEventListener("htmx:afterSettle", run);
};

/** A sentence at the foot of the page that goes away by itself. */
export const toast = (text: string) => {
  const line = document.createElement("p");
  line.className = "toast";
  line.textContent = text;
  document.getElementById("toasts")?.append(line);
};
