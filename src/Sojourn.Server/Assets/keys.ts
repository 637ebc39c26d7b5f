// The keyboard. What a key does is written where it is done: data-key names the keys of a link,
// button or field, data-does the words for the list of shortcuts.
import { all, find } from "./page";

const sequenceMs = 900;
const rowLinks = () => all<HTMLAnchorElement>("[data-row] .row-link");

let first = "";
let firstAt = 0;

export const singleKeys = () => localStorage.getItem("single-keys") !== "off";

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));

const current = () => {
  const links = rowLinks();
  const focused = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (focused >= 0) return focused;
  return links.findIndex((link) => link.closest("[data-row]")?.hasAttribute("data-open"));
};

const move = (by: number) => {
  const links = rowLinks();
  const next = links[Math.min(links.length - 1, Math.max(0, current() + by))];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  // With a panel open, it follows the row.
  if (find(".panel")) next.click();
};

const pick = () => {
  const box = rowLinks()[current()]?.closest("[data-row]")?.querySelector<HTMLInputElement>("[data-pick]");
  box?.click();
};

const use = (element: HTMLElement) => {
  if (element instanceof HTMLInputElement) { element.focus(); element.select(); return; }
  element.click();
  const menu = element.closest("details");
  if (menu?.open) menu.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
};

const close = () => {
  const menu = find<HTMLDetailsElement>("details.filter[open]");
  if (menu) { menu.open = false; menu.querySelector("summary")?.focus(); return true; }
  const panel = find<HTMLAnchorElement>("[data-close]");
  if (!panel) return false;
  const open = find(".panel")?.dataset.session;
  panel.click();
  document.addEventListener("htmx:afterSettle", () => {
    const row = open ? document.getElementById(open) : null;
    (row?.querySelector<HTMLElement>(".row-link") ?? rowLinks()[0])?.focus();
  }, { once: true });
  return true;
};

const press = (key: string) => {
  const keys = first && Date.now() - firstAt < sequenceMs ? `${first} ${key}` : key;
  const found = all<HTMLElement>(`[data-key="${CSS.escape(keys)}"]`)
    .find((one) => one.offsetParent !== null || one.closest("[popover]"));
  first = all(`[data-key^="${CSS.escape(key)} "]`).length > 0 ? key : "";
  firstAt = Date.now();
  if (!found) return false;
  first = "";
  use(found);
  return true;
};

const handle = (event: KeyboardEvent) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    if (isTyping(event.target)) (event.target as HTMLElement).blur();
    if (close()) event.preventDefault();
    return;
  }
  if (isTyping(event.target) || !singleKeys() || find("dialog[open]")) return;
  const own: Record<string, () => void> = { j: () => move(1), k: () => move(-1), x: pick };
  const run = first ? undefined : own[event.key];
  if (run) { run(); event.preventDefault(); }
  else if (press(event.key)) event.preventDefault();
};

// The list of shortcuts is what the page can do right now.
const list = () => {
  const target = find("[data-shortcuts]");
  if (!target) return;
  const words = new Map<string, string>([
    ["j k", target.dataset.move ?? ""], ["Enter", target.dataset.open ?? ""],
    ["x", target.dataset.select ?? ""], ["Esc", target.dataset.close ?? ""],
  ]);
  for (const one of all("[data-key][data-does]")) {
    if (one.dataset.key && one.dataset.does) words.set(one.dataset.key, one.dataset.does);
  }
  target.replaceChildren(...[...words].flatMap(([keys, does]) => {
    const term = document.createElement("dt");
    term.append(...keys.split(" ").map((key) => {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      return cap;
    }));
    const text = document.createElement("dd");
    text.textContent = does;
    return [term, text];
  }));
};

export const startKeys = () => {
  document.addEventListener("keydown", handle);
  document.getElementById("shortcuts")?.addEventListener("beforetoggle", list);
  const choice = find<HTMLInputElement>("[data-single-keys]");
  if (!choice) return;
  choice.checked = singleKeys();
  choice.addEventListener("change", () =>
    localStorage.setItem("single-keys", choice.checked ? "on" : "off"));
};
