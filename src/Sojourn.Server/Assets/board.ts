// The board: cards are dragged or moved by keys, and contacts are noted by following their link.
// Whatever is done is sent as the card's own form would be; the page that comes back says where
// the card is, so a refused move returns by itself.
import Sortable from "sortablejs/modular/sortable.core.esm.js";
import htmx from "./htmx";
import { isTyping, singleKeys } from "./keys";
import { refresh } from "./live";
import { all, always, find, toast } from "./page";

let isDragging = false;
let isMissed = false;

const board = () => document.getElementById("board");
const steps = (card: HTMLElement) => (card.dataset.steps ?? "").split(" ").filter(Boolean);
const columns = () => all("#board .column-cards");
const cardsOf = (column?: Element) => (column ? all("[data-row]", column) : []);
const linkOf = (card?: Element | null) => card?.querySelector<HTMLElement>(".row-link");

const current = () =>
  (document.activeElement?.closest<HTMLElement>("#board [data-row]")) ?? find("#board [data-row][data-open]");

const send = async (card: HTMLElement, values: Record<string, string>) => {
  const form = find<HTMLFormElement>(".card-form", card);
  if (!form) return;
  const sent = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  await htmx.ajax("post", form.action, {
    // Its own source: what shares one waits in one place, where the last takes the others' turn.
    source: card, target: "#main", select: "#main", swap: "morph show:none",
    selectOOB: "#nav,#tabbar,#toasts,#health", values: { ...sent, ...values },
    // Whoever opened a card meanwhile is not brought back to the board without it.
    headers: { "Sojourn-Refresh": location.href },
  } as Parameters<typeof htmx.ajax>[2]);
};

const move = async (card: HTMLElement, to: string) => {
  try {
    await send(card, { to });
  } catch {
    await refresh();
  } finally {
    linkOf(document.getElementById(card.id))?.focus({ preventScroll: true });
  }
};

const group = {
  name: "board",
  put: (to: { el: HTMLElement }, _from: unknown, card: HTMLElement) =>
    steps(card).includes(to.el.dataset.status ?? ""),
};

const allowDrags = () => {
  for (const column of columns()) {
    if (Sortable.get(column)) continue;
    Sortable.create(column, {
      group, sort: false, draggable: "[data-row]:not([data-steps=''])", ghostClass: "card-ghost",
      delay: 180, delayOnTouchOnly: true,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      onStart: ({ item }) => {
        isDragging = true;
        for (const one of columns()) {
          const takes = steps(item).includes(one.dataset.status ?? "") || one.contains(item);
          one.toggleAttribute("data-refuses", !takes);
        }
      },
      onEnd: ({ item, from, to }) => {
        isDragging = false;
        for (const one of columns()) one.removeAttribute("data-refuses");
        if (from !== to) void move(item, to.dataset.status ?? "");
        else if (isMissed) void refresh();
        isMissed = false;
      },
    });
  }
};

// Nothing moves under a card that is held.
const holdStill = (event: Event) => {
  if (!isDragging) return;
  isMissed = true;
  (event as CustomEvent).detail.shouldSwap = false;
};

const focus = (card?: Element) => {
  linkOf(card)?.focus();
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
};

const along = (by: number) => {
  const card = current();
  const cards = cardsOf(card?.parentElement ?? columns().find((one) => cardsOf(one).length > 0));
  focus(cards[card ? Math.min(cards.length - 1, Math.max(0, cards.indexOf(card) + by)) : 0]);
};

// Columns without cards are stepped over; the place in the column stays.
const across = (by: number) => {
  const card = current();
  const own = card?.parentElement;
  if (!card || !own) return along(0);
  const place = cardsOf(own).indexOf(card);
  const all = columns();
  for (let at = all.indexOf(own) + by; all[at]; at += by) {
    const cards = cardsOf(all[at]);
    if (cards.length > 0) return focus(cards[Math.min(place, cards.length - 1)]);
  }
};

const shift = (by: number) => {
  const card = current();
  if (!card) return;
  const order = columns().map((one) => one.dataset.status ?? "");
  const from = order.indexOf(card.parentElement?.dataset.status ?? "");
  const ways = by > 0 ? order.slice(from + 1) : order.slice(0, from).reverse();
  const to = ways.find((one) => steps(card).includes(one));
  if (to) void move(card, to);
  else toast(document.getElementById("board-keys")?.dataset.noStep ?? "");
};

const press = (selector: string) => {
  const card = current();
  if (card) find(selector, card)?.click();
};

const startsAt = () => (document.dir === "rtl" ? -1 : 1);

const handle = (event: KeyboardEvent) => {
  if (!board() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || find("dialog[open], [popover]:popover-open")) return;
  const arrows: Record<string, () => void> = {
    ArrowLeft: () => shift(-startsAt()), ArrowRight: () => shift(startsAt()),
  };
  const keys: Record<string, () => void> = {
    h: () => across(-1), l: () => across(1), j: () => along(1), k: () => along(-1),
    "[": () => shift(-1), "]": () => shift(1),
    a: () => press(".advance"), p: () => press("[data-contact=phone]"),
    w: () => press("[data-contact=whatsapp]"),
  };
  const isOnCard = event.target instanceof Element && event.target.closest("#board [data-row]");
  const run = event.shiftKey && isOnCard ? arrows[event.key] : undefined;
  const does = run ?? (singleKeys() && !pendingKey() ? keys[event.key] : undefined);
  if (!does) return;
  does();
  event.preventDefault();
};

// "g p" begins with g; what follows it is not ours.
let lastKey = "";
let lastAt = 0;
const pendingKey = () => lastKey === "g" && Date.now() - lastAt < 900;
const remember = (event: KeyboardEvent) => { lastKey = event.key; lastAt = Date.now(); };

const noteContact = (event: Event) => {
  const link = (event.target as Element).closest<HTMLElement>("[data-contact]");
  const card = link?.closest<HTMLElement>("[data-row]");
  if (link && card) {
    void send(card, { type: "contact", to: link.dataset.contact ?? "" }).catch(() => refresh());
  }
};

export const startBoard = () => {
  always(allowDrags);
  document.addEventListener("htmx:beforeSwap", holdStill);
  document.addEventListener("click", noteContact);
  document.addEventListener("keydown", handle);
  document.addEventListener("keydown", remember);
};
