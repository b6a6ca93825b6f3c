import { fewBits } from "./codec.ts";
import type { Degradation } from "./degradation.ts";
import { otherLevel } from "./level.ts";
import { otherMicrophone } from "./microphone.ts";
import { steadyNoise } from "./noise.ts";
import { room } from "./room.ts";
import { telephone } from "./telephone.ts";

/** What may happen to a sound, in the order in which it does, and how likely it is. */
const STEPS: readonly { readonly step: Degradation; readonly likely: number }[] = [
  { step: room([0.2, 0.9], [-3, 12]), likely: 0.4 },
  { step: otherMicrophone, likely: 0.9 },
  { step: steadyNoise([5, 35]), likely: 0.6 },
  { step: fewBits, likely: 0.25 },
  { step: telephone, likely: 0.2 },
  { step: otherLevel([-24, 12]), likely: 1 },
];

/** Everything that may happen to a sound, as chance has it: what a model is trained on to hear anything. */
export const anything: Degradation = (samples, options) => {
  const { random } = options;
  let out = Float32Array.from(samples);
  for (const { step, likely } of STEPS) if (random.next() < likely) out = step(out, options);
  return out;
};
