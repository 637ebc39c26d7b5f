// What forms and their fields are called, whether they are well filled, and what may be told.
import { attempt } from "./attempt";
import { type Properties, clean } from "./events";

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const BUTTONS = /hidden|submit|button|reset|image/;
// In a field's type, name and autocomplete, in this order.
const SECRET = /^file|cc-|card|cv[vc]|iban|pass|secret|token|otp|one-time/i;
const CARD = /^[3-6]\d{13,18}$/;

/** The nearest element around that matches, also across shadow roots. */
export const around = (element: Element | null, selector: string): Element | undefined =>
  element?.closest
    ? element.closest(selector) || around((element.getRootNode() as ShadowRoot).host, selector)
    : undefined;

export const isField = (element: Element): element is Field =>
  element.matches("input,select,textarea") && !BUTTONS.test((element as Field).type);

/** Every element inside, also in open shadow roots. */
export const inside = (root: ParentNode): Element[] =>
  [...root.querySelectorAll(":not(option)")].flatMap(element =>
    element.shadowRoot ? [element, ...inside(element.shadowRoot)] : element);

/** A `data-sojourn-` attribute; undefined when absent or empty. */
export const given = (element: Element | undefined, name: string): string | undefined =>
  element?.getAttribute("data-sojourn-" + name) || undefined;

/** The `data-sojourn-` attributes that begin so, as properties: `-product-id` is `product_id`. */
export const allGiven = (element: Element, start = ""): Properties | undefined => {
  let found: Properties | undefined;
  for (const { name, value } of element.attributes) {
    const rest = name.split("data-sojourn-" + start)[1];
    if (rest) (found ||= {})[rest.replace(/-/g, "_")] = clean(value);
  }
  return found;
};

/** An attribute that holds an object as JSON. */
export const objectGiven = (element: Element, name: string): Properties | undefined =>
  attempt(() => JSON.parse(given(element, name)!) as Properties);

// By attribute, never by property: a form's `id` and `name` may be fields of that name.
export const nameOf = (element: Element, own = "field"): string => clean(
  given(element, own) || element.getAttribute("name") || element.getAttribute("id") || own);

export const isFilled = (field: Field): boolean =>
  /^(check|radio)/.test(field.type)
    ? (field as HTMLInputElement).checked
    : !!field.value.trim();

export const isValid = (field: Field): boolean =>
  field.validity.valid && field.getAttribute("aria-invalid") !== "true";

/** A field's value when the form allows it to be told and it cannot be a secret. */
export const valueOf = (field: Field): string | undefined =>
  field.hasAttribute("data-sojourn-value")
  && !SECRET.test(field.type + nameOf(field) + field.autocomplete)
  && !CARD.test(field.value.replace(/[\s-]/g, ""))
    ? clean(field.value.trim())
    : undefined;
