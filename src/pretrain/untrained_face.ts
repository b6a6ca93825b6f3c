import { EXPRESSIONS } from "../../models/expressions/expression.ts";
import { type Bundle, encodeBundle } from "../recognize/bundle/bundle.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import { expressionFace } from "../train/expression_face.ts";

/**
 * A model that looks as the default does, by human's expression network to which nothing was fitted, and does not
 * listen: what a face that was fitted is to be compared with on the same films.
 *
 * @param bundle A model, of whose card the rest is taken.
 *
 * @throws {WeightsError} If the files of a network are missing or damaged.
 */
export async function untrainedFace(
  { card: of }: Bundle,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; card: ModelCard }> {
  const { card: video, parts } = await expressionFace();
  const { audio: _audio, fusion: _fusion, calibration: _calibration, ...rest } = of;
  const card = { ...rest, labels: EXPRESSIONS, video };
  return { bytes: await encodeBundle({ card, parts }), card };
}
