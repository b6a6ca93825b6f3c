import { encodeClip } from "../../../src/media/encode_clip.ts";
import type { Encoder } from "./encoder.ts";
import type { OddFile } from "./odd_file.ts";
import { type Film, rearranged, SECONDS, voice } from "./signal.ts";

const both = { sound: "used", picture: "used" } as const;
const lossy = { gain: 0.06, lag: 0.0015, seconds: 0.08 };
/** Containers that cannot say where a codec's first and last packets begin and end: sound and picture shift alike. */
const loose = { gain: 0.12, lag: 0.07, seconds: 0.15 };
const RATE = 16000;

/** The clean film as it is usually stored. */
export const USUAL = "h264 and aac.mp4";

/** A film of somebody who really lies on their side. */
export const LYING = "really on its side.mp4";

/** Films that no encoder here makes: see make_films.ts beside them. */
const VP9 = new URL("../../fixtures/media/vp9.webm", import.meta.url);
const AV1 = new URL("../../fixtures/media/av1.webm", import.meta.url);

/** How a picture may be stored that is to be shown upright: the matrix (a, b, c, d) of ISO 14496-12. */
const STORED: readonly {
  readonly name: string;
  readonly matrix: readonly [number, number, number, number];
}[] = [
  { name: "a quarter turn", matrix: [0, 1, -1, 0] },
  { name: "upside down", matrix: [-1, 0, 0, -1] },
  { name: "three quarters of a turn", matrix: [0, -1, 1, 0] },
  { name: "mirrored", matrix: [-1, 0, 0, 1] },
  { name: "mirrored and turned", matrix: [0, 1, 1, 0] },
];

/** Clips with a picture: every way to store the clean film, and what goes wrong with them. */
export async function films(encoder: Encoder, clean: Film): Promise<OddFile[]> {
  const samples = voice(RATE);
  const sound = { samples, sampleRate: RATE };
  const shown = { width: clean.width, height: clean.height };
  const mp4 = (picture: Film) =>
    encodeClip({ ...picture, ...sound }, "mp4", { preset: "ultrafast", crf: 4 });
  const plain = await mp4(clean);
  const upright = { ...both, shown, heard: { within: lossy } };
  const stored = await Promise.all(STORED.map(async ({ name, matrix }): Promise<OddFile> => ({
    ...{
      name: `stored ${name}.mp4`,
      bytes: withMatrix(await mp4(asStored(clean, matrix)), matrix),
    },
    ...upright,
  })));
  const lying = await mp4(asStored(clean, STORED[0].matrix));
  const make = (args: string, type: string) =>
    encoder.make({ in: plain }, ["-i", "in", ...args.split(" ")], `out.${type}`);
  const of = async (name: string, args: string, rest: Partial<OddFile> = {}): Promise<OddFile> => ({
    ...{ name, bytes: await make(args, name.split(".").pop()!), ...upright },
    ...rest,
  });
  const late = (seconds: number, first: string, then: string) =>
    make(`-itsoffset ${seconds} -i in -map 0:${first} -map 1:${then} -c copy`, "mkv");
  const coarse = { shown: { ...shown, within: 0.1 } };
  const shifted = { heard: { within: loose } };
  const h264 = "-c:v libx264 -preset ultrafast -crf 4";
  // Pixels become a third wider than high.
  const narrow = `scale=${clean.width * 3 / 4}:${clean.height}`;
  const wide = `-vf ${narrow},setsar=4/3 ${h264} -c:a copy`;
  // What was lost on the way is lost here too, so that the storage alone differs.
  const square = `-vf ${narrow},scale=${clean.width}:${clean.height},setsar=1 ${h264} -c:a copy`;
  const soft = { shown: { ...shown, like: "soft.mp4" } };
  return [
    { name: USUAL, bytes: plain, ...upright },
    ...stored,
    // For comparison: the pictures of the first of them, which no matrix brings upright.
    { name: LYING, bytes: lying, ...both, heard: { within: lossy } },
    await of("soft.mp4", square, soft),
    await of("wide pixels.mp4", wide, soft),
    await of("wide pixels.mkv", wide, { ...shifted, ...soft }),
    await of("quicktime.mov", "-c copy"),
    await of("matroska.mkv", "-c copy", shifted),
    await of(
      "fragments.mp4",
      "-c copy -movflags frag_keyframe+empty_moov+default_base_moof",
      shifted,
    ),
    await of("index at the end.mp4", "-c copy -movflags -faststart"),
    await of("vp8 and opus.webm", "-c:v libvpx -b:v 2M -c:a libopus", { ...shifted, ...coarse }),
    {
      ...{ name: "vp9 and vorbis.webm", bytes: Deno.readFileSync(VP9), ...both },
      heard: { within: loose },
    },
    await of("mpeg-4 and mp3.avi", "-c:v mpeg4 -q:v 2 -c:a libmp3lame", { ...shifted, ...coarse }),
    await of("motion jpeg.avi", "-c:v mjpeg -q:v 2 -c:a pcm_s16le", coarse),
    await of("flash.flv", `${h264} -c:a aac -ar 44100`, shifted),
    await of("transport stream.ts", "-c copy", shifted),
    await of("60 frames a second.mp4", `-r 60 ${h264} -c:a copy`),
    await of("4:4:4.mp4", `${h264} -pix_fmt yuv444p -c:a copy`),
    await of("no sound.mp4", "-c copy -an", { sound: "absent", heard: undefined }),
    await of("silent sound.mp4", "-c:v copy -af volume=0", { sound: "silent", heard: undefined }),
    await of(
      "two sound tracks, the first silent.mp4",
      "-f lavfi -t 1.5 -i anullsrc=r=16000:cl=mono -map 0:v -map 1:a -map 0:a -c:v copy -c:a aac",
      { warnings: [/2 sound tracks: number 2 was taken/] },
    ),
    {
      name: "the picture starts late.mkv",
      // Its first frame stands for what is not there yet.
      ...{ bytes: await late(0.7, "a", "v"), ...both, ...shifted },
    },
    {
      name: "the sound starts late.mkv",
      ...{ bytes: await late(0.5, "v", "a"), ...both, shown },
      heard: { lag: 0.5, seconds: SECONDS + 0.5, within: loose },
    },
    {
      name: "half of it.mp4",
      bytes: plain.slice(0, Math.round(0.6 * plain.length)),
      refused: /truncated or damaged: only [\d.]+ s of [\d.]+ s of (picture|sound)/,
    },
    {
      name: "half of it.mkv",
      bytes: (await make("-c copy", "mkv")).slice(0, Math.round(0.6 * plain.length)),
      refused: /truncated or damaged: only [\d.]+ s of [\d.]+ s of (picture|sound)/,
    },
    {
      name: "without its index.mp4",
      bytes: withoutIndex(plain),
      refused: /the moov atom\) is missing/,
    },
    {
      name: "av1 and opus.webm",
      bytes: Deno.readFileSync(AV1),
      sound: "used",
      picture: /its picture is AV1, which the decoder wasm cannot decode: take the decoder native/,
    },
  ];
}

