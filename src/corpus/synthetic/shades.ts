import type { Colour } from "./actor.ts";

/** The colour `share` of the way from `from` to `to`. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
}

/** The colour `share` of the way to a warm dark, as a shadow on skin. */
export function darker(colour: Colour, share: number): Colour {
  return blend(colour, [34, 14, 10], share);
}

/** The colour `share` of the way to white. */
export function lighter(colour: Colour, share: number): Colour {
  return blend(colour, [255, 255, 255], share);
}
