import type { Modality } from "../../modality.ts";

/** The channels of one modality, which lie side by side in every frame of a sequence. */
export interface SequencePart {
  /** Whose they are. */
  readonly modality: Modality;
  /** How many there are. */
  readonly channels: number;
  /**
   * Which of them change their sign when the picture is mirrored, counted from 0; the others stay as they are.
   *
   * @default {it is not known: the modality is never mirrored}
   */
  readonly mirrored?: readonly number[];
}
