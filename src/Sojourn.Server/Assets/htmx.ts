// htmx under a strict content policy: no eval, no inline style, and answers are morphed into the
// page, so that focus, open menus and the caret stay where they are.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.scrollIntoViewOnBoost = false;
htmx.config.timeout = 10_000;

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap: (style, target, fragment) => {
    if (style !== "morph") return [];
    const content = fragment instanceof DocumentFragment ? [...fragment.children] : [fragment];
    Idiomorph.morph(target as Element, content, {
      morphStyle: "outerHTML",
      ignoreActiveValue: true,
    });
    return [target];
  },
});

export default htmx;
