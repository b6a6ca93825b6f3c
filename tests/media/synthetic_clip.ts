import { encodeClip } from "../../src/media/encode_clip.ts";

/** `count` frames, each of one grey: the greys of `levels` in turn. */
export function greyFrames(
  count: number,
  width: number,
  height: number,
  levels: readonly number[],
): Uint8Array {
  const frames = new Uint8Array(count * width * height * 3);
  for (let i = 0; i < count; i++) {
    const size = width * height * 3;
    frames.fill(levels[i % levels.length], i * size, (i + 1) * size);
  }
  return frames;
}

/** A smooth coloured pattern that moves from frame to frame. */
export function movingFrames(count: number, width: number, height: number): Uint8Array {
  const frames = new Uint8Array(count * width * height * 3);
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        frames[at++] = 128 + 100 * Math.sin((x + 3 * i) / 17);
        frames[at++] = 128 + 100 * Math.sin((y + 2 * i) / 13);
        frames[at++] = 128 + 100 * Math.sin((x + y) / 29);
      }
    }
  }
  return frames;
}

/** A tone of 300 Hz at 8000 samples a second. */
export function tone(samples: number, amplitude = 0.5): Float32Array {
  return Float32Array.from(
    { length: samples },
    (_, i) => amplitude * Math.sin((2 * Math.PI * 300 * i) / 8000),
  );
}

/** A two-second .mp4 with a picture of 64 x 36 at 10 frames a second, and sound. */
export function smallMp4(): Promise<Uint8Array<ArrayBuffer>> {
  const frames = movingFrames(20, 64, 36);
  return encodeClip({ frames, width: 64, height: 36, fps: 10, samples: tone(16000) }, "mp4");
}

/** The boxes of an MP4 file, in order. */
export function boxes(mp4: Uint8Array): { type: string; bytes: Uint8Array }[] {
  const found: { type: string; bytes: Uint8Array }[] = [];
  const view = new DataView(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  for (let at = 0; at + 8 <= mp4.length;) {
    const size = view.getUint32(at);
    const type = new TextDecoder().decode(mp4.subarray(at + 4, at + 8));
    found.push({ type, bytes: mp4.subarray(at, at + size) });
    at += size;
  }
  return found;
}

/** A 16-bit .wav at 8000 samples a second; `frames` holds one value a channel for each instant. */
export function wav(frames: readonly (readonly number[])[]): Uint8Array {
  const channels = frames[0].length;
  const bytes = new Uint8Array(44 + frames.length * channels * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000 * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, bytes.length - 44, true);
  frames.flat().forEach((value, i) => view.setInt16(44 + 2 * i, Math.round(value * 32768), true));
  return bytes;
}

/** Mean absolute difference of two arrays of the same length. */
export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}

/** Largest absolute difference of two arrays of the same length. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values`);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}
