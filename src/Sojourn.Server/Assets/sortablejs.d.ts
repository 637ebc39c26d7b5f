// The part of Sortable used here. Source: its README, "Options".
declare module "sortablejs/modular/sortable.core.esm.js" {
  type Dragged = { item: HTMLElement; from: HTMLElement; to: HTMLElement; oldIndex?: number };
  type Place = { el: HTMLElement };
  type Options = {
    group: { name: string; put: (to: Place, from: Place, item: HTMLElement) => boolean };
    sort: boolean;
    draggable: string;
    delay: number;
    delayOnTouchOnly: boolean;
    animation: number;
    ghostClass: string;
    onStart: (event: Dragged) => void;
    onEnd: (event: Dragged) => void;
  };
  const Sortable: {
    get(element: HTMLElement): unknown;
    create(element: HTMLElement, options: Options): unknown;
  };
  export default Sortable;
}
