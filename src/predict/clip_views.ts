import { Buffer } from "node:buffer";
import { encode } from "fast-png";
import type { ClipInfo, Decoder } from "../media/decoder.ts";

/** A small picture of one moment. */
export interface Thumbnail {
  /** The moment, in seconds. */
  readonly time: number;
  /** A PNG as a `data:` URL. */
  readonly url: string;
}

/** What a clip looks like and sounds like, small. */
export interface ClipViews {
  /** Small pictures, evenly spaced; none without a picture. */
  readonly thumbnails: readonly Thumbnail[];
  /** Width of a thumbnail over its height. */
  readonly aspect: number;
  /** The loudest sample of each of some equal parts, the loudest of all being 1; empty without a sound. */
  readonly waveform: readonly number[];
  /** Length that the waveform covers, in seconds. */
  readonly soundSeconds: number;
}

/** Height of a thumbnail in pixels, the most of them, and pictures a second to choose from. */
const THUMBNAIL = { height: 72, most: 12, fps: 4 };
/** Rate of the sound, and the parts of a waveform. */
const SOUND = { sampleRate: 8000, parts: 400 };

/**
 * Takes thumbnails and the waveform of a clip's first seconds.
 *
 * @throws {MediaError} If the file cannot be decoded.
 */
export async function viewClip(
  decoder: Decoder,
  path: string,
  { hasPicture, hasSound, width, height }: ClipInfo,
  seconds: number,
): Promise<ClipViews> {
  const aspect = height > 0 ? Math.min(4, Math.max(0.25, width / height)) : 1;
  const size = { height: THUMBNAIL.height, width: Math.round(THUMBNAIL.height * aspect) };
  const { frames, frameCount, samples } = await decoder.decode(path, {
    ...size,
    fps: THUMBNAIL.fps,
    sampleRate: SOUND.sampleRate,
    seconds,
    picture: hasPicture,
    sound: hasSound,
  });
  const count = Math.min(THUMBNAIL.most, frameCount);
  const length = size.height * size.width * 3;
  return {
    thumbnails: Array.from({ length: count }, (_, i) => {
      const frame = Math.floor((i + 0.5) * frameCount / count);
      const data = frames.slice(frame * length, (frame + 1) * length);
      const png = encode({ ...size, data, channels: 3, depth: 8 });
      return {
        time: frame / THUMBNAIL.fps,
        url: `data:image/png;base64,${Buffer.from(png).toString("base64")}`,
      };
    }),
    aspect,
    waveform: peaks(samples),
    soundSeconds: samples.length / SOUND.sampleRate,
  };
}

function peaks(samples: Float32Array): number[] {
  const parts = Math.min(SOUND.parts, samples.length);
  const all = Array.from({ length: parts }, (_, i) => {
    const from = Math.floor(i * samples.length / parts);
    const to = Math.floor((i + 1) * samples.length / parts);
    let peak = 0;
    for (let at = from; at < to; at++) peak = Math.max(peak, Math.abs(samples[at]));
    return peak;
  });
  const loudest = Math.max(0, ...all);
  return loudest > 0 ? all.map((peak) => peak / loudest) : all;
}
