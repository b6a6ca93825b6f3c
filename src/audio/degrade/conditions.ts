import { anything } from "./anything.ts";
import { fewBits } from "./codec.ts";
import type { Degradation } from "./degradation.ts";
import { otherLevel } from "./level.ts";
import { otherMicrophone } from "./microphone.ts";
import { steadyNoise } from "./noise.ts";
import { room } from "./room.ts";
import { telephone } from "./telephone.ts";

/** Conditions under which a voice is heard, by name. */
export const CONDITIONS = {
  "quiet (-20 dB)": otherLevel(-20),
  "microphone": otherMicrophone,
  "noise 20 dB": steadyNoise(20),
  "noise 10 dB": steadyNoise(10),
  "noise 5 dB": steadyNoise(5),
  "room": room([0.3, 0.8], [0, 6]),
  "telephone": telephone,
  "few bits": fewBits,
  "anything": anything,
} as const satisfies Readonly<Record<string, Degradation>>;

/** Name of a condition. */
export type ConditionName = keyof typeof CONDITIONS;
