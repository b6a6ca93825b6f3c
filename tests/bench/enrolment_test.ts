import assert from "node:assert/strict";
import { drawEnrolled } from "../../bench/enrolment/draw_enrolled.ts";
import { Random } from "../../src/numeric/random.ts";
import { fitFinal } from "../../src/pipeline/fold/fit_final.ts";
import { PRIOR_CLIPS } from "../../src/recognize/enrol/speaker.ts";
import { BOTH_SEEN, clipOf, loaded, trainHere } from "../train/small_training.ts";

const trained = await trainHere({ config: BOTH_SEEN });
const plan = {
  recipe: "statistics",
  normalisation: "train",
  model: "logistic-regression",
} as const;

Deno.test("the curve's predictions are those of the recogniser that enrolled the same clips", async () => {
  const model = fitFinal(trained.prepared, { plan, fusion: "decision-product" });
  const own = [...trained.prepared.samples.keys()];
  const random = new Random(3);
  const predictions = drawEnrolled(model, own, { clips: 4, prior: PRIOR_CLIPS, random });
  const left = predictions.map(({ sample }) => sample);
  assert.equal(left.length, own.length - 4);
  await loaded(trained, async (recognizer) => {
    const clips = await Promise.all(
      own.filter((i) => !left.includes(i)).map((i) => clipOf(trained, i)),
    );
    const enrolment = recognizer.enrol(clips);
    assert.deepEqual([enrolment.audio?.clips, enrolment.video?.clips], [4, 4]);
    for (const { sample, said } of predictions) {
      const { likeliest, modalities } = recognizer.predict(await clipOf(trained, sample), {
        enrolment,
      });
      assert.equal(recognizer.card.labels.indexOf(likeliest), said.get("fused"));
      for (const modality of ["audio", "video"] as const) {
        const given = Object.values(modalities[modality]!);
        assert.equal(given.indexOf(Math.max(...given)), said.get(modality));
      }
    }
  });
});
