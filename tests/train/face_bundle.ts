import type { EdgeModel } from "../../adapters/bundle/edge_files.ts";
import { EXPRESSIONS } from "../../models/expressions/expression.ts";
import { decodeBundle, encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import type { BundleDtype } from "../../src/recognize/bundle/model_card.ts";
import { expressionFace, type ExpressionFaceOptions } from "../../src/train/expression_face.ts";
import { testCard, voiceBundle } from "../recognize/voice_bundle.ts";

/** A bundle that looks with a network that tells expressions as it is, and does not listen. */
export async function faceBundle(
  dtype: BundleDtype,
  options: ExpressionFaceOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { card: video, parts } = await expressionFace(options);
  return await encodeBundle({ card: testCard({ dtype, labels: EXPRESSIONS, video }), parts });
}

/** A face that does not know calm, and a voice that knows nothing but calm and angry. */
export async function oddSenses(): Promise<EdgeModel> {
  const voice = await decodeBundle(await voiceBundle());
  const face = await expressionFace();
  const card = testCard({
    labels: ["calm", ...EXPRESSIONS],
    audio: { ...voice.card.audio!, labels: ["calm", "angry"] },
    video: face.card,
    fusion: { rule: "decision-product", settings: {} },
  });
  return { card, bytes: await encodeBundle({ card, parts: { ...voice.parts, ...face.parts } }) };
}
