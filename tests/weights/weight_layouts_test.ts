import assert from "node:assert/strict";
import { VGG16_LAYERS } from "../../models/vgg16_face.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type TensorMap,
} from "../../src/numeric/safetensors.ts";
import { importWeights } from "../../src/weights/import_weights.ts";
import { describeBackbone, loadBackbone } from "../../src/vision/load_backbone.ts";
import {
  FIXTURE_SHAPE,
  fixtureFrames,
  fixtureTensors,
  flatArrays,
  type KerasArray,
  writeKerasFile,
} from "./vgg16_fixture.ts";
import { withFolder } from "../with_folder.ts";

/** An array of no use here: of a classifier's layer. */
const classifier = (path: string, ...shape: number[]): KerasArray => ({
  path,
  shape,
  data: new Float32Array(shape.reduce((size, n) => size * n, 1)),
});

const renamed = (rename: (name: string, i: number) => string) =>
  VGG16_LAYERS.flatMap(({ name }, i) => flatArrays(rename(name, i), i));

/** deepface's sixteen convolutions with a layer before each, as its file lists them. */
const sixteen = Array.from({ length: 16 }, (_, i) => `conv2d_${i + 1}`);

const LAYOUTS: [
  name: string,
  preprocessing: string,
  licence: RegExp,
  lastFrom: string,
  file: () => Promise<Uint8Array>,
][] = [
  [
    "keras-vggface-top",
    "bgr 93.594,104.7624,129.1863",
    /research use only/,
    "conv5_3",
    () =>
      writeKerasFile([
        ...renamed((name) => name),
        classifier("fc6/fc6/kernel:0", 6, 2),
        classifier("fc6/fc6/bias:0", 2),
      ]),
  ],
  [
    "keras-imagenet-notop",
    "bgr 103.939,116.779,123.68",
    /CC BY 4\.0/,
    "block5_conv3",
    () => writeKerasFile(renamed((name) => name.replace(/conv(.)_(.)/, "block$1_conv$2"))),
  ],
  [
    "deepface",
    "bgr 93.594,104.7624,129.1863",
    /research use only.*deepface/,
    "conv2d_13",
    () =>
      writeKerasFile(
        [
          ...renamed((_, i) => sixteen[i]),
          ...sixteen.slice(13).flatMap((name) => [
            classifier(`${name}/${name}/kernel:0`, 1, 1, 1, 1),
            classifier(`${name}/${name}/bias:0`, 1),
          ]),
        ],
        {},
        sixteen.flatMap((name, i) => [`zero_padding2d_${i + 1}`, name]),
      ),
  ],
  [
    // Before Keras 2, and without the attribute that tells the order: that of the numbers.
    "deepface",
    "bgr 93.594,104.7624,129.1863",
    /research use only/,
    "convolution2d_13",
    () => writeKerasFile(renamed((_, i) => `convolution2d_${i + 1}`)),
  ],
];

for (const [name, preprocessing, licence, lastFrom, file] of LAYOUTS) {
  Deno.test(`importWeights() recognises ${name} and takes ${lastFrom} for conv5_3`, () =>
    withFolder(async (dir) => {
      await Deno.writeFile(`${dir}/some.h5`, await file());
      const out = `${dir}/out.safetensors`;
      const imported = await importWeights(`${dir}/some.h5`, { out });
      assert.equal(imported.source.name, name);
      assert.match(imported.licence, licence);
      assert.equal(imported.layers[12].from, lastFrom);
      const { channels, means } = imported.preprocessing;
      assert.equal(`${channels} ${means}`, preprocessing);
      const { tensors } = decodeSafetensors(await Deno.readFile(out));
      VGG16_LAYERS.forEach(({ name, inputs, outputs }, i) => {
        const { shape, data } = tensors[`${name}/kernel`];
        assert.deepEqual(shape, [3, 3, inputs, outputs]);
        assert.ok(data.every((value) => value === i + 1), `${name} is layer ${data[0]}`);
        assert.ok(tensors[`${name}/bias`].data.every((value) => value === -i - 1));
      });
      assert.equal(Object.keys(tensors).length, 26);
      const info = await describeBackbone("vgg16-face", { weights: out });
      assert.equal(info.licence, imported.licence);
      assert.equal(info.weightsHash, imported.weightsHash);
    }));
}

Deno.test("importWeights() stores float16 in half the size, with features within 1e-2", () =>
  withFolder(async (dir) => {
    await Deno.writeFile(`${dir}/whole.safetensors`, encodeSafetensors(fixtureTensors()));
    const features: Float32Array[] = [];
    const imported = [];
    for (const dtype of ["float32", "float16"] as const) {
      const out = `${dir}/${dtype}.safetensors`;
      imported.push(await importWeights(`${dir}/whole.safetensors`, { out, dtype }));
      const backbone = await loadBackbone("vgg16-face", { weights: out });
      assert.equal(backbone.weightsHash, imported.at(-1)!.weightsHash);
      features.push(backbone.embed(fixtureFrames(), FIXTURE_SHAPE));
      backbone.dispose();
    }
    const [whole, half] = imported;
    assert.ok(Math.abs(half.bytes / whole.bytes - 0.5) < 1e-3, `${half.bytes} of ${whole.bytes}`);
    assert.notEqual(half.weightsHash, whole.weightsHash);
    const largest = features[0].reduce((max, value) => Math.max(max, value), 0);
    const off = features[0].reduce(
      (max, value, i) => Math.max(max, Math.abs(value - features[1][i])),
      0,
    );
    assert.ok(off > 0 && off <= 1e-2 * largest, `off by ${off} of ${largest}`);

    // What is float16 already stays what it is, and widened it is the same network.
    const again = await importWeights(half.out, { out: `${dir}/again.safetensors` });
    assert.equal(again.weightsHash, half.weightsHash);
    assert.equal(again.dtype, "float32");
  }));

