// Forms and their fields: names always, values only where the form allows it.
import { type Properties, clean, on, tell } from "./events";
import { attend, begin, checkout, sent, signal, tellRun } from "./checkout";
import {
  type Field, around, given, isField, isFilled, isValid, nameOf, valueOf,
} from "./fields";
import { flush } from "./queue";

const CUSTOMER = /^(name|phone|email|wilaya|city|address)$/;

/** The field typed into since it was last told. */
let typed: Field | undefined;
const watched = new WeakSet<Node>();

// Whose events they are: of the order form's run, else of a plain form, else of nobody.
const formOf = (element: Element): [kind: string, of: Properties] | undefined => {
  const order = around(element, "[data-sojourn-checkout]");
  if (order) {
    begin(order);
    return ["checkout", checkout()];
  }
  const form = around(element, "form");
  return form && ["form", { form: nameOf(form, "form") }];
};

const touched = (field: Field, action: string): void => {
  const [kind, of] = formOf(field) || [];
  if (!kind) return;
  const isChange = action === "change";
  let value = isChange ? valueOf(field) : undefined;
  const customer = given(field, "value") || nameOf(field);
  if (kind === "checkout" && value !== undefined && CUSTOMER.test(customer)) {
    tellRun("checkout_updated", { customer: { [customer]: value } });
    value = undefined;
  }
  tell(kind + "_field", {
    ...of, field: nameOf(field), action, filled: isFilled(field), valid: isValid(field), value,
  });
  if (isChange && field.hasAttribute("data-sojourn-payment")) {
    signal("payment_method", clean(field.value));
  }
};

const failed = (field: Field): void => {
  const [kind, of] = formOf(field) || [];
  if (!kind) return;
  let code = "invalid";
  for (const name in field.validity) {
    if (field.validity[name as keyof ValidityState]) code = name;
  }
  tell(kind + "_error", { ...of, field: nameOf(field), code });
};

/** Tells what was typed and not told yet, before the page goes. */
export const settle = (): void => {
  if (typed) touched(typed, "change");
  typed = undefined;
};

const onField = (root: Node, type: string, act: (field: Field) => void): void =>
  on(root, type, target => {
    if (isField(target)) act(target);
  });

// These do not leave a shadow root, so each root gets listeners of its own.
const watchRoot = (root: Node): void => {
  if (watched.has(root)) return;
  watched.add(root);
  onField(root, "change", field => {
    typed = field;
    settle();
  });
  onField(root, "invalid", failed);
  on(root, "submit", target => {
    settle();
    const [kind, of] = formOf(target) || [];
    if (!kind) return;
    tell("form_submit", { ...of, form: nameOf(target, "form") });
    if (kind === "checkout") sent();
    flush(true);
  });
};

export const watchForms = (): void => {
  watchRoot(document);
  on(document, "pointerdown focusin", (_, event) => event.composedPath().forEach(node => {
    if (node instanceof ShadowRoot) watchRoot(node);
  }));
  onField(document, "focusin", field => {
    touched(field, "focus");
    attend(nameOf(field));
  });
  onField(document, "focusout", field => {
    settle();
    attend();
    if (around(field, "[data-sojourn-checkout]")) touched(field, "blur");
  });
  onField(document, "input", field => {
    typed = field;
  });
};
