import assert from "node:assert/strict";
import { WeightsError } from "../../models/weights_error.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { VGG16_FACE_SOURCE, VGG16_LAYERS } from "../../models/vgg16_face.ts";
import { decodeSafetensors } from "../../src/numeric/safetensors.ts";
import { importWeights } from "../../src/weights/import_weights.ts";
import { describeBackbone, loadBackbone } from "../../src/vision/load_backbone.ts";
import {
  FIXTURE_SHAPE,
  fixtureFrames,
  fixtureLayer,
  vggfaceArrays,
  writeKerasFile,
} from "./vgg16_fixture.ts";
import { withFolder } from "../with_folder.ts";

const pool5: {
  shape: number[];
  frameSums: number[];
  largest: number[];
  sum: number[];
  indices: number[];
  values: number[][];
} = JSON.parse(
  Deno.readTextFileSync(new URL("../fixtures/vgg16/pool5.json", import.meta.url)),
);

Deno.test("importWeights() and vgg16-face give Keras's activations for the same .h5", () =>
  withFolder(async (dir) => {
    const source = `${dir}/rcmalli_vggface_tf_notop_vgg16.h5`;
    const bytes = await writeKerasFile(
      VGG16_LAYERS.flatMap((_, i) => vggfaceArrays(i)),
      Object.fromEntries(
        VGG16_LAYERS.map(({ name }) => [name, [`${name}_W_1:0`, `${name}_b_1:0`]]),
      ),
    );
    await Deno.writeFile(source, bytes);
    const weights = `${dir}/made/here/vgg16-face.safetensors`;
    const imported = await importWeights(source, { out: weights });

    assert.equal(imported.source.sha256, await sha256Hex(bytes));
    assert.equal(imported.parameters, 14_714_688);
    assert.deepEqual(imported.layers[12], {
      name: "conv5_3",
      from: "conv5_3",
      kernel: [3, 3, 512, 512],
    });
    assert.deepEqual([...Deno.readDirSync(`${dir}/made/here`)].map(({ name }) => name).sort(), [
      "registry.json",
      "vgg16-face.safetensors",
    ]);
    const { tensors, metadata } = decodeSafetensors(await Deno.readFile(weights));
    assert.deepEqual(metadata, {
      format: "emofuse.vgg16-face/2",
      licence: metadata.licence,
      preprocessing: '{"channels":"bgr","means":[93.594,104.7624,129.1863]}',
      source: VGG16_FACE_SOURCE,
      source_file: "rcmalli_vggface_tf_notop_vgg16.h5",
      source_sha256: imported.source.sha256,
    });
    assert.match(metadata.licence, /research use only/);
    assert.deepEqual(tensors["conv1_2/bias"].data, fixtureLayer(1).bias);

    const backbone = await loadBackbone("vgg16-face", { weights });
    const info = await describeBackbone("vgg16-face", { weights });
    assert.equal(backbone.weightsHash, imported.weightsHash);
    assert.equal(info.weightsHash, imported.weightsHash);
    assert.equal(backbone.featureSize(128, 227), 14336);

    const frames = fixtureFrames();
    const length = frames.length / 2;
    const sums = [0, 1].map((i) =>
      frames.subarray(i * length, (i + 1) * length).reduce((sum, value) => sum + value, 0)
    );
    assert.deepEqual(sums, pool5.frameSums, "both sides see the same frames");
    const features = backbone.embed(frames, FIXTURE_SHAPE);
    assert.equal(features.length, 2 * 14336);
    pool5.values.forEach((values, frame) => {
      const got = features.subarray(frame * 14336, (frame + 1) * 14336);
      const tolerance = 1e-4 * pool5.largest[frame];
      values.forEach((value, i) => {
        const difference = Math.abs(got[pool5.indices[i]] - value);
        assert.ok(difference <= tolerance, `frame ${frame}, value ${i} is off by ${difference}`);
      });
      const sum = got.reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum - pool5.sum[frame]) <= 1e-5 * pool5.sum[frame], `sum ${sum}`);
    });

    const one = backbone.embed(frames.subarray(length), { ...FIXTURE_SHAPE, n: 1 });
    assert.deepEqual(one, features.slice(14336), "a frame's features do not depend on its batch");
    backbone.dispose();
  }));

Deno.test("importWeights() names the file and the layer that is missing or has another shape", () =>
  withFolder(async (dir) => {
    const source = `${dir}/weights.h5`;
    const out = `${dir}/out.safetensors`;
    const cases: [Parameters<typeof writeKerasFile>[0], RegExp][] = [
      [[0, 1, 2].flatMap(vggfaceArrays), /weights\.h5: layer conv2_2 is missing; .*conv2_1/],
      [
        VGG16_LAYERS.flatMap(({ name }) => [
          { path: `${name}/W`, shape: [3, 3, 1, 2], data: new Float32Array(18) },
          { path: `${name}/b`, shape: [2], data: new Float32Array(2) },
        ]),
        /weights\.h5: layer conv1_1 has a kernel of shape \[3, 3, 1, 2\]: expected \[3, 3, 3, 64\]/,
      ],
    ];
    for (const [arrays, message] of cases) {
      await Deno.writeFile(source, await writeKerasFile(arrays));
      await assert.rejects(importWeights(source, { out }), { name: "WeightsError", message });
    }
    await assert.rejects(importWeights(`${dir}/none.h5`, { out }), {
      name: "WeightsError",
      message: /cannot read .*none\.h5/,
    });
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["weights.h5"]);
  }));

Deno.test("loadBackbone() says which file vgg16-face needs and how to import it", () =>
  withFolder(async (dir) => {
    const weights = `${dir}/absent.safetensors`;
    await assert.rejects(loadBackbone("vgg16-face", { weights }), (error) => {
      assert.ok(error instanceof WeightsError);
      assert.ok(error.message.includes(weights));
      assert.match(error.message, /releases\/download\/v2\.0\/rcmalli_vggface_tf_notop_vgg16\.h5/);
      assert.match(error.message, /"deno task weights rcmalli_vggface_tf_notop_vgg16\.h5"/);
      return true;
    });
    const keras = `${dir}/keras.h5`;
    await Deno.writeFile(keras, await writeKerasFile(vggfaceArrays(0)));
    await assert.rejects(loadBackbone("vgg16-face", { weights: keras }), {
      name: "WeightsError",
      message: /keras\.h5 is a Keras file: run "deno task weights .*keras\.h5"/,
    });
    const damaged = `${dir}/damaged.safetensors`;
    await Deno.writeTextFile(damaged, "not safetensors at all");
    await assert.rejects(loadBackbone("vgg16-face", { weights: damaged }), {
      name: "WeightsError",
      message: /damaged\.safetensors: .*import the weights again/,
    });
  }));
