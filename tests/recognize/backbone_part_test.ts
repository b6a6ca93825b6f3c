import assert from "node:assert/strict";
import { type BackboneName, BACKBONES } from "../../models/registry.ts";
import { VGG16_LAYERS } from "../../models/vgg16_face.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { encodeSafetensors, type TensorMap } from "../../src/numeric/safetensors.ts";
import { backbonePart, restoreBackbone } from "../../src/recognize/bundle/backbone_part.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { readBackboneFiles } from "../../src/vision/load_backbone.ts";
import { fixtureLayer } from "../weights/vgg16_fixture.ts";

await initBackend();

/** A user's file of VGG16, with the weights of a fixture. */
function vgg16File(): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, TensorMap[string]> = {};
  VGG16_LAYERS.forEach(({ name, inputs, outputs }, i) => {
    const { kernel, bias } = fixtureLayer(i);
    tensors[`${name}/kernel`] = { shape: [3, 3, inputs, outputs], data: kernel };
    tensors[`${name}/bias`] = { shape: [outputs], data: bias };
  });
  return encodeSafetensors(tensors);
}

for (const name of Object.keys(BACKBONES) as BackboneName[]) {
  Deno.test(`a bundle's part gives back the backbone ${name}, to the bit`, async () => {
    const files = BACKBONES[name].userWeights
      ? [vgg16File()]
      : (await readBackboneFiles(name, {})).files;
    const frame = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
    const shape = { n: 1, height: 64, width: 64 };
    const original = await BACKBONES[name].load(files, 0);
    const expected = original.embed(frame, shape);
    original.dispose();
    const restored = await restoreBackbone(backbonePart(name, files));
    assert.deepEqual(restored.embed(frame, shape), expected);
    assert(expected.some((value) => value !== expected[0]));
    restored.dispose();
  });
}

Deno.test("restoreBackbone() names a backbone that it does not know", async () => {
  await assert.rejects(
    restoreBackbone({ model: "resnet", settings: {}, tensors: {} }),
    (error) => error instanceof BundleError && /"resnet", which is unknown/.test(error.message),
  );
});
