// Events wait here until the server has answered for them: in memory, and in the browser's
// storage so that a closed tab or a lost connection loses none. Each keeps its id, so sending
// one again is harmless.
import { attempt, newId } from "./attempt";
import { keep, local, namesIn, read } from "./keeping";
import { host, key } from "./settings";

const enum Limit {
  /** Events that may wait; beyond, the oldest go. */
  Waiting = 1000,
  /** Characters in one body: at most 60 KB as UTF-8, which browsers let outlive the page. */
  BodyChars = 20000,
  GatherMs = 300,
  PauseMinMs = 1000,
  PauseMaxMs = 60000,
  PauseAskedMaxS = 3600,
}

const PREFIX = "sojourn_queue_";
const place = PREFIX + newId();

let waiting: string[] = [];
let onTheWay: string[] = [];
let pausedUntil = 0;
let failures = 0;
let timer = 0;

/** Takes one event as JSON. */
export const add = (event: string): void => {
  waiting.push(event);
  waiting = waiting.slice(-Limit.Waiting);
  later(Limit.GatherMs);
};

/** Takes over what earlier pages and closed tabs could not send. */
export const resume = (): void => {
  for (const name of namesIn(local, PREFIX)) {
    attempt(() => (JSON.parse(read(local, name)!) as string[]).forEach(add));
    keep(local, name);
  }
  save();
};

/** Sends what waits. */
export const flush = (leaving?: boolean): void => {
  save();
  if (onTheWay[0] && !leaving) return;
  if (Date.now() < pausedUntil) return later(0);
  const body: string[] = [];
  let size = 0;
  for (const event of waiting) {
    if (onTheWay.includes(event)) continue;
    if (size && size + event.length > Limit.BodyChars) break;
    body.push(event);
    size += event.length;
  }
  if (body[0]) send(body);
};

/** Drops everything that waits. */
export const clear = (): void => {
  waiting = [];
  save();
};

const send = (body: string[]): void => {
  onTheWay = onTheWay.concat(body);
  // Sent as plain text, so that the browser need not ask first whether it may; and kept alive
  // when the page goes.
  fetch(`${host}/v1/events?key=${key}`, {
    method: "POST", body: `{"clock":${Date.now()},"events":[${body}]}`, keepalive: true,
  }).then(answer => answered(body, answer.status, answer.headers.get("retry-after")),
    () => answered(body, 0));
};

const answered = (body: string[], status: number, retryAfter?: string | null): void => {
  onTheWay = onTheWay.filter(event => !body.includes(event));
  if ([0, 408, 429].includes(status) || status >= 500) {
    const pause = Math.min(Limit.PauseMaxMs, Limit.PauseMinMs * 2 ** failures++);
    // Not all visitors at the same instant.
    const asked = Math.min(+retryAfter! || 0, Limit.PauseAskedMaxS) * 1000;
    pausedUntil = Date.now() + (asked || pause * Math.random());
    return later(0);
  }
  // Stored, or refused for good: neither is worth a second try.
  failures = 0;
  waiting = waiting.filter(event => !body.includes(event));
  save();
  if (waiting[0]) later(0);
};

const later = (ms: number): void => {
  timer ||= setTimeout(() => {
    timer = 0;
    flush();
  }, Math.max(ms, pausedUntil - Date.now()));
};

const save = (): void => {
  keep(local, place, waiting[0] && JSON.stringify(waiting));
};

addEventListener("online", () => {
  pausedUntil = 0;
  flush();
});
