// htmx under a strict content policy: no eval, no inline style, and answers are morphed into the
// page, so that focus, open menus, the caret and half-written words stay where they are.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.scrollIntoViewOnBoost = false;
// What is swapped in works at once: for a moment without it, a link would load the whole page.
htmx.config.defaultSettleDelay = 0;
htmx.config.timeout = 15_000;
// A page that says "not found" or "not allowed" is still a page.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "[45]..", swap: true, error: true },
];

const isField = (node: Node): node is HTMLInputElement | HTMLTextAreaElement =>
  node instanceof HTMLTextAreaElement ||
  (node instanceof HTMLInputElement && ["text", "search", "email"].includes(node.type));

// What a person has typed and not sent yet is theirs. Fields of searches follow the address.
const isHalfWritten = (node: Node) =>
  isField(node) && node.value !== node.defaultValue && node.form?.method === "post";

const isPick = (node: Node) =>
  node instanceof HTMLElement && ("pick" in node.dataset || "pickAll" in node.dataset);

// A field with the caret in it keeps what it says. Links and buttons with the focus do not: they
// would go on to say and to send what was true before.
const isBeingFilled = (node: Node) =>
  node === document.activeElement &&
  (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement ||
    node instanceof HTMLSelectElement);

const callbacks = {
  beforeNodeMorphed: (old: Node) =>
    !isHalfWritten(old) && !isPick(old) &&
    !(isBeingFilled(old) && !(old instanceof HTMLInputElement)),
  // Which menu is open is the reader's business, not the server's.
  beforeAttributeUpdated: (name: string, node: Element) =>
    !(name === "open" && node instanceof HTMLDetailsElement) &&
    !(name === "hidden" && node.id === "bulk") &&
    !(name === "value" && isBeingFilled(node)),
};

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap: (style, target, fragment) => {
    if (style !== "morph") return [];
    const content = fragment instanceof DocumentFragment ? [...fragment.children] : [fragment];
    Idiomorph.morph(target as Element, content, {
      morphStyle: "outerHTML",
      callbacks,
    });
    return [target];
  },
});

// Addresses name what is set, not every field there is. An empty box that is ticked means
// "unknown" and stays.
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, verb, formData } = (event as CustomEvent).detail;
  if (verb !== "get" || !(elt instanceof HTMLFormElement)) return;
  for (const name of new Set<string>(formData.keys())) {
    const fields = `:is([type=checkbox], [type=hidden])[name="${CSS.escape(name)}"]`;
    if (elt.querySelector(fields)) continue;
    if (formData.getAll(name).every((value: unknown) => value === "")) formData.delete(name);
  }
});

export default htmx;
