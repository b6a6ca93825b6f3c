import assert from "node:assert/strict";
import { temper } from "../../src/evaluate/confidence/temper.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { VoiceModel } from "../../src/pretrain/voice_model.ts";

/** Samples of three classes in two blocks of columns, `shift` beside where they were. */
function samples(seed: number, shift: number): Matrix {
  const random = new Random(seed);
  return Matrix.fromRows(
    Array.from(
      { length: 60 },
      (_, i) =>
        Array.from({ length: 5 }, (_, f) => random.normal() + (f === i % 3 ? 1 : 0) + shift),
    ),
  );
}

const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
const training = { labels, nClasses: 3, blocks: [3, 2], seed: 1 };

Deno.test("VoiceModel.tempered() gives the same model at another temperature", () => {
  const x = samples(1, 0);
  const model = VoiceModel.fit({ ...training, versions: [x] });
  const before = model.predictProba(x);
  for (const temperature of [0.8, 1.5, 4]) {
    const after = model.tempered(temperature).predictProba(x);
    const expected = temper(before.data, 3, temperature);
    assert.ok(after.data.every((p, i) => Math.abs(p - expected[i]) < 1e-5));
  }
});

Deno.test("VoiceModel.fit() learns from every version of a sample", () => {
  const [plain, moved] = [samples(2, 0), samples(3, 3)];
  const right = (model: VoiceModel, x: Matrix) =>
    model.predictProba(x).argMax().filter((c, i) => c === labels[i]).length;
  const one = VoiceModel.fit({ ...training, versions: [plain] });
  const both = VoiceModel.fit({ ...training, versions: [plain, moved] });
  const test = samples(4, 3);
  assert.ok(right(both, test) > right(one, test), "what was moved is what it was fitted to");
  assert.ok(right(both, samples(5, 0)) > 30);
});
