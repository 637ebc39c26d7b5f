// The part of idiomorph used here. Source: its README, "Options" and "Callbacks".
declare module "idiomorph" {
  export const Idiomorph: {
    morph(
      from: Element,
      to: Node | Node[] | string,
      options?: {
        morphStyle?: "innerHTML" | "outerHTML";
        ignoreActiveValue?: boolean;
        callbacks?: {
          beforeNodeMorphed?: (old: Node, next: Node) => boolean;
          beforeAttributeUpdated?: (name: string, node: Element) => boolean;
        };
      },
    ): Node[];
  };
}
