import { planReading } from "../../src/predict/plan_reading.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";

/** All of a clip at once, as a model wants it. */
export async function readWhole(
  decoder: Decoder,
  path: string,
  card: ModelCard,
  most?: number,
): Promise<ClipInput> {
  const plan = await planReading(decoder, path, card, most);
  const { picture, sampleRate } = plan;
  const { samples, frames, frameCount: n } = await decoder.decode(path, {
    ...picture,
    sampleRate,
    picture: picture !== undefined,
    sound: sampleRate !== undefined,
    seconds: plan.most,
  });
  return {
    ...(sampleRate === undefined ? {} : { samples, sampleRate }),
    ...(picture ? { frames: { data: frames, n, ...picture } } : {}),
  };
}
