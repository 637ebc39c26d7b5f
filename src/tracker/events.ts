import { attempt, newId } from "./attempt";
import { allowed } from "./consent";
import { device } from "./identity";
import { add } from "./queue";

const enum Limit {
  /** Characters of a text; addresses and titles may be longer, and nobody reads them. */
  Text = 2000,
}

export type Properties = Record<string, unknown>;

let told = 0;

/** A text as the server takes it: not too long, without halves of characters. */
export const clean = (text: string): string => {
  const cut = text.slice(0, Limit.Text) as string & { toWellFormed?(): string };
  return cut.toWellFormed?.() || cut;
};

const campaign = (): Properties | undefined => {
  let found: Properties | undefined;
  new URLSearchParams(location.search).forEach((value, parameter) => {
    const name = /^utm_(.+)/.exec(parameter)?.[1];
    if (name) (found ||= {})[name === "campaign" ? "name" : name] = clean(value);
  });
  return found;
};

/** Tells one event, when the visitor allows it. */
export const tell = (name: string, properties: Properties = {}, user?: string): void => {
  if (!allowed()) return;
  add(JSON.stringify({
    id: newId(), name, anonymous_id: device(), user_id: user,
    time: Date.now(), seq: told++, properties,
    context: {
      url: clean(location.href), referrer: clean(document.referrer),
      locale: navigator.language, campaign: campaign(),
      // Told with each event: one that is sent again later may be sent by a newer browser.
      user_agent: navigator.userAgent,
    },
  }));
};

/** Listens for what anybody on the page does; what fails in here, fails silently. */
export const on = (
  target: EventTarget, types: string, act: (target: Element, event: Event) => void,
): void => types.split(" ").forEach(type =>
  // The innermost element, also inside open shadow roots; before the page can stop the event.
  target.addEventListener(type, event => attempt(
    () => allowed() && act(event.composedPath()[0] as Element, event)), true));
