import type { ClipInfo, Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import type { ClipInput } from "../recognize/clip_input.ts";
import type { ModelCard, VideoCard } from "../recognize/model_card.ts";
import type { PictureSize } from "../vision/resample.ts";

/** The most of a clip that is read at once: seconds, and bytes of frames. */
const MOST = { seconds: 600, bytes: 1.5e9 };

/** Pictures whose shape is that of training to this part get the very size. */
const SAME_SHAPE = 0.02;

/** A clip that was read from a file. */
export interface ReadClip {
  /** What a recogniser takes. */
  readonly clip: ClipInput;
  /** What the file holds. */
  readonly info: ClipInfo;
  /** Seconds that were read. */
  readonly seconds: number;
}

/**
 * Reads what a model needs of a clip, with the decoder and the sizes by which it was trained.
 *
 * @param most Seconds to read from its start; all of it where left out.
 *
 * @throws {MediaError} If the file cannot be decoded, is too long, or has nothing that the model knows.
 */
export async function readClip(
  decoder: Decoder,
  path: string,
  card: ModelCard,
  most?: number,
): Promise<ReadClip> {
  const info = await decoder.inspect(path);
  const sound = card.audio !== undefined && info.hasSound;
  const picture = card.video !== undefined && info.hasPicture;
  if (!sound && !picture) {
    const wanted = [...card.audio ? ["sound"] : [], ...card.video ? ["a picture"] : []];
    throw new MediaError(path, `it has no ${wanted.join(" and no ")}, which the model goes by`);
  }
  const size = picture ? { ...pictureSize(card.video!, info), fps: card.video!.fps } : undefined;
  const limit = size
    ? Math.min(MOST.seconds, Math.floor(MOST.bytes / (3 * size.width * size.height * size.fps)))
    : MOST.seconds;
  const seconds = Math.min(most ?? Infinity, info.seconds);
  if (seconds > limit) {
    throw new MediaError(
      path,
      `it lasts ${
        info.seconds.toFixed(0)
      } s, at most ${limit} s can be read at once: cut it, or give ` +
        `--seconds ${limit}`,
    );
  }
  const sampleRate = card.audio?.sampleRate;
  const decoded = await decoder.decode(path, {
    ...{ sound, picture, sampleRate, ...size, seconds: Math.min(most ?? limit, limit) },
  });
  return {
    ...{ info, seconds },
    clip: {
      ...(sound ? { samples: decoded.samples, sampleRate } : {}),
      ...(size ? { frames: { data: decoded.frames, n: decoded.frameCount, ...size } } : {}),
    },
  };
}

/**
 * The size at which a picture should be decoded for a model: the training pictures', or, where the model
 * looks at the face alone, as wide as the picture's own shape makes it at their height, stretched like them.
 *
 * @example
 * ```ts
 * import { pictureSize } from "./read_clip.ts";
 * import assert from "node:assert/strict";
 *
 * const card = { crop: "face", width: 454, height: 256, stretch: 1 } as const;
 * assert.deepEqual(pictureSize(card, { width: 1280, height: 720 }), { width: 454, height: 256 });
 * assert.deepEqual(pictureSize(card, { width: 720, height: 1280 }), { width: 144, height: 256 });
 * ```
 */
export function pictureSize(
  { crop, width, height, stretch }: Pick<VideoCard, "crop" | "width" | "height" | "stretch">,
  recorded: PictureSize,
): PictureSize {
  if (crop === "none" || recorded.width === 0) return { width, height };
  const wide = height * recorded.width / recorded.height * stretch;
  return Math.abs(wide / width - 1) < SAME_SHAPE
    ? { width, height }
    : { width: Math.min(4096, Math.max(16, Math.round(wide))), height };
}
