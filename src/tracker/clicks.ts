import { clean, on, tell } from "./events";
import { allGiven, around, given } from "./fields";

/** Tells clicks on what is marked with data-sojourn-event, with its other such attributes. */
export const watchClicks = (): void => on(document, "click", target => {
  const element = around(target, "[data-sojourn-event]");
  const name = given(element, "event");
  if (name) tell(clean(name), { ...allGiven(element!), event: undefined });
});
