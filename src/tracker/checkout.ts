// Order forms marked with data-sojourn-checkout: one run through a form under one id, from the
// first touch to the order or the leaving.
import { attempt, newId } from "./attempt";
import { allowed } from "./consent";
import { type Properties, on, tell } from "./events";
import {
  type Field, allGiven, around, given, inside, isField, isFilled, isValid, nameOf, objectGiven,
} from "./fields";
import { device } from "./identity";
import { forget, keep, read, tab } from "./keeping";

/** Ids of this tab's runs, by form; and the one touched last, for the page after the form. */
const SLOT = "sojourn_checkout_";
const LAST = SLOT + "last";

const enum Limit {
  /** A shorter look at one thing is no hesitation. */
  DwellMs = 5000,
  ScrollStopMs = 400,
}

interface Run {
  form: Element;
  id: string;
  /** What the form was last told to be. */
  shape: string;
  sent?: boolean;
}

let run: Run | undefined;
let attended: string | undefined;
let since = 0;
let scrollTimer = 0;

/** Tells an event of the run that is on; nothing when there is none. */
export const tellRun = (name: string, properties?: Properties): void => {
  if (run) tell(name, { checkout_id: run.id, ...properties });
};

/** Names the run that is on, or the one before this page. */
export const checkout = (): Properties =>
  ({ checkout_id: run?.id || read(tab, LAST) || undefined });

/** Tells an event of the page, and of the run when one is on. */
export const tellPage = (name: string): void =>
  tell(name, { checkout_id: run?.id });

const fieldsOf = (form: Element): Field[] => inside(form).filter(isField);

const namesOf = (fields: Field[]): string[] => [...new Set(fields.map(field => nameOf(field)))];

const productOf = (form: Element): Properties | undefined =>
  objectGiven(form, "product") || allGiven(form, "product-");

const shapeOf = (form: Element): Properties => {
  const fields = fieldsOf(form);
  const sections: Record<string, string[]> = {};
  for (const field of fields) {
    const section = sectionOf(field);
    if (section) (sections[section] ||= []).push(nameOf(field));
  }
  return {
    required: namesOf(fields.filter(field => field.required)), sections,
    product: productOf(form), items: objectGiven(form, "items"),
    shipping: objectGiven(form, "shipping"),
    currency: given(form, "currency"), total: given(form, "total"),
  };
};

const sectionOf = (element: Element | null): string | undefined =>
  given(around(element, "[data-sojourn-section]"), "section");

/** Continues the form's run; a touch may start it. */
export const begin = (form: Element, isTouched = true): void => {
  if (run?.form === form) {
    run.sent = false;
    return;
  }
  const own = given(form, "checkout");
  const slot = SLOT + (own || productOf(form)?.id || "");
  const before = read(tab, slot);
  if (!before && !isTouched) return;
  const id = own || before || newId();
  const shape = shapeOf(form);
  run = { form, id, shape: JSON.stringify(shape) };
  keep(tab, slot, id);
  keep(tab, LAST, id);
  prepare();
  if (isTouched) {
    const filled = namesOf(fieldsOf(form).filter(field => isFilled(field) && isValid(field)));
    tellRun(before ? "checkout_updated" : "checkout_started", { ...shape, filled });
  } else {
    tellRun("page_visible");
  }
};

/** After a reload or a step back, a run goes on before anybody touches its form. */
export const resumeRun = (): void => {
  if (run) tellRun("page_visible");
  else document.querySelectorAll("[data-sojourn-checkout]").forEach(form => begin(form, false));
};

// Tells what changed about the form itself: fields, products, prices, or that it is gone.
const observer = new MutationObserver(changes => attempt(() => {
  if (!run || !allowed()) return;
  for (const { target, attributeName } of changes) {
    const field = target as Field;
    if (attributeName === "aria-invalid" && isField(field) && !isValid(field)) {
      tellRun("checkout_error", { field: nameOf(field), code: "invalid" });
    }
  }
  if (!run.form.isConnected) {
    left();
    run = undefined;
    return;
  }
  const shape = shapeOf(run.form);
  const now = JSON.stringify(shape);
  if (now === run.shape) return;
  run.shape = now;
  prepare();
  tellRun("checkout_updated", shape);
}));

const watch = (root: Node, attributes = false): void =>
  observer.observe(root, { subtree: true, childList: true, attributes });

// Watches the form and its shadow roots, and lets the shop's server name the same run and visitor.
const prepare = (): void => {
  watch(run!.form, true);
  for (const element of inside(run!.form)) {
    if (element.shadowRoot) watch(element.shadowRoot, true);
    const wanted = given(element, "fill");
    if (wanted) (element as Field).value = wanted === "checkout_id" ? run!.id : device();
  }
};

/** Tells a sign that reasons rest on. */
export const signal = (kind: string, target?: string, ms?: number): void =>
  tellRun("checkout_signal", { kind, target, ms });

/** Notes what the shopper looks at now; a long look at the thing before is told. */
export const attend = (target?: string): void => {
  const ms = Date.now() - since;
  if (attended && ms >= Limit.DwellMs) signal("dwell", attended, ms);
  attended = target;
  since = Date.now();
};

/** The order is on its way, so leaving the page is no leaving of the form. */
export const sent = (): void => {
  if (run) run.sent = true;
};

/** Tells that the form was left. */
export const left = (): void => {
  if (!run?.sent) tellRun("checkout_left");
};

/** The run is over: the next touch starts another. */
export const close = (): void => {
  run = undefined;
  forget(tab, SLOT);
};

export const watchCheckout = (): void => {
  watch(document);
  on(document, "copy", target => signal("copy", sectionOf(target)));
  on(window, "popstate", () => signal("back"));
  on(document, "scroll", () => {
    clearTimeout(scrollTimer);
    scrollTimer = setTimeout(() => attempt(() => {
      const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      const target = sectionOf(middle);
      if (!target || target === attended || isField(document.activeElement!)) return;
      signal("scroll_stop", target);
      attend(target);
    }), Limit.ScrollStopMs);
  });
};