/** The film as it is stored where `matrix` brings it upright. */
function asStored(upright: Film, [a, b, c, d]: readonly [number, number, number, number]): Film {
  const { width, height } = upright;
  const turned = a === 0;
  const right = (v: number, size: number, flip: number) => flip < 0 ? size - 1 - v : v;
  return turned
    // A stored (x, y) is shown at (c y, b x).
    ? rearranged(upright, height, width, (x, y) => [right(y, width, c), right(x, height, b)])
    : rearranged(upright, width, height, (x, y) => [right(x, width, a), right(y, height, d)]);
}

/** An .mp4 whose tracks have another display matrix. */
function withMatrix(
  mp4: Uint8Array<ArrayBuffer>,
  [a, b, c, d]: readonly [number, number, number, number],
): Uint8Array<ArrayBuffer> {
  const out = mp4.slice();
  const view = new DataView(out.buffer);
  const one = 65536;
  for (const at of boxes(out, ["moov", "trak", "tkhd"])) {
    const width = view.getUint32(at + 84);
    // Sound tracks have no size.
    if (width === 0) continue;
    [a, b, 0, c, d, 0].forEach((value, i) => view.setInt32(at + 48 + 4 * i, value * one));
  }
  return out;
}

function withoutIndex(mp4: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(mp4.buffer);
  const [at] = boxes(mp4, ["moov"]);
  const end = at + view.getUint32(at);
  const out = new Uint8Array(mp4.length - (end - at));
  out.set(mp4.subarray(0, at));
  out.set(mp4.subarray(end), at);
  return out;
}

/** Where the boxes of a path begin. */
function boxes(
  mp4: Uint8Array<ArrayBuffer>,
  [name, ...rest]: readonly string[],
  from = 0,
  to = mp4.length,
): number[] {
  const view = new DataView(mp4.buffer);
  const found: number[] = [];
  for (let at = from; at + 8 <= to; at += view.getUint32(at)) {
    if (String.fromCharCode(...mp4.subarray(at + 4, at + 8)) !== name) continue;
    if (rest.length === 0) found.push(at);
    else found.push(...boxes(mp4, rest, at + 8, at + view.getUint32(at)));
  }
  return found;
}
