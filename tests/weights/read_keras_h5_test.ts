import assert from "node:assert/strict";
import { WeightsError } from "../../models/weights_error.ts";
import { readKerasConvolutions } from "../../src/weights/read_keras_h5.ts";
import { writeKerasFile } from "./vgg16_fixture.ts";

const FIXTURES = new URL("../fixtures/vgg16/", import.meta.url);
const tiny: Record<string, { kernelShape: number[]; kernel: number[]; bias: number[] }> = JSON
  .parse(Deno.readTextFileSync(new URL("tiny.json", FIXTURES)));

for (const file of ["old_layout.h5", "model.h5"]) {
  Deno.test(`readKerasConvolutions() reads ${file} as Keras and h5py wrote it`, async () => {
    const bytes = Deno.readFileSync(new URL(file, FIXTURES));
    const layers = await readKerasConvolutions(bytes, ["conv1_2", "conv1_1"]);
    assert.deepEqual([...layers.keys()], ["conv1_2", "conv1_1"]);
    for (const [name, { kernel, bias }] of layers) {
      assert.deepEqual(kernel.shape, tiny[name].kernelShape);
      assert.deepEqual(kernel.data, Float32Array.from(tiny[name].kernel));
      assert.deepEqual(bias.shape, [tiny[name].bias.length]);
      assert.deepEqual(bias.data, Float32Array.from(tiny[name].bias));
    }
  });
}

const kernel = { shape: [1, 1, 1, 2], data: Float32Array.of(1, 2) };
const bias = { shape: [2], data: Float32Array.of(3, 4) };

Deno.test("readKerasConvolutions() finds nested arrays where no attribute lists them", async () => {
  const bytes = await writeKerasFile([
    { path: "conv1_1/conv1_1/kernel:0", ...kernel },
    { path: "conv1_1/conv1_1/bias:0", ...bias },
  ]);
  const { kernel: k, bias: b } = (await readKerasConvolutions(bytes, ["conv1_1"])).get("conv1_1")!;
  assert.deepEqual([k.data, b.data], [kernel.data, bias.data]);
});

Deno.test("readKerasConvolutions() names what is wrong with a layer", async () => {
  const rejects = async (
    arrays: Parameters<typeof writeKerasFile>[0],
    message: RegExp,
    names?: Record<string, string[]>,
  ) => {
    const bytes = await writeKerasFile(arrays, names);
    await assert.rejects(readKerasConvolutions(bytes, ["conv1_1"]), (error) => {
      assert.ok(error instanceof WeightsError);
      assert.match(error.message, message);
      return true;
    });
  };
  await rejects(
    [{ path: "conv1_2/kernel", ...kernel }, { path: "fc6/kernel", ...kernel }],
    /layer conv1_1 is missing; the file has conv1_2, fc6/,
  );
  await rejects([{ path: "conv1_1/kernel", ...kernel }], /conv1_1 .*1-D array, its bias.* holds 0/);
  await rejects([
    { path: "conv1_1/kernel", ...kernel },
    { path: "conv1_1/momentum", ...kernel },
    { path: "conv1_1/bias", ...bias },
  ], /conv1_1 .*4-D array, its kernel.* holds 2/);
  await rejects(
    [
      { path: "conv1_1/kernel", ...kernel },
      { path: "conv1_1/bias", shape: [2], data: Float32Array.of(NaN, 1) },
    ],
    /conv1_1: the bias holds values that are not finite/,
  );
  await rejects(
    [{ path: "conv1_1/kernel", ...kernel }, { path: "conv1_1/bias", ...bias }],
    /conv1_1 lists the array gone\/bias/,
    { conv1_1: ["kernel", "gone/bias"] },
  );
});

Deno.test("readKerasConvolutions() rejects what is not HDF5, and HDF5 that is cut short", async () => {
  const whole = Deno.readFileSync(new URL("old_layout.h5", FIXTURES));
  await assert.rejects(
    readKerasConvolutions(new TextEncoder().encode("<html>404</html>"), ["conv1_1"]),
    { name: "WeightsError", message: /not an HDF5 file/ },
  );
  await assert.rejects(readKerasConvolutions(new Uint8Array(), ["conv1_1"]), /not an HDF5 file/);
  for (const length of [10, 600, whole.length >> 1, whole.length - 1]) {
    await assert.rejects(
      readKerasConvolutions(whole.subarray(0, length), ["conv1_1"]),
      (error) => error instanceof WeightsError && /cut short|cannot open/.test(error.message),
      `${length} bytes`,
    );
  }
});
