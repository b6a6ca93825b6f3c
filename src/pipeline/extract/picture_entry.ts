import type { Clip } from "../../corpus/clip.ts";
import { MediaError } from "../../media/media_error.ts";
import type { TensorMap } from "../../numeric/safetensors.ts";
import type { EmbedResult } from "../../vision/embed_pool.ts";
import { trackFromEmbeddings } from "../../vision/landmarks/track_from_embeddings.ts";
import type { RunConfig } from "../config.ts";
import { trackTensors } from "./landmark_entry.ts";

/**
 * What the store keeps of a picture of `n` frames: embeddings, or the landmarks that they are.
 *
 * @throws {MediaError} If landmarks are wanted and no frame shows a face.
 */
export function pictureTensors(
  { file }: Clip,
  n: number,
  embedded: EmbedResult,
  { backbone, fps }: Pick<RunConfig, "backbone" | "fps">,
): TensorMap {
  const { embeddings, featureSize, crop } = embedded;
  if (backbone !== "landmarks") {
    const counts = crop?.counts ?? new Uint8Array(n).fill(1);
    return {
      embeddings: { shape: [n, featureSize], data: embeddings },
      counts: { shape: [n], data: counts },
    };
  }
  const track = trackFromEmbeddings(embeddings, crop!, fps);
  if (!track) throw new MediaError(file, "no frame shows a face whose landmarks can be found");
  return trackTensors(track);
}

/** What should be known of a clip's face. */
export function faceWarnings({ crop }: EmbedResult): string[] {
  if (!crop) return [];
  const { looks, found } = crop.report;
  if (found === 0) return ["no face was found: the middle of the picture was taken"];
  if (found === looks) return [];
  return [`the face shows in ${found} of ${looks} looks: frames without it do not count`];
}
