import jpeg from "jpeg-js";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { decodeWindow } from "../../src/media/decode_options.ts";
import { MediaError } from "../../src/media/media_error.ts";
import { Random } from "../../src/numeric/random.ts";
import type { ClipInput, FrameInput } from "../../src/recognize/clip_input.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import { BenchError } from "../contender.ts";

/** One way to ask for a prediction. */
export interface ServeCase {
  /** What is sent. */
  readonly name: string;
  /** The body, sent again and again. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Its media type. */
  readonly type: string;
}

/** A clip, in the ways in which it is sent, and decoded. */
export interface ServeCases {
  /** The ways to send it that a model takes. */
  readonly cases: readonly ServeCase[];
  /** What it decodes to. */
  readonly clip: ClipInput;
}

/** Pictures a second that a client sends which cannot send a film. */
export const PICTURES_A_SECOND = 2;

/**
 * The clip of a bench as a model sees it, in every way in which it may come.
 *
 * @throws {BenchError} If it cannot be decoded.
 */
export async function serveCases(card: ModelCard, file: string): Promise<ServeCases> {
  const { audio, video } = card;
  const options = {
    seconds: card.windowSeconds,
    sampleRate: audio?.sampleRate ?? 8000,
    ...(video ? { width: video.width, height: video.height, fps: video.fps } : { picture: false }),
  };
  const decoder = await createDecoder("wasm");
  const { samples, frames, frameCount } = await decoder.decode(file, options)
    .catch((cause) => {
      if (!(cause instanceof MediaError)) throw cause;
      throw new BenchError(`--clip ${file}: ${cause.reason}`, { cause });
    })
    .finally(() => decoder.close());
  const { width, height, fps, sampleRate } = decodeWindow(options);
  const sound = { samples, sampleRate };
  const wav = await encodeClip(sound, "wav");
  if (!video) {
    return {
      clip: sound,
      cases: [
        { name: "sound as WAV", body: wav, type: "audio/wav" },
        { name: "sound as MP4", body: await encodeClip(sound, "mp4"), type: "audio/mp4" },
      ],
    };
  }
  const film: FrameInput = { data: frames, n: frameCount, width, height, fps };
  const rows = new Random(1);
  const size = video.backbone.featureSize * frameCount;
  const embeddings = Float32Array.from({ length: size }, () => rows.next());
  return {
    clip: { ...sound, frames: film },
    cases: [
      await form(`WAV, ${frameCount} rows of embeddings`, wav, fps, [
        ["embeddings", new Blob([embeddings])] as const,
      ]),
      await form(`WAV, ${PICTURES_A_SECOND} JPEGs a second`, wav, PICTURES_A_SECOND, jpegs(film)),
      { name: `film, ${frameCount} frames`, body: await Deno.readFile(file), type: "video/mp4" },
    ],
  };
}

function jpegs({ data, n, width, height, fps }: FrameInput): (readonly ["frames", Blob])[] {
  const step = fps / PICTURES_A_SECOND;
  return Array.from({ length: Math.floor(n / step) }, (_, i) => {
    const rgba = new Uint8Array(width * height * 4).fill(255);
    const first = Math.round(i * step) * width * height;
    for (let pixel = 0; pixel < width * height; pixel++) {
      rgba.set(data.subarray(3 * (first + pixel), 3 * (first + pixel) + 3), 4 * pixel);
    }
    const { data: bytes } = jpeg.encode({ data: rgba, width, height }, 90);
    return ["frames", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" })];
  });
}

async function form(
  name: string,
  wav: Uint8Array<ArrayBuffer>,
  fps: number,
  parts: readonly (readonly [string, Blob])[],
): Promise<ServeCase> {
  const data = new FormData();
  data.append("audio", new Blob([wav], { type: "audio/wav" }), "audio.wav");
  for (const [field, blob] of parts) data.append(field, blob, field);
  data.append("fps", `${fps}`);
  const response = new Response(data);
  const type = response.headers.get("content-type")!;
  return { name, body: await response.bytes(), type };
}
