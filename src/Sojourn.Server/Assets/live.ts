// Pages follow what happens. One stream per browser and project, shared between its tabs: the
// tab that holds the lock listens and tells the others.
import htmx from "./htmx";
import { all, find, main } from "./page";

type News = { kind: "open" | "lost" | "reset" } | { kind: "changed"; kinds: string[] };

const refreshPauseMs = 400;
const byTimeMs = 15_000;

let project = "";
let paused = false;
let lost = false;
let stale = false;
let asking = false;
let lastAsked = 0;
let freshAt = Date.now();
let channel: BroadcastChannel | undefined;

/** Asks the server for this very page again and morphs what changed. */
export const refresh = async () => {
  const here = location.href;
  if (asking || !main()) return;
  asking = true;
  lastAsked = Date.now();
  stale = false;
  try {
    await htmx.ajax("get", here, {
      source: "#main", target: "#main", select: "#main", swap: "morph show:none",
      selectOOB: "#nav,#tabbar,#health", headers: { "Sojourn-Refresh": here },
    } as Parameters<typeof htmx.ajax>[2]);
    freshAt = Date.now();
  } catch {
    stale = true; // Nobody answered, and the page says so; it is asked again before long.
  } finally {
    asking = false;
  }
};

// Whoever went elsewhere meanwhile is not brought back.
document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent).detail;
  const asked = detail.requestConfig?.headers?.["Sojourn-Refresh"];
  if (asked && asked !== location.href) detail.shouldSwap = false;
});

const refreshSoon = () => {
  stale = true;
  if (paused || document.hidden) return;
  const wait = Math.max(0, lastAsked + refreshPauseMs - Date.now());
  setTimeout(() => { if (stale && !paused && !document.hidden) void refresh(); }, wait);
};

const hear = (news: News) => {
  if (news.kind === "changed") { if (concerns(news.kinds)) refreshSoon(); }
  else if (news.kind === "reset") refreshSoon();
  else lost = news.kind === "lost";
  show();
};

const concerns = (kinds: string[]) => {
  const shown = main()?.dataset.live;
  return shown !== undefined && (shown === "any" || kinds.includes(shown));
};

const show = () => {
  const control = find("[data-live-switch]");
  if (!control) return;
  const words = find("[data-on]", control);
  const state = paused ? "paused" : lost ? "lost" : "on";
  control.dataset.state = state;
  control.setAttribute("aria-pressed", String(!paused));
  if (!words) return;
  const behind = Math.round((Date.now() - freshAt) / 1000);
  const text = words.dataset[state] ?? "";
  words.textContent = state === "paused" && stale ? `${text}, ${behind} s` : text;
};

const listen = (id: string) => {
  channel?.close();
  const ours = (channel = new BroadcastChannel(`sojourn-live-${id}`));
  ours.onmessage = (event: MessageEvent<News>) => hear(event.data);
  const tell = (news: News) => { ours.postMessage(news); if (ours === channel) hear(news); };
  void navigator.locks?.request(`sojourn-live-${id}`, () => new Promise<void>((release) => {
    if (ours !== channel) return release();
    const source = new EventSource(`/p/${id}/live`);
    source.onopen = () => tell({ kind: "open" });
    source.onerror = () => tell({ kind: "lost" });
    source.addEventListener("reset", () => tell({ kind: "reset" }));
    source.addEventListener("changed", (event) =>
      tell({ kind: "changed", kinds: JSON.parse(event.data) as string[] }));
    const leave = setInterval(() => {
      if (ours === channel) return;
      source.close(); clearInterval(leave); release();
    }, 500);
  }));
};

const follow = () => {
  const now = main()?.dataset.project ?? "";
  if (now && now !== project) { project = now; listen(now); }
  show();
};

document.addEventListener("click", (event) => {
  if (!(event.target as Element).closest("[data-live-switch]")) return;
  paused = !paused;
  if (!paused && stale) void refresh();
  show();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && stale && !paused) void refresh();
});

// Statuses also change by time alone, without any event.
setInterval(() => {
  if (main()?.dataset.live !== undefined && Date.now() - lastAsked > byTimeMs) refreshSoon();
}, byTimeMs / 3);
setInterval(show, 1000);

// A countdown that ends changes its row.
setInterval(() => {
  for (const timer of all<HTMLElement>("[data-until]")) {
    const left = Math.max(0, Math.round((Date.parse(timer.dataset.until ?? "") - Date.now()) / 1000));
    const text = [left >= 3600 ? Math.floor(left / 3600) : -1, Math.floor(left / 60) % 60, left % 60]
      .filter((part) => part >= 0)
      .map((part, place) => (place === 0 ? String(part) : String(part).padStart(2, "0")))
      .join(":");
    if (timer.textContent !== text) timer.textContent = text;
    if (left === 0 && !timer.dataset.over) { timer.dataset.over = "true"; refreshSoon(); }
  }
}, 1000);

export const startLive = () => {
  follow();
  document.addEventListener("htmx:afterSettle", follow);
};
