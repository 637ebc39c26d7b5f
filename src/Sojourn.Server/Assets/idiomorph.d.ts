// The part of idiomorph used here. Source: its README, "Options".
declare module "idiomorph" {
  export const Idiomorph: {
    morph(
      from: Element,
      to: Node | Node[] | string,
      options?: { morphStyle?: "innerHTML" | "outerHTML"; ignoreActiveValue?: boolean },
    ): Node[];
  };
}
