// Pages seen, shown, hidden, and still open.
import { attempt } from "./attempt";
import { allowed } from "./consent";
import { clean, on, tell } from "./events";
import { attend, left, resumeRun, tellPage } from "./checkout";
import { settle } from "./forms";
import { flush } from "./queue";

const enum Limit {
  BeatMs = 15000,
  /** Without a sign of life for so long, an open page says nothing of anybody reading it. */
  AliveMs = 300000,
}

let seen = "";
let alive = Date.now();
let gone = false;

/** Tells that a page, or another view of an app, is looked at. */
export const look = (again?: boolean): void => {
  if (document.hidden) return; // Opened behind another tab, or loaded in advance: not seen yet.
  // A fragment is another view only where an app uses it as its address.
  const now = location.href.replace(/#(?![/!]).*/, "");
  if (now === seen && !again) return;
  seen = now;
  tell("page_view", {
    url: clean(location.href), title: clean(document.title), referrer: clean(document.referrer),
  });
};

// The title of a view follows its address.
const lookSoon = (): void => {
  setTimeout(() => attempt(look), 0);
};

// The page goes, perhaps for ever: what is pending is told and sent.
const rest = (last: () => void): void => {
  settle();
  attend();
  last();
  flush(true);
};

export const watchPages = (): void => {
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (this: History, ...given) {
      original.apply(this, given);
      lookSoon();
    };
  }
  on(window, "popstate", lookSoon);
  on(document, "pointermove keydown scroll", () => {
    alive = Date.now();
  });
  on(document, "visibilitychange", () => {
    if (gone) return; // Told already, by pagehide.
    if (document.hidden) {
      rest(() => tellPage("page_hidden"));
    } else {
      alive = Date.now();
      look();
      tellPage("page_visible");
    }
  });
  on(window, "pagehide", () => {
    gone = true;
    rest(left);
  });
  on(window, "pageshow", (_, event) => {
    gone = false;
    if (!(event as PageTransitionEvent).persisted) return;
    look(true);
    resumeRun();
  });
  setInterval(() => attempt(() => {
    if (allowed() && !document.hidden && Date.now() - alive < Limit.AliveMs) tellPage("page_ping");
  }), Limit.BeatMs);
};
