import { openEar } from "../../models/ears.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { resample } from "../../src/audio/resample.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { SPEECH } from "../../src/features/speech.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import type { Bundle } from "../../src/recognize/bundle/bundle.ts";
import { readEarPart } from "../../src/train/network_parts.ts";
import { cached } from "../cached.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { SAMPLE_RATE, testCard, tone } from "./voice_bundle.ts";

/**
 * What a bundle holds that tells low tones from high ones by the voice and by what an ear of tiny's size makes of it,
 * whose weights are stored in whole numbers.
 */
export function earBundle(): Promise<Bundle> {
  return cached("a bundle with an ear", fitBundle);
}

async function fitBundle(): Promise<Bundle> {
  await initBackend();
  const dsp = await loadDsp();
  const path = await tinyEar();
  const { spec, file } = openEar(await Deno.readFile(path));
  const ear = await spec.load(file);
  const { sampleRate } = ear;
  const settings = { sampleRate, seconds: 4, mfcc: "librosa", ear } as const;
  const rows = ([0, 1] as const).flatMap((label) =>
    [0, 1, 2].map((variant) => {
      const voice = tone(label, 1.2 + 0.2 * variant, variant);
      const samples = resample(dsp, voice, { from: SAMPLE_RATE, to: sampleRate });
      return SPEECH.compute({ dsp, samples, ear }, settings).data;
    })
  );
  ear.dispose();
  const x = Matrix.fromRows(rows);
  const scaler = new StandardScaler();
  scaler.fit(x);
  // Strongly held back: probabilities near 0 or 1 would look the same everywhere.
  const classifier = new LogisticRegression({ c: 1e-4 });
  classifier.fit(scaler.transform(x), Int32Array.of(0, 0, 0, 1, 1, 1), 2);
  const { part, card } = await readEarPart(ear, path, "int8");
  return {
    card: testCard({
      dtype: "int8",
      audio: {
        features: SPEECH.name,
        featureSize: x.cols,
        ...{ sampleRate, mfcc: "librosa", model: classifier.name },
        ear: card,
      },
    }),
    parts: {
      "audio-scaler": scaler.state(),
      "audio-classifier": classifier.state(),
      "audio-ear": part,
    },
  };
}
