import { EXPRESSIONS } from "../../models/expression.ts";
import { encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import type { BundleDtype } from "../../src/recognize/bundle/model_card.ts";
import { expressionFace } from "../../src/train/expression_face.ts";
import { testCard } from "../recognize/voice_bundle.ts";

/** A bundle that looks with the expression network as it is, and does not listen. */
export async function faceBundle(dtype: BundleDtype): Promise<Uint8Array<ArrayBuffer>> {
  const { card: video, parts } = await expressionFace();
  return await encodeBundle({ card: testCard({ dtype, labels: EXPRESSIONS, video }), parts });
}
