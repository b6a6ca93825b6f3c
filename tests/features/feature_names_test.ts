import assert from "node:assert/strict";
import { FACE_STATISTICS } from "../../src/features/face_statistics.ts";
import { featureNames } from "../../src/features/feature_names.ts";
import { LANDMARK_SEQUENCE } from "../../src/features/landmark_sequence.ts";
import { LANDMARKS } from "../../src/features/landmarks.ts";
import { LOG_MEL } from "../../src/features/log_mel.ts";
import { MFCC } from "../../src/features/mfcc.ts";
import { VOICE } from "../../src/features/voice.ts";

Deno.test("featureNames() gives each number of a set a name of its own", () => {
  const sound = { sampleRate: 8000, seconds: 2, mfcc: "textbook" } as const;
  const looks = { frames: 30, fps: 15 };
  const named: [string[], number, string][] = [
    [featureNames(MFCC, sound), MFCC.size(sound), "mfcc_1_0"],
    [featureNames(VOICE, sound), VOICE.size(), "voice_mfcc1.mean"],
    [featureNames(LOG_MEL, sound), LOG_MEL.size(), "log-mel_63_127"],
    [featureNames(LANDMARKS, looks), LANDMARKS.size(), ""],
    [
      featureNames(LANDMARK_SEQUENCE, looks),
      LANDMARK_SEQUENCE.size(looks),
      "landmark-sequence_mouth-opening_29",
    ],
    [featureNames(FACE_STATISTICS, { ...looks, channels: 4 }), 8, "face-statistics_deviation_3"],
  ];
  for (const [names, size, example] of named) {
    assert.equal(names.length, size);
    assert.equal(new Set(names).size, size);
    if (example) assert(names.includes(example), `${example} among ${names.slice(0, 3)} ...`);
    assert(names.every((name) => !/undefined|[\s,"]/.test(name)));
  }
});
