import type { Probe, ProbedTrack } from "./probe.ts";

/** A track or file that is shorter than this share of what it claims is truncated. */
const WHOLE = 0.9;

/** First bytes of the containers that people are likely to have, to tell damage from another file. */
const SIGNATURES: readonly RegExp[] = [
  /^....(ftyp|moov|mdat|free|wide|skip|pnot)/s, // MP4, QuickTime
  /^.E\xDF\xA3/s, // Matroska, WebM
  /^(RIFF|RIFX|RF64|FORM|fLaC|OggS|FLV|caff|ID3)/,
];

/**
 * Says in one line why a file could not be opened at all.
 *
 * @example
 * ```ts
 * import { whyUnreadable } from "./diagnose.ts";
 * import assert from "node:assert/strict";
 *
 * const text = new TextEncoder().encode("Dear diary,");
 * assert.equal(whyUnreadable(text, []), "not a media file ffmpeg can read");
 * ```
 *
 * @param head The first bytes of the file: a dozen will do.
 * @param errors What ffprobe complained of.
 */
export function whyUnreadable(head: Uint8Array, errors: readonly string[]): string {
  if (head.length === 0) return "file is empty";
  const start = String.fromCharCode(...head.subarray(0, 16));
  if (!SIGNATURES.some((signature) => signature.test(start))) {
    return "not a media file ffmpeg can read";
  }
  if (errors.some((error) => error.includes("moov atom not found"))) {
    return "truncated or damaged: its index (the moov atom) is missing; copy the file again";
  }
  return damaged(mainComplaint(errors) ?? "nothing in it can be decoded");
}

/** The reason for a file that is broken: in ffmpeg's words, or ours. */
export function damaged(detail: string): string {
  return `truncated or damaged: ${detail}`;
}

/**
 * Why a file that states its own size is incomplete, or undefined if it is not, or states none.
 *
 * @param size Bytes of the file.
 * @param claimed Bytes that it claims to have.
 */
export function whyIncomplete(size: number, claimed: number | undefined): string | undefined {
  if (claimed === undefined || size >= WHOLE * claimed) return undefined;
  return damaged(`only ${size} of ${claimed} bytes are there; copy the file again`);
}

/** Why a track that is asked for is not there; a broken file may have lost it. */
export function whyMissing(track: "sound" | "picture", probe: Probe): string {
  const complaint = mainComplaint(probe.errors);
  if (complaint !== undefined) return damaged(`no ${track} (${complaint})`);
  return track === "sound" ? "no sound track" : "no picture";
}

/**
 * Why a decoded track is too short to be whole, or undefined if it is long enough.
 *
 * A track must last 90 % of what the file claims for it, up to the end of the window. Where only the
 * container as a whole claims a length, another track may be the long one, so that a short track
 * counts as truncated only if ffmpeg complained as well.
 *
 * @example
 * ```ts
 * import { whyTooShort } from "./diagnose.ts";
 * import assert from "node:assert/strict";
 *
 * const probe = { picture: undefined, sound: { index: 0, seconds: 3 }, seconds: 3, errors: [] };
 * assert.equal(whyTooShort("sound", 2.8, 4, probe, []), undefined);
 * assert.match(whyTooShort("sound", 1.2, 4, probe, ["partial file"])!, /1\.20 s of 3\.00 s/);
 * ```
 *
 * @param track Which track.
 * @param seconds How much of it was decoded.
 * @param most Length of the window: more was not asked for.
 * @param probe What the file claims.
 * @param errors What ffmpeg complained of while decoding.
 */
export function whyTooShort(
  track: "sound" | "picture",
  seconds: number,
  most: number,
  probe: Probe,
  errors: readonly string[],
): string | undefined {
  const known: ProbedTrack | undefined = probe[track];
  const complaint = mainComplaint([...errors, ...probe.errors]);
  const claimed = known?.seconds ?? (complaint === undefined ? undefined : probe.seconds);
  if (seconds > 0 && (claimed === undefined || seconds >= WHOLE * Math.min(claimed, most))) {
    return undefined;
  }
  const amount = claimed === undefined || seconds === 0
    ? `no ${track} can be decoded`
    : `only ${seconds.toFixed(2)} s of ${claimed.toFixed(2)} s of ${track} can be decoded`;
  return damaged(complaint === undefined ? amount : `${amount} (${complaint})`);
}

/** Of several complaints, the one about a cut file: it is the cause, broken frames are what follows. */
function mainComplaint(errors: readonly string[]): string | undefined {
  const cause = errors.find((error) => /partial file|ended prematurely/i.test(error)) ?? errors[0];
  return cause?.replace(/\.$/, "");
}
