import type { ClipInfo, Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import type { ClipInput } from "../recognize/clip_input.ts";
import type { ModelCard } from "../recognize/model_card.ts";
import { pictureSize } from "../vision/picture_size.ts";

/** The most of a clip that is read at once: seconds, and bytes of frames. */
const MOST = { seconds: 600, bytes: 1.5e9 };

/** A clip that was read from a file. */
export interface ReadClip {
  /** What a recogniser takes. */
  readonly clip: ClipInput;
  /** What the file holds. */
  readonly info: ClipInfo;
  /** Seconds that were read. */
  readonly seconds: number;
}

/** How a clip is read. */
export interface ReadClipOptions {
  /**
   * Seconds to read from its start.
   *
   * @default {all of it}
   */
  readonly seconds?: number;
  /** Told how many of how many seconds are decoded. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads what a model needs of a clip, with the decoder and the sizes by which it was trained. Where sound or
 * picture cannot be decoded the other is read, and the prediction will say why.
 *
 * @throws {MediaError} If the file cannot be decoded, is too long, or has nothing that the model knows.
 */
export async function readClip(
  decoder: Decoder,
  path: string,
  card: ModelCard,
  { seconds: most = Infinity, onProgress }: ReadClipOptions = {},
): Promise<ReadClip> {
  const info = await decoder.inspect(path);
  const sound = card.audio !== undefined && info.hasSound;
  const picture = card.video !== undefined && info.hasPicture;
  const missing = {
    ...(card.audio && info.problems.sound && { audio: info.problems.sound.reason }),
    ...(card.video && info.problems.picture && { video: info.problems.picture.reason }),
  };
  if (!sound && !picture) {
    const wanted = [...card.audio ? ["sound"] : [], ...card.video ? ["a picture"] : []];
    const [reason] = Object.values(missing);
    throw new MediaError(
      path,
      reason ?? `it has no ${wanted.join(" and no ")}, which the model goes by`,
    );
  }
  const size = picture ? { ...pictureSize(card.video!, info), fps: card.video!.fps } : undefined;
  const limit = size
    ? Math.min(MOST.seconds, Math.floor(MOST.bytes / (3 * size.width * size.height * size.fps)))
    : MOST.seconds;
  const lasts = Math.max(sound ? info.seconds : 0, picture ? info.pictureSeconds : 0);
  const seconds = Math.min(most, lasts);
  if (seconds > limit) {
    throw new MediaError(
      path,
      `it lasts ${
        lasts.toFixed(0)
      } s, at most ${limit} s can be read at once: cut it, or read less of it`,
    );
  }
  const sampleRate = card.audio?.sampleRate;
  const decoded = await decoder.decode(path, {
    ...{ sound, picture, sampleRate, ...size, seconds: Math.min(most, limit) },
    onProgress: onProgress && ((done) => onProgress(Math.min(done, seconds), seconds)),
  });
  return {
    ...{ info, seconds },
    clip: {
      ...(sound ? { samples: decoded.samples, sampleRate } : {}),
      ...(size ? { frames: { data: decoded.frames, n: decoded.frameCount, ...size } } : {}),
      warnings: decoded.warnings,
      missing,
    },
  };
}
