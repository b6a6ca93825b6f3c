import { join } from "node:path";
import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { isThere } from "../../src/runtime/files/is_there.ts";
import { nativeFfmpeg } from "./native_ffmpeg.ts";
import { BACKGROUNDS, FPS, HEIGHT, type Placed, type Shot, WIDTH } from "./shots.ts";

/** Sources of ffmpeg's, of which one frame each is a background: plain, two that run from colour to colour, a fractal. */
const SOURCES = [
  "color=c=0x6b7280",
  "gradients=n=2:c0=0x22384f:c1=0xb7c3a0:x0=0:y0=0:x1=1600:y1=900:seed=1",
  "gradients=n=6:seed=5",
  "mandelbrot=start_scale=0.3",
];

/** Size of backgrounds: wider than films, so that they can move. */
const BACKGROUND = { width: 1600, height: 900 };

/** x264's defaults but for speed, with frames that refer to later ones; one thread, so that bytes are always the same. */
const PICTURE = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-threads", "1"];

/** Nothing that differs between two runs. */
const EXACT = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"];

/** Strength of the grain over all pictures: what cameras add, and what keeps a still picture from costing nothing. */
const GRAIN = 6;

/** What is changed when the same shots are to give another film. */
const VERSION = 1;

/** A film to be made. */
export interface Film {
  /** Its pictures. */
  readonly shots: readonly Shot[];
  /** Its sound, mono at {@linkcode VAD_RATE}. Default: it has none. */
  readonly samples?: Float32Array;
}

/**
 * Makes a film of 1280 x 720 pixels and 30 frames a second, H.264 and AAC, in a folder, and gives its path. One that was
 * made there before is taken as it is.
 *
 * @throws {BenchError} If there is no ffmpeg, or it fails.
 */
export async function shoot(folder: string, { shots, samples }: Film): Promise<string> {
  const plan = new TextEncoder().encode(JSON.stringify([VERSION, shots, SOURCES, PICTURE, GRAIN]));
  const sound = samples && new Uint8Array(samples.slice().buffer);
  const name = (await sha256Hex(plan, ...sound ? [sound] : [])).slice(0, 12);
  const film = join(folder, `${name}.mp4`);
  if (await isThere(film)) return film;
  const parts = await Deno.makeTempDir({ dir: folder, prefix: "parts-" });
  try {
    await drawBackgrounds(parts);
    const listed: string[] = [];
    for (const [i, shot] of shots.entries()) {
      const part = `${i}.mp4`;
      await nativeFfmpeg([...shotArgs(parts, shot), join(parts, part)]);
      listed.push(`file ${part}`);
    }
    const list = join(parts, "list.txt");
    await Deno.writeTextFile(list, listed.join("\n"));
    const whole = join(parts, "whole.mp4");
    const soundFile = join(parts, "sound.f32");
    if (sound) await Deno.writeFile(soundFile, sound);
    await nativeFfmpeg([
      ...["-f", "concat", "-i", list],
      ...sound ? ["-f", "f32le", "-ar", `${VAD_RATE}`, "-ac", "1", "-i", soundFile] : [],
      ...["-map", "0:v", "-c:v", "copy"],
      ...sound ? ["-map", "1:a", "-c:a", "aac", "-b:a", "128k", "-ar", "48000"] : [],
      ...[...EXACT, "-movflags", "+faststart", whole],
    ]);
    await Deno.rename(whole, film);
  } finally {
    await Deno.remove(parts, { recursive: true });
  }
  return film;
}

async function drawBackgrounds(folder: string): Promise<void> {
  const { width, height } = BACKGROUND;
  for (const [i, source] of SOURCES.slice(0, BACKGROUNDS).entries()) {
    const input = `${source}:size=${width}x${height}`;
    await nativeFfmpeg([
      ...["-f", "lavfi", "-i", input, "-frames:v", "1", join(folder, `background${i}.png`)],
    ]);
  }
}

/** What ffmpeg is asked for a shot, but for the file it writes. */
function shotArgs(folder: string, { frames, background, speed, faces }: Shot): string[] {
  const room = BACKGROUND.width - WIDTH;
  const left = `min(max(${room / 2}+${speed.toFixed(3)}*t,0),${room})`;
  const inputs = [join(folder, `background${background}.png`), ...faces.map(({ path }) => path)];
  const chains = [
    `[0:v]format=yuv420p,loop=-1:1,setpts=N/${FPS}/TB,crop=${WIDTH}:${HEIGHT}:'${left}':90[in0]`,
    ...faces.flatMap((face, i) => [faceChain(face, i), overlayChain(face, i)]),
    `[in${faces.length}]noise=alls=${GRAIN}:allf=t[out]`,
  ];
  return [
    ...inputs.flatMap((path, i) => i === 0 ? ["-framerate", `${FPS}`, "-i", path] : ["-i", path]),
    ...["-filter_complex_threads", "1"],
    ...["-filter_complex", chains.join(";"), "-map", "[out]", "-frames:v", `${frames}`],
    ...[...PICTURE, ...EXACT],
  ];
}

/** A face at its size; where its clip ends the last frame stays. */
function faceChain({ width, height }: Placed, i: number): string {
  return `[${i + 1}:v]fps=${FPS},scale=${width}:${height},tpad=stop=-1:stop_mode=clone[face${i}]`;
}

function overlayChain({ x, y, width, speed }: Placed, i: number): string {
  const left = `min(max(${x}+${speed.toFixed(3)}*t,0),${WIDTH - width})`;
  return `[in${i}][face${i}]overlay='${left}':${y}[in${i + 1}]`;
}
