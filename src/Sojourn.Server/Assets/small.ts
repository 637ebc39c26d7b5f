// Copying, ages that grow, menus that close, and where the list stands after another page.
import { all, find, toast } from "./page";

const toastMs = 10_000;

const ago = (seconds: number) =>
  seconds < 10 ? "" : seconds < 60 ? `${seconds}s`
    : seconds < 3600 ? `${Math.floor(seconds / 60)}m`
      : seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;

const grow = () => {
  const { agoWords = "{0}", nowWords = "now" } = document.body.dataset;
  for (const time of all<HTMLTimeElement>("time[data-ago]")) {
    const age = ago(Math.max(0, Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000)));
    const text = !age ? nowWords : time.dataset.ago === "short" ? age : agoWords.replace("{0}", age);
    if (time.textContent !== text) time.textContent = text;
  }
};

const copy = async (button: HTMLElement) => {
  const { copiedWords = "Copied" } = document.body.dataset;
  await navigator.clipboard.writeText(button.dataset.copy ?? "");
  toast(copiedWords);
};

const closeOthers = (event: Event) => {
  for (const menu of all<HTMLDetailsElement>("details.filter[open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
};

// Lengths may be typed as plain minutes; a day stands for its first instant.
const finish = (event: Event) => {
  const field = event.target as HTMLInputElement;
  if (field.type === "date" && field.form) {
    const any = find<HTMLInputElement>('[data-period][value=""]', field.form);
    if (any && field.value) any.checked = true;
  }
  if (field.dataset?.period !== undefined && field.value && field.form) {
    for (const day of all<HTMLInputElement>("input[type=date]", field.form)) day.value = "";
  }
};

const expire = () => {
  for (const line of all("#toasts .toast:not([data-seen])")) {
    line.dataset.seen = "true";
    if (line.dataset.copied) void navigator.clipboard?.writeText(line.dataset.copied).catch(() => {});
    setTimeout(() => line.remove(), toastMs);
  }
};

export const startSmallThings = () => {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
    closeOthers(event);
  });
  document.addEventListener("change", finish, { capture: true });
  document.addEventListener("htmx:pushedIntoHistory", () => {
    const list = document.getElementById("list");
    const panel = find(".panel");
    if (list && !panel) list.scrollTop = 0;
  });
  new MutationObserver(expire).observe(document.body, { childList: true, subtree: true });
  expire();
  setInterval(grow, 1000);
};
