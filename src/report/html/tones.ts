import type { RowName } from "../../pipeline/run/results.ts";

/** Colour class and shape of each modality's marks. */
export const MODALITY_MARKS: Readonly<
  Record<RowName["modality"], { readonly tone: string; readonly shape: number }>
> = {
  audio: { tone: "voice", shape: 0 },
  video: { tone: "face", shape: 1 },
  fused: { tone: "both", shape: 2 },
};

/** Modalities in the order of every table. */
export const MODALITIES: readonly RowName["modality"][] = ["audio", "video", "fused"];

/** Colour classes of what is counted instead of named: emotions, runs; they repeat after eight. */
export function tone(i: number): string {
  return `t${i % 8}`;
}