Deno.test("importWeights() keeps what a safetensors file says of itself, unless it is told otherwise", () =>
  withFolder(async (dir) => {
    const tensors = fixtureTensors();
    const first = tensors["conv1_1/kernel"];
    tensors["conv1_1/kernel"] = { shape: first.shape, data: Float64Array.from(first.data) };
    tensors["fc6/kernel"] = { shape: [1], data: Int32Array.of(1) };
    const source = `${dir}/source.safetensors`;
    await Deno.writeFile(
      source,
      encodeSafetensors(tensors, {
        licence: "mine",
        source: "my training",
        preprocessing: '{"channels":"rgb","means":[1,2,3]}',
      }),
    );
    const out = `${dir}/out.safetensors`;
    const kept = await importWeights(source, { out });
    assert.deepEqual(kept.preprocessing, { channels: "rgb", means: [1, 2, 3] });
    const info = await describeBackbone("vgg16-face", { weights: out });
    assert.deepEqual([info.licence, info.source], ["mine", "my training"]);
    const small = { n: 1, height: 32, width: 32 };
    const frame = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 37) & 255);
    const embed = async () => {
      const backbone = await loadBackbone("vgg16-face", { weights: out });
      const features = backbone.embed(frame, small);
      backbone.dispose();
      return features;
    };
    const rgb = await embed();
    const told = await importWeights(source, { out, preprocessing: "vggface" });
    assert.deepEqual(told.preprocessing.means, [93.5940, 104.7624, 129.1863]);
    assert.notEqual(told.weightsHash, kept.weightsHash);
    assert.notDeepEqual(await embed(), rgb);
  }));

Deno.test("importWeights() tells in one line what an unfit file is", () =>
  withFolder(async (dir) => {
    const edit = (change: (tensors: TensorMap) => void) => {
      const tensors = fixtureTensors();
      change(tensors);
      return encodeSafetensors(tensors);
    };
    const whole = edit(() => {});
    const cases: [string, Uint8Array, RegExp][] = [
      ["page.h5", new TextEncoder().encode("<html>404 Not Found</html>"), /neither a Keras file/],
      ["empty.h5", new Uint8Array(), /neither a Keras file .*at least 8 bytes/],
      ["cut.safetensors", whole.subarray(0, 1e6), /cut short/],
      [
        "resnet.h5",
        await writeKerasFile([
          classifier("conv1/7x7_s2/kernel", 7, 7, 3, 4),
          classifier("conv2/1x1/kernel", 1, 1, 4, 4),
        ]),
        /holds no VGG16 that Emofuse knows .*; it has conv1, conv2$/,
      ],
      [
        "other.h5",
        await writeKerasFile(
          sixteen.flatMap((name) => [
            classifier(`${name}/kernel`, 3, 3, 3, 8),
            classifier(`${name}/bias`, 8),
          ]),
        ),
        /layer conv1_1 has a kernel of shape \[3, 3, 3, 8\]: expected \[3, 3, 3, 64\]/,
      ],
      [
        "missing.safetensors",
        edit((tensors) => delete tensors["conv4_2/bias"]),
        /layer conv4_2 has no bias/,
      ],
      [
        "integers.safetensors",
        edit((tensors) => tensors["conv1_1/bias"] = { shape: [64], data: new Int32Array(64) }),
        /conv1_1\/bias holds integers/,
      ],
      [
        "infinite.safetensors",
        edit((tensors) => tensors["conv1_1/bias"].data[3] = Infinity),
        /conv1_1\/bias holds values that are not finite/,
      ],
      [
        "large.safetensors",
        edit((tensors) => tensors["conv1_1/bias"].data[3] = 70000),
        /conv1_1\/bias holds values above 65504, .*: store float32/,
      ],
      [
        "odd.safetensors",
        encodeSafetensors(fixtureTensors(), { preprocessing: '{"means":[1,2]}' }),
        /metadata's preprocessing is {"means":\[1,2\]}: expected/,
      ],
    ];
    for (const [name, bytes, message] of cases) {
      const file = `${dir}/${name}`;
      await Deno.writeFile(file, bytes);
      await Deno.writeFile(`${dir}/whole.safetensors`, whole);
      await assert.rejects(
        importWeights(`${dir}/whole.safetensors`, { out: `${dir}/out.safetensors`, dtype: "int8" }),
        /whole\.safetensors: VGG16's convolutions are stored in float32 or float16, not in int8$/,
      );
      await assert.rejects(
        importWeights(file, { out: `${dir}/out.safetensors`, dtype: "float16" }),
        (error: Error) => {
          assert.equal(error.name, "WeightsError");
          assert.match(error.message, message);
          assert.ok(error.message.startsWith(`${file}: `) && !error.message.includes("\n"));
          return true;
        },
      );
    }
    await assert.rejects(
      importWeights(`${dir}/large.safetensors`, { sha256: "ab".repeat(32) }),
      /its SHA-256 is [0-9a-f]{64}, expected (ab){32}/,
    );
    const left = Array.from(Deno.readDirSync(dir), ({ name }) => name);
    assert.ok(!left.includes("out.safetensors") && !left.includes("registry.json"));
  }));
