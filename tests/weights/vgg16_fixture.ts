import { Dataset, File as H5File, Group, ready } from "h5wasm";
import { VGG16_LAYERS } from "../../models/vgg16_face.ts";
import type { TensorMap } from "../../src/numeric/safetensors.ts";

/** The frames' size in tests/fixtures/make_vgg16.py. */
export const FIXTURE_SHAPE = { n: 2, height: 128, width: 227 } as const;

/** A 32-bit integer hash (lowbias32), as in tests/fixtures/make_vgg16.py. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function uniform(stream: number, length: number, limit: number): Float32Array {
  const start = mix(stream);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = (mix(start + i | 0) / 2147483648 - 1) * limit;
  return values;
}

/** The weights of layer `index` of VGG16 by the formula of tests/fixtures/make_vgg16.py. */
export function fixtureLayer(index: number): { kernel: Float32Array; bias: Float32Array } {
  const { inputs, outputs } = VGG16_LAYERS[index];
  return {
    kernel: uniform(2 * index, 9 * inputs * outputs, Math.sqrt(6 / (9 * inputs))),
    bias: uniform(2 * index + 1, outputs, 10),
  };
}

/** The two RGB frames of tests/fixtures/make_vgg16.py: noise, then slanted ramps. */
export function fixtureFrames(): Uint8Array<ArrayBuffer> {
  const { height, width } = FIXTURE_SHAPE;
  const length = height * width * 3;
  const frames = new Uint8Array(2 * length);
  const start = mix(1000);
  for (let i = 0; i < length; i++) {
    frames[i] = mix(start + i | 0) >>> 24;
    const [y, x, c] = [Math.floor(i / (width * 3)), Math.floor(i / 3) % width, i % 3];
    frames[length + i] = (3 * x + 2 * y + 40 * c) & 255;
  }
  return frames;
}

/** One array of a Keras file: its path inside the file, shape and values. */
export interface KerasArray {
  path: string;
  shape: number[];
  data: Float32Array;
}

/**
 * Writes a Keras weights file with h5wasm: arrays by path, each group's `weight_names` and, unless it
 * is empty, the file's `layer_names`.
 */
export async function writeKerasFile(
  arrays: readonly KerasArray[],
  weightNames: Readonly<Record<string, string[]>> = {},
  layerNames: readonly string[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await ready;
  const name = `fixture-${crypto.randomUUID()}.h5`;
  const file = new H5File(name, "w");
  for (const { path, shape, data } of arrays) {
    let group: Group = file;
    const parts = path.split("/");
    for (const part of parts.slice(0, -1)) {
      const child = group.keys().includes(part) ? group.get(part) : group.create_group(part);
      if (!(child instanceof Group)) throw new Error(`${path}: ${part} is not a group`);
      group = child;
    }
    group.create_dataset({ name: parts[parts.length - 1], data, shape, dtype: "<f" });
  }
  for (const [group, names] of Object.entries(weightNames)) {
    const at = file.get(group);
    if (at === null || at instanceof Dataset || !(at instanceof Group)) {
      throw new Error(`${group} is not a group`);
    }
    at.create_attribute("weight_names", names);
  }
  if (layerNames.length > 0) file.create_attribute("layer_names", [...layerNames]);
  file.close();
  const bytes = FS.readFile(name) as Uint8Array<ArrayBuffer>;
  FS.unlink(name);
  return bytes.slice();
}

/** Layer `index` as keras_vggface stores it: `conv1_1/conv1_1_W_1:0` and `conv1_1/conv1_1_b_1:0`. */
export function vggfaceArrays(index: number): KerasArray[] {
  const { name, inputs, outputs } = VGG16_LAYERS[index];
  const { kernel, bias } = fixtureLayer(index);
  return [
    { path: `${name}/${name}_W_1:0`, shape: [3, 3, inputs, outputs], data: kernel },
    { path: `${name}/${name}_b_1:0`, shape: [outputs], data: bias },
  ];
}

/** Layer `index` under the name `name`, all of its kernel `index + 1` and all of its bias the negative. */
export function flatArrays(name: string, index: number): KerasArray[] {
  const { inputs, outputs } = VGG16_LAYERS[index];
  const kernel = new Float32Array(9 * inputs * outputs).fill(index + 1);
  const bias = new Float32Array(outputs).fill(-index - 1);
  return [
    { path: `${name}/${name}/kernel:0`, shape: [3, 3, inputs, outputs], data: kernel },
    { path: `${name}/${name}/bias:0`, shape: [outputs], data: bias },
  ];
}

/** The weights of the fixture by name, as `decodeSafetensors` gives them. */
export function fixtureTensors(): TensorMap {
  return Object.fromEntries(VGG16_LAYERS.flatMap(({ name, inputs, outputs }, i) => {
    const { kernel, bias } = fixtureLayer(i);
    return [
      [`${name}/kernel`, { shape: [3, 3, inputs, outputs], data: kernel }],
      [`${name}/bias`, { shape: [outputs], data: bias }],
    ];
  }));
}
