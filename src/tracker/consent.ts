import { forget, keep, local, read, tab } from "./keeping";
import { asksFirst, declined, key } from "./settings";

const NAME = "sojourn_consent";

let agreed = !asksFirst;

/** True while events may be stored and sent; another tab may have decided meanwhile. */
export const allowed = (): boolean => {
  const told = read(local, NAME);
  return !!key && !declined && (told ? told === "1" : agreed);
};

/** Remembers what the visitor decided. A refusal takes back everything that was kept. */
export const decide = (yes: boolean): void => {
  // Who never agreed where one must ask first gets nothing stored, not even the refusal.
  const isRemembered = yes || !asksFirst || allowed();
  agreed = yes;
  if (!yes) {
    forget(local, "sojourn");
    forget(tab, "sojourn");
  }
  if (isRemembered) keep(local, NAME, `${+yes}`);
};
