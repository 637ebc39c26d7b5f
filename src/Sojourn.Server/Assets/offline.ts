// Says when the server cannot be reached, and when it can again.
import { refresh } from "./live";

const againMs = 1500;

let waiting = false;

const banner = () => document.getElementById("offline");

const isBack = async () => {
  try {
    return (await fetch("/health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
};

const wait = async () => {
  if (waiting) return;
  waiting = true;
  banner()?.removeAttribute("hidden");
  while (!(await isBack())) await new Promise((go) => setTimeout(go, againMs));
  banner()?.setAttribute("hidden", "");
  waiting = false;
  await refresh();
};

export const startOffline = () => {
  document.addEventListener("htmx:sendError", () => void wait());
  document.addEventListener("htmx:timeout", () => void wait());
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent;
    // An answer without a page has nothing to show; the page stays as it is.
    const type = detail.xhr.getResponseHeader("Content-Type") ?? "";
    if (detail.xhr.status >= 500 || !type.startsWith("text/html")) {
      detail.shouldSwap = false;
      if (detail.xhr.status >= 500) void wait();
    }
  });
};
