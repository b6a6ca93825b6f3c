import { join } from "node:path";
import { syntheticPerformances } from "../../../src/corpus/synthetic/performances.ts";
import { renderPerformance } from "../../../src/corpus/synthetic/render.ts";
import { WasmDecoder } from "../../../src/media/wasm_decoder.ts";
import { ravdessDir } from "../../ravdess.ts";

/** Length of the clean signal and of the clean film, in seconds. */
export const SECONDS = 1.5;

/** Loudness of the clean signal: its peak. */
export const PEAK = 0.4;

/**
 * The clean signal: a voice-like sound, two syllables of a gliding pitch with overtones up to 3.2 kHz, so that
 * every rate from 8000 Hz on holds the same.
 */
export function voice(sampleRate: number, seconds: number = SECONDS): Float32Array<ArrayBuffer> {
  const out = new Float32Array(Math.round(seconds * sampleRate));
  for (let i = 0; i < out.length; i++) {
    const t = i / sampleRate;
    const phase = 2 * Math.PI * (140 * t + 20 * t * t);
    const level = Math.abs(Math.sin(2 * Math.PI * t / SECONDS));
    let value = 0;
    for (let k = 1; k * (140 + 40 * seconds) < 3200; k++) {
      value += Math.sin(k * phase + k * k) / (1 + Math.abs(k - 4));
    }
    out[i] = PEAK * level * value / LOUDEST;
  }
  return out;
}

/** The largest value of the sum above. */
const LOUDEST = 2.12;

/** Frames a second of the clean film. */
const FPS = 6;

/** A short film. */
export interface Film {
  /** Its frames, RGB [n, height, width, 3]. */
  readonly frames: Uint8Array<ArrayBuffer>;
  /** Their number. */
  readonly n: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** A drawn face that speaks: every fifth frame of the synthetic corpus. */
export function drawnFilm(): Film {
  const clip = renderPerformance(syntheticPerformances({ actors: 1 })[0]);
  const { width, height } = clip;
  const n = SECONDS * FPS;
  const kept = Array.from(clip.frames()).filter((_, i) => i % (clip.fps / FPS) === 0).slice(0, n);
  const frames = new Uint8Array(n * width * height * 3);
  kept.forEach((frame, i) => frames.set(frame, i * frame.length));
  return { frames, n, width, height, fps: FPS };
}

/** The clean film: a real face that speaks; where there are no clips, the drawn one. */
export async function film(): Promise<Film> {
  const dir = ravdessDir();
  if (dir === undefined) return drawnFilm();
  const decoder = new WasmDecoder({ workers: 1 });
  try {
    const path = join(dir, "original", "Actor_05", "01-01-08-01-02-01-05.mp4");
    const size = { width: 320, height: 180, fps: FPS };
    const { frames, frameCount } = await decoder.decode(path, {
      ...size,
      seconds: SECONDS,
      sound: false,
    });
    return { ...size, frames: frames.slice(), n: frameCount };
  } finally {
    await decoder.close();
  }
}

/** The film with every pixel moved to where `place` says, in frames of `width` x `height`. */
export function rearranged(
  { frames, n, fps, ...old }: Film,
  width: number,
  height: number,
  place: (x: number, y: number) => readonly [x: number, y: number],
): Film {
  const out = new Uint8Array(n * width * height * 3);
  for (let i = 0; i < n; i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [fromX, fromY] = place(x, y);
        const from = ((i * old.height + fromY) * old.width + fromX) * 3;
        out.set(frames.subarray(from, from + 3), ((i * height + y) * width + x) * 3);
      }
    }
  }
  return { frames: out, n, width, height, fps };
}
