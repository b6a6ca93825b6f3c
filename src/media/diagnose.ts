import type { ClipTools } from "./clip_tools.ts";
import type { Probe, ProbedTrack } from "./probe.ts";

/** A track that is shorter than this share of what it claims may be truncated. */
const WHOLE = 0.9;

/** So little may be missing that it is not worth a word, in seconds: containers count frames that are not there. */
const SLACK_SECONDS = 0.25;

/** First bytes of the containers that people are likely to have, to tell damage from another file. */
const SIGNATURES: readonly RegExp[] = [
  /^....(ftyp|moov|mdat|free|wide|skip|pnot)/s, // MP4, QuickTime
  /^.E\xDF\xA3/s, // Matroska, WebM
  /^(RIFF|RIFX|RF64|BW64)....(WAVE|AVI )/s,
  /^(FORM|fLaC|OggS|FLV|caff|ID3)/,
];

/** First bytes of still pictures, which people take for clips. */
const STILLS: readonly (readonly [name: string, signature: RegExp])[] = [
  ["JPEG", /^\xFF\xD8\xFF/],
  ["PNG", /^\x89PNG/],
  ["GIF", /^GIF8/],
  ["WebP", /^RIFF....WEBP/s],
  ["HEIC", /^....ftyp(hei|hev|mif|msf)/s],
  ["AVIF", /^....ftypavi/s],
];

/** What ffmpeg says of a track that it has no decoder for. */
const NO_DECODER =
  /hardware accelerated|no decoder|decoder .*not found|not (yet |currently )?(implemented|supported)|unsupported/i;

/** The two kinds of track. */
export type TrackName = "picture" | "sound";

/** Why a track of a clip cannot be used. */
export interface TrackProblem {
  /** One line for people. */
  readonly reason: string;
  /** Whether the file is broken, as opposed to lacking the track or holding a codec that is not known. */
  readonly damaged: boolean;
}

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
  const still = STILLS.find(([, signature]) => signature.test(start));
  if (still) return `a still picture (${still[0]}), not a clip`;
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

/** Why a track that is asked for is not there; a broken file may have lost it. */
export function whyMissing(track: TrackName, errors: readonly string[]): TrackProblem {
  const complaint = mainComplaint(errors);
  if (complaint !== undefined) {
    return { reason: damaged(`no ${track} (${complaint})`), damaged: true };
  }
  return { reason: track === "sound" ? "no sound track" : "no picture", damaged: false };
}

/**
 * Why nothing of a track can be decoded: it is encrypted, its codec is one that the decoder does not know,
 * or it is broken.
 *
 * @example
 * ```ts
 * import { whyUndecodable } from "./diagnose.ts";
 * import assert from "node:assert/strict";
 *
 * const track = { index: 0, codec: "av1", decodable: false, encrypted: false, end: 3 };
 * const errors = ["Your platform doesn't support hardware accelerated AV1 decoding."];
 * assert.equal(
 *   whyUndecodable("picture", track, errors, "wasm").reason,
 *   "its picture is AV1, which the decoder wasm cannot decode: take the decoder native, or convert " +
 *     "it to H.264",
 * );
 * ```
 *
 * @param errors What ffmpeg complained of.
 * @param decoder Which decoder it was.
 */
export function whyUndecodable(
  track: TrackName,
  { codec, encrypted }: ProbedTrack,
  errors: readonly string[],
  decoder: ClipTools["decoder"],
): TrackProblem {
  if (encrypted) {
    return { reason: `its ${track} is encrypted: only its player can decode it`, damaged: false };
  }
  const unknown = !/^\w/.test(codec);
  if (unknown || errors.some((error) => NO_DECODER.test(error))) {
    const name = unknown ? "in a codec without a name" : codec.toUpperCase();
    const convert = `convert it to ${track === "picture" ? "H.264" : "AAC or WAV"}`;
    const whose = {
      wasm: "the decoder wasm cannot decode: take the decoder native, or ",
      native: "the ffmpeg of this machine cannot decode: ",
      page: "this page cannot decode: ",
    }[decoder];
    const reason = `its ${track} is ${name}, which ${whose}${convert}`;
    return { reason, damaged: false };
  }
  const complaint = mainComplaint(errors);
  // A track that was declared and never written is no damage.
  if (complaint === undefined) return { reason: `its ${track} track is empty`, damaged: false };
  return { reason: damaged(`no ${track} can be decoded (${complaint})`), damaged: true };
}

/** What is to be said of a decoded track's length. */
export interface LengthVerdict {
  /** Why the track is refused. */
  readonly problem?: TrackProblem;
  /** What should be known although it is used. */
  readonly warning?: string;
}

/**
 * Holds what was decoded of a track against what the file claims. Claims yield to data: a track that is
 * shorter is used, and it is said. It is truncated only where the file's structure shows it: the container
 * counts its samples, or ffmpeg met the place where it breaks off.
 *
 * @example
 * ```ts
 * import { judgeLength } from "./diagnose.ts";
 * import assert from "node:assert/strict";
 *
 * const claims = { end: 3, seconds: 3, counted: false, errors: [] };
 * assert.deepEqual(judgeLength("sound", 2.8, 4, claims, []), {});
 * assert.match(judgeLength("sound", 1.2, 4, claims, []).warning!, /1\.20 s .* claims 3\.00 s/);
 * const { problem } = judgeLength("sound", 1.2, 4, claims, ["partial file"]);
 * assert.match(problem!.reason, /truncated or damaged: only 1\.20 s of 3\.00 s of sound/);
 * ```
 *
 * @param track Which track.
 * @param seconds Where what was decoded of it ends, in seconds of the clip; above 0.
 * @param most Length of the window: more was not asked for.
 * @param claims Where the file says that the track ends, the rest of what it claims, and what ffprobe met.
 * @param errors What ffmpeg complained of while decoding.
 */
export function judgeLength(
  track: TrackName,
  seconds: number,
  most: number,
  claims: Pick<ProbedTrack, "end"> & Pick<Probe, "seconds" | "counted" | "errors">,
  errors: readonly string[],
): LengthVerdict {
  const complaint = mainComplaint([...errors, ...claims.errors]);
  // Where only the container as a whole claims a length, another track may be the long one.
  const claimed = claims.end ?? (complaint === undefined ? undefined : claims.seconds);
  if (claimed === undefined || seconds >= WHOLE * Math.min(claimed, most)) return {};
  const lengths = `${seconds.toFixed(2)} s of ${claimed.toFixed(2)} s of ${track}`;
  if (complaint === undefined && !claims.counted) {
    if (Math.min(claimed, most) - seconds < SLACK_SECONDS) return {};
    return {
      warning: `its ${track} lasts ${seconds.toFixed(2)} s where the file claims ` +
        `${claimed.toFixed(2)} s`,
    };
  }
  const why = complaint === undefined ? "" : ` (${complaint})`;
  return {
    problem: { reason: damaged(`only ${lengths} can be decoded${why}`), damaged: true },
  };
}

/** Of several complaints, the one about a cut file: it is the cause, broken frames are what follows. */
function mainComplaint(errors: readonly string[]): string | undefined {
  const cause = errors.find((error) => /partial file|ended prematurely/i.test(error)) ?? errors[0];
  return cause?.replace(/\.$/, "");
}
