// Who it is, under the names Segment's script uses, so that both speak of one visitor.
import { attempt, newId } from "./attempt";
import { keep, local, read } from "./keeping";

const DEVICE = "ajs_anonymous_id";
const USER = "ajs_user_id";
const enum Limit {
  YearS = 31536000,
}

// Segment's script keeps JSON: a text in quotes, or null.
const recall = (name: string): string | undefined =>
  (read(local, name)
    || attempt(() => document.cookie.split(name + "=")[1]!.split(";")[0])
    || "").replace(/^null$|"|%22/g, "");

// In both places, as Segment's script does: one of them may be blocked or cleared.
const remember = (name: string, value = ""): void => {
  keep(local, name, value && JSON.stringify(value));
  attempt(() => document.cookie =
    `${name}=${value};path=/;samesite=lax;max-age=${value ? Limit.YearS : 0}`);
};

let known: string | undefined;

/** The device's id: Segment's when it is there, else one of our own. */
export const device = (): string => {
  // Read each time: another tab, or Segment's script, may have changed it.
  known = recall(DEVICE) || known;
  if (!known) remember(DEVICE, known = newId());
  return known;
};

/** Takes a user's id. Another user on the same device begins as another visitor. */
export const become = (user: string): void => {
  const before = recall(USER);
  if (before && before !== user) leave();
  remember(USER, user);
};

/** Forgets user and device. */
export const leave = (): void => {
  known = "";
  remember(USER);
  remember(DEVICE);
};
