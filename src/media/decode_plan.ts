import type { DecodeOptions } from "./decode_options.ts";
import type { Probe } from "./probe.ts";

/**
 * What to make of a clip, decided when its file's claims are known; what it throws ends the work before
 * anything is decoded.
 */
export type DecodePlan = (probe: Probe) => DecodeOptions;
