import type { Dsp } from "../audio/dsp.ts";
import { loadDsp } from "../audio/load_dsp.ts";

let dsp: Promise<Dsp> | undefined;

/** The DSP core of this process, which resamples what is decoded. */
export function processDsp(): Promise<Dsp> {
  return dsp ??= loadDsp();
}
