import type { ClipInfo, Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import type { ClipInput } from "../recognize/clip_input.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import type { PictureShape } from "../recognize/picture_shape.ts";
import { pictureSize } from "../vision/picture_size.ts";

/** The most of a clip that is read at once, in seconds. */
const MOST_SECONDS = 600;

/** The most of a recording that is read part by part, in seconds. */
export const LONGEST_RECORDING = 21_600;

/** What of a clip is to be read. */
export interface ReadingPlan {
  /** The clip. */
  readonly path: string;
  /** What the file holds. */
  readonly info: ClipInfo;
  /** Samples a second of the sound; undefined where there is none that the model listens to. */
  readonly sampleRate?: number;
  /** Size and rate of the frames; undefined where there are none that the model looks at. */
  readonly picture?: PictureShape;
  /** Seconds that it will give, as the file shows them. */
  readonly seconds: number;
  /** Seconds to decode from its start at most: what is decoded decides, where all of it is wanted. */
  readonly most: number;
  /** Why a track that the model knows cannot be decoded. */
  readonly missing: NonNullable<ClipInput["missing"]>;
}

/**
 * Says what a model needs of a clip: sizes and rates as it was trained. Where sound or picture cannot be decoded the
 * other is read, and the prediction will say why.
 *
 * @param most Seconds to read from its start.
 * @param longest Seconds from which on it is refused.
 * @throws {MediaError} If the file cannot be decoded, is too long, or has nothing that the model knows.
 */
export async function planReading(
  decoder: Decoder,
  path: string,
  card: ModelCard,
  most: number = Infinity,
  longest: number = MOST_SECONDS,
): Promise<ReadingPlan> {
  if (!card.audio && !card.video) {
    throw new MediaError(path, "there is no landmark file for it, which the model goes by");
  }
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
  const lasts = Math.max(sound ? info.seconds : 0, picture ? info.pictureSeconds : 0);
  const seconds = Math.min(most, lasts);
  if (seconds > longest) {
    throw new MediaError(
      path,
      `it lasts ${lasts.toFixed(0)} s, at most ${longest} s are read at once: cut it, or ` +
        "read less of it",
    );
  }
  return {
    path,
    info,
    sampleRate: sound ? card.audio!.sampleRate : undefined,
    picture: picture ? { ...pictureSize(card.video!, info), fps: card.video!.fps } : undefined,
    seconds,
    most: Math.min(most, longest),
    missing,
  };
}
