import type { DecodePlan } from "../../src/media/decode_plan.ts";
import type { DecodeOptions } from "../../src/media/decode_options.ts";
import { UPRIGHT } from "../../src/media/display.ts";
import type { Probe } from "../../src/media/probe.ts";

const track = { codec: "h264", decodable: true, encrypted: false, end: 4 };

/** A clip of 16 to 9 with sound, as ffprobe would describe it. */
const PROBE: Probe = {
  picture: {
    ...{ ...track, index: 0, width: 1280, height: 720, orientation: UPRIGHT, fps: 30 },
    ...{ start: 0, storedFrames: 120, isStill: false },
  },
  sounds: [{
    ...{ ...track, index: 1, codec: "aac", channels: 2, speakers: ["FL", "FR"] },
    ...{ sampleRate: 48000, step: 0, isDefault: true },
  }],
  ...{ seconds: 4, counted: false, errors: [] },
};

/** What a decoder is asked for: of a plan, what it says of a clip of 16 to 9 with sound. */
export function askedFor(options: DecodeOptions | DecodePlan = {}): DecodeOptions {
  return typeof options === "object" ? options : options(PROBE);
}
