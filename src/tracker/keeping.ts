// What the browser keeps for us. Storage may be blocked, full or absent; then nothing is kept,
// and everything else goes on.
import { attempt } from "./attempt";

export type Box = () => Storage;

export const local: Box = () => localStorage;
export const tab: Box = () => sessionStorage;

export const read = (box: Box, name: string): string | null | undefined =>
  attempt(() => box().getItem(name));

/** Keeps a text; none forgets it. */
export const keep = (box: Box, name: string, text?: string): void =>
  attempt(() => text ? box().setItem(name, text) : box().removeItem(name));

/** The names that begin so. */
export const namesIn = (box: Box, start: string): string[] =>
  attempt(() => Object.keys(box()).filter(name => !name.indexOf(start))) || [];

/** Forgets every name that begins so. */
export const forget = (box: Box, start: string): void =>
  namesIn(box, start).forEach(name => keep(box, name));
