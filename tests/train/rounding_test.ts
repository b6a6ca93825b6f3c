import assert from "node:assert/strict";
import { clipOf, distance, ear, loaded, trainHere } from "./small_training.ts";
import type { TrainingChoice } from "./train.ts";

Deno.test("the cost of whole-number weights is measured on clips, and small", async () => {
  const { card, bytes } = await trainHere({ dtype: "int8", config: { backbone: "faceres" } });
  const exact = await trainHere({ config: { backbone: "faceres" } });
  assert(bytes.length < 0.65 * exact.bytes.length);
  assert.equal(card.rounding.through, "clips");
  assert(card.rounding.samples >= 4);
  assert(card.rounding.maxDifference > 0 && card.rounding.maxDifference < 0.2);
});

Deno.test("what a rounded ear costs is measured on clips, and the recogniser hears by it", async () => {
  const heard: TrainingChoice = { config: { modality: "audio" }, model: "svm-rbf" };
  const exact = await trainHere({ ...heard, ear });
  const probabilities = exact.exact();
  let size = exact.bytes.length;
  const costs: number[] = [];
  for (const dtype of ["float16", "int8"] as const) {
    const trained = await trainHere({ ...heard, ear, dtype });
    const { card: { rounding, audio }, bytes } = trained;
    assert(bytes.length < 0.55 * size, `${dtype}: ${bytes.length}`);
    size = bytes.length;
    assert.deepEqual(audio!.ear, exact.card.audio!.ear);
    assert.equal(rounding.through, "clips");
    assert.equal(rounding.samples, probabilities.rows);
    let most = 0;
    await loaded(trained, async (recognizer) => {
      for (let i = 0; i < probabilities.rows; i++) {
        const { probabilities: rounded } = recognizer.predict(await clipOf(trained, i));
        most = Math.max(most, distance(rounded, probabilities.row(i)));
      }
    });
    const { maxDifference } = rounding;
    assert(Math.abs(maxDifference - most) < 1e-5 + 0.01 * most, `${maxDifference}, ${most}`);
    costs.push(rounding.maxDifference);
  }
  const [half, whole] = costs;
  assert(half > 0 && half < whole && whole < 0.2, `${costs}`);
});
