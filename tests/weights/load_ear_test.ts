import assert from "node:assert/strict";
import { join } from "node:path";
import { WeightsError } from "../../models/weights_error.ts";
import { WHISPER_FORMAT } from "../../models/whisper/whisper_weights.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { describeEar, openSameEar } from "../../src/weights/load_ear.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { fixtureWeights, TINY } from "../models/whisper_fixture.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("openSameEar() refuses an ear that is no longer the one that was described", async () => {
  const path = await tinyEar();
  const { weightsHash } = await describeEar(path);
  assert.equal((await openSameEar(path, weightsHash)).file.metadata.format, WHISPER_FORMAT);
  await assert.rejects(
    openSameEar(path, "0".repeat(64)),
    (error) =>
      error instanceof WeightsError && /have changed since the run began/.test(error.message),
  );
});

Deno.test("describeEar() refuses numbers that are none, and says of a licence what the file says", async () => {
  await withFolder(async (dir) => {
    const path = join(dir, "ear.safetensors");
    const tensors = fixtureWeights(TINY);
    await Deno.writeFile(path, encodeSafetensors(tensors, { format: WHISPER_FORMAT }));
    assert.match((await describeEar(path)).licence, /^not stated by the file/);
    (tensors["layers.1.fc1.bias"].data as Float32Array)[3] = NaN;
    await Deno.writeFile(path, encodeSafetensors(tensors, { format: WHISPER_FORMAT }));
    await assert.rejects(
      describeEar(path),
      /ear\.safetensors: layers\.1\.fc1\.bias holds a number/,
    );
  });
});
