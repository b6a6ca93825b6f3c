import type { EmbeddingInput } from "../../recognize/clip_input.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import type { ServeLimits } from "../limits.ts";
import { Problem } from "../problem.ts";
import { checkFrames } from "./frame_size.ts";

/**
 * Takes what a model's backbone gave for the frames of a clip.
 *
 * @param data [n, the card's feature size]
 * @throws {Problem} 413 if the clip is too long, 422 if the model has no backbone or the numbers are not
 * a whole number of rows.
 */
export function readEmbeddings(
  data: Float32Array,
  fps: number,
  card: ModelCard,
  limits: ServeLimits,
): EmbeddingInput {
  if (card.video === undefined) {
    throw new Problem(422, "the model does not look: it takes no embeddings");
  }
  const { featureSize } = card.video.backbone;
  const n = data.length / featureSize;
  if (!Number.isInteger(n) || n === 0) {
    throw new Problem(
      422,
      `${data.length} numbers are not a whole number of rows of ${featureSize} features`,
    );
  }
  checkFrames({ n, width: 1, height: 1, channels: 1, fps }, limits);
  return { data, n, fps };
}

/**
 * Little-endian 32-bit floating-point numbers.
 *
 * @throws {Problem} 422 if the bytes are not a whole number of them.
 */
export function readFloat32(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  if (bytes.length % 4 !== 0) {
    throw new Problem(422, `${bytes.length} bytes are not a whole number of 32-bit numbers`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
