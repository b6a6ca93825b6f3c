import { join } from "node:path";
import { syntheticPerformances } from "../../src/corpus/synthetic/performances.ts";
import { renderPerformance } from "../../src/corpus/synthetic/render.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import type { FrameInput } from "../../src/recognize/clip_input.ts";
import { cached } from "../cached.ts";
import { ravdessDir } from "../ravdess.ts";
import { memo } from "../memo.ts";

/** A clip with its sound and a few of its pictures, small enough to be sent as JSON. */
export interface TestClip {
  /** Index of its label. */
  readonly label: 0 | 1;
  /** Mono samples. */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly sampleRate: number;
  /** Two frames a second. */
  readonly frames: FrameInput;
}

/** What {@linkcode testClips} gives. */
export interface TestClips {
  /** What the labels are called. */
  readonly labels: readonly [string, string];
  /** Clips to fit a model on. */
  readonly training: readonly TestClip[];
  /** A clip of somebody else. */
  readonly unseen: TestClip;
  /** The unseen clip as an .mp4 file. */
  readonly file: Uint8Array<ArrayBuffer>;
}

const SAMPLE_RATE = 8000;
const FPS = 2;
const WIDTH = 227;
const HEIGHT = 128;

/** Neutral (01) and surprised (08) takes of actor 1, and a surprised one of actor 5. */
const REAL_TRAINING = ["01-01-01-01-01", "01-01-02-01-01", "08-01-01-02-01", "08-02-02-02-01"];
const REAL_UNSEEN = "08-01-02-01-05";

/** What tells what is made of real clips from what is made of synthetic ones. */
export const KIND = ravdessDir() === undefined ? "synthetic" : "real";

/** Real clips, or synthetic ones where there are none; made once for all tests. */
export const testClips: () => Promise<TestClips> = memo(() => {
  const dir = ravdessDir();
  return cached(`${KIND} test clips`, () => dir ? realClips(dir) : syntheticClips());
});

async function realClips(dir: string): Promise<TestClips> {
  const path = (take: string) =>
    join(dir, "original", `Actor_${take.slice(-2)}`, `01-01-${take}.mp4`);
  const decoder = await createDecoder("wasm");
  try {
    const decode = async (take: string): Promise<TestClip> => {
      const size = { fps: FPS, width: WIDTH, height: HEIGHT, sampleRate: SAMPLE_RATE };
      const { samples, frames, frameCount } = await decoder.decode(path(take), size);
      return {
        label: take.startsWith("01") ? 0 : 1,
        ...{ samples, sampleRate: SAMPLE_RATE },
        frames: { data: frames, n: frameCount, height: HEIGHT, width: WIDTH, fps: FPS },
      };
    };
    return {
      labels: ["neutral", "surprised"],
      training: await Promise.all(REAL_TRAINING.map(decode)),
      unseen: await decode(REAL_UNSEEN),
      file: await Deno.readFile(path(REAL_UNSEEN)),
    };
  } finally {
    await decoder.close();
  }
}

async function syntheticClips(): Promise<TestClips> {
  const spoken = syntheticPerformances({ speakers: 2 }).filter(({ name }) =>
    name.modality !== "video-only"
  );
  const training = spoken.filter(({ name }) => name.actor === 1);
  const unseen = spoken.find(({ name }) => name.actor === 2 && name.emotion === "angry")!;
  const render = (performance: typeof unseen): TestClip => {
    const { frames, ...clip } = renderPerformance(performance);
    const step = clip.fps / FPS;
    const some = Array.from(frames()).filter((_, i) => i % step === 0);
    const data = new Uint8Array(some.length * some[0].length);
    some.forEach((frame, i) => data.set(frame, i * frame.length));
    const { samples, sampleRate, height, width } = clip;
    return {
      label: performance.name.emotion === "calm" ? 0 : 1,
      ...{ samples, sampleRate },
      frames: { data, n: some.length, height, width, fps: FPS },
    };
  };
  const last = render(unseen);
  const { data, ...size } = last.frames;
  return {
    labels: ["calm", "angry"],
    training: training.map(render),
    unseen: last,
    file: await encodeClip(
      {
        ...{ ...size, frames: data as Uint8Array<ArrayBuffer> },
        ...{ samples: last.samples, sampleRate: last.sampleRate },
      },
      "mp4",
      { preset: "ultrafast" },
    ),
  };
}
