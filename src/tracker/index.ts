// The browser snippet, served at /s.js: <script async src="https://HOST/s.js" data-key="wk_…">.
// It tells what happens on a page, never what is typed unless the form allows it, and never
// disturbs the page. What it does is described in docs/guide/snippet.md.
import { attempt } from "./attempt";
import { checkout, close, resumeRun, watchCheckout } from "./checkout";
import { watchClicks } from "./clicks";
import { allowed, decide } from "./consent";
import { type Properties, tell } from "./events";
import { settle, watchForms } from "./forms";
import { become, leave } from "./identity";
import { look, watchPages } from "./pages";
import { clear, flush, resume } from "./queue";
import { key } from "./settings";

type Call = [verb: string, ...rest: unknown[]];

interface Snippet {
  (...call: Call): void;
  /** Calls made before the snippet was there. */
  q?: Call[];
  v?: 1;
}

const page = window as { sojourn?: Snippet };

const arrive = (): void => {
  if (!allowed()) return;
  resume();
  look(true);
  resumeRun();
};

const verbs: Record<string, (...given: never[]) => void> = {
  track: (name: string, properties?: Properties) => {
    const ofCheckout = /^(checkout_|order_sub|payment_fail)/.test(name);
    settle();
    tell(name, { ...(ofCheckout && checkout()), ...properties });
    if (name === "order_submitted") close();
  },
  identify: (who: string | Properties, traits?: Properties) => {
    if (typeof who === "object") {
      tell("identify", who);
    } else {
      become(who = `${who}`);
      tell("identify", traits, who);
    }
  },
  consent: (yes: boolean) => {
    const before = allowed();
    decide(yes);
    if (!yes) {
      clear();
      close();
      leave();
    } else if (!before) {
      arrive();
    }
  },
  reset: () => {
    flush();
    close();
    leave();
  },
};

const snippet: Snippet = (verb, ...rest) => {
  attempt(() => (verb === "consent" || allowed()) && verbs[verb]?.(...rest as never[]));
};

attempt(() => {
  const early = page.sojourn;
  if (!key || early?.v) return; // Two tags on one page tell everything once.
  snippet.v = 1;
  page.sojourn = snippet;
  watchForms();
  watchCheckout();
  watchClicks();
  watchPages();
  arrive();
  for (const call of early?.q || []) snippet(...call);
});
