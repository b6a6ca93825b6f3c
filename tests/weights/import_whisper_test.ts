import assert from "node:assert/strict";
import { whisperTensors } from "../../models/whisper/whisper_weights.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { fromFloat16, toFloat16 } from "../../src/numeric/float16.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type TensorMap,
} from "../../src/numeric/safetensors.ts";
import { importFile } from "../../src/weights/import_file.ts";
import { listWeights, type WeightsDtype } from "../../src/weights/weights_registry.ts";
import { TINY, uniform } from "../models/whisper_fixture.ts";
import { withFolder } from "../with_folder.ts";
import { ctranslate2File, type CTranslate2Variable } from "./ctranslate2_fixture.ts";

/** An encoder of tiny's shape; every number is one that float16 has. */
const ENCODER: TensorMap = Object.fromEntries(
  Array.from(whisperTensors(TINY), ([name, shape], i) => {
    const size = shape.reduce((product, each) => product * each, 1);
    const data = fromFloat16(toFloat16(uniform(i, size, 1)));
    return [name, { shape: [...shape], data }];
  }),
);

function named(prefix: string): TensorMap {
  return Object.fromEntries(
    Object.entries(ENCODER).map(([name, tensor]) => [`${prefix}${name}`, tensor]),
  );
}

/** Arrays one after the other, in half precision. */
function joined(parts: readonly Float32Array[]): Uint16Array {
  const all = new Uint16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(toFloat16(part), at);
    at += part.length;
  }
  return all;
}

/** The same as CTranslate2 stores it, float16, with a decoder's variable that must be left out. */
function variables(): CTranslate2Variable[] {
  const all: CTranslate2Variable[] = [
    { name: "decoder/embeddings/weight", shape: [2, 3], type: 0, data: new Float32Array(6) },
    { name: "encoder/num_heads", shape: [], type: 2, data: Int16Array.of(6) },
    {
      name: "encoder/position_encodings/encodings",
      shape: [1500, 384],
      type: 4,
      data: new Uint16Array(1500 * 384),
    },
  ];
  const half = (name: string, shape: number[], ...parts: Float32Array[]) =>
    all.push({
      name: `encoder/${name}`,
      shape,
      type: 4,
      data: joined(parts),
    });
  const numbers = (name: string) => ENCODER[name].data as Float32Array;
  for (const part of ["weight", "bias"]) {
    for (const name of ["conv1", "conv2"]) {
      half(
        `${name}/${part}`,
        ENCODER[`${name}.${part}`].shape as number[],
        numbers(`${name}.${part}`),
      );
    }
  }
  const norm = (to: string, from: string) => {
    half(`${to}/gamma`, [384], numbers(`${from}.weight`));
    half(`${to}/beta`, [384], numbers(`${from}.bias`));
  };
  norm("layer_norm", "layer_norm");
  for (let i = 0; i < 4; i++) {
    const [layer, from] = [`layer_${i}`, `layers.${i}`];
    norm(`${layer}/self_attention/layer_norm`, `${from}.self_attn_layer_norm`);
    norm(`${layer}/ffn/layer_norm`, `${from}.final_layer_norm`);
    const [q, k, v] = ["q", "k", "v"].map((each) => `${from}.self_attn.${each}_proj`);
    const zeros = new Float32Array(384);
    half(
      `${layer}/self_attention/linear_0/weight`,
      [1152, 384],
      ...[q, k, v].map((name) => numbers(`${name}.weight`)),
    );
    half(
      `${layer}/self_attention/linear_0/bias`,
      [1152],
      numbers(`${q}.bias`),
      zeros,
      numbers(`${v}.bias`),
    );
    for (
      const [to, name] of [["self_attention/linear_1", "self_attn.out_proj"], [
        "ffn/linear_0",
        "fc1",
      ], ["ffn/linear_1", "fc2"]]
    ) {
      for (const part of ["weight", "bias"]) {
        const { shape } = ENCODER[`${from}.${name}.${part}`];
        half(`${layer}/${to}/${part}`, shape as number[], numbers(`${from}.${name}.${part}`));
      }
    }
  }
  return all;
}

async function importOf(
  dir: string,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  dtype: WeightsDtype = "float32",
) {
  await Deno.writeFile(`${dir}/${name}`, bytes);
  const out = `${dir}/made/${name}.safetensors`;
  const imported = await importFile(`${dir}/${name}`, { out, dtype });
  return { imported, file: decodeSafetensors(await Deno.readFile(out)) };
}

Deno.test("importFile() stores the same encoder of every kind of file, and records where it is from", () =>
  withFolder(async (dir) => {
    const files = {
      "model.safetensors": encodeSafetensors({
        ...named("model.encoder."),
        "model.decoder.layer_norm.bias": { shape: [2], data: new Float32Array(2) },
      }),
      "encoder.safetensors": encodeSafetensors(named("encoder.")),
      "own.safetensors": encodeSafetensors(named(""), { licence: "mine", source: "home" }),
      "model.bin": ctranslate2File("WhisperSpec", variables()),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const { imported, file } = await importOf(dir, name, bytes);
      assert.deepEqual(file.tensors, ENCODER, name);
      assert.equal(imported.backbone, "whisper-tiny");
      assert.equal(imported.parameters, 7632384);
      assert.equal(file.metadata.source_sha256, imported.source.sha256);
      assert.equal(
        file.metadata.licence,
        name === "own.safetensors"
          ? "mine"
          : "not stated by the file (OpenAI's own Whisper is MIT)",
      );
    }
    const listed = await listWeights(`${dir}/made`);
    assert.deepEqual(new Set(listed.map(({ state }) => state)), new Set(["ok"]));
    assert.equal(new Set(listed.map(({ weightsHash }) => weightsHash)).size, 1);
  }));

Deno.test("importFile() stores Whisper in float16, from float16 without loss", () =>
  withFolder(async (dir) => {
    const first = await importOf(
      dir,
      "a.safetensors",
      encodeSafetensors(named("encoder.")),
      "float16",
    );
    const name = "layers.3.fc2.weight";
    assert.deepEqual(first.file.tensors[name].data, toFloat16(ENCODER[name].data as Float32Array));
    const again = await importOf(dir, "b.safetensors", encodeSafetensors(first.file.tensors));
    assert.deepEqual(again.file.tensors, ENCODER);
    assert.equal(again.imported.weightsHash, first.imported.weightsHash);
  }));

Deno.test("importFile() stores Whisper in int8: a quarter of the file, again the same, refused without steps", () =>
  withFolder(async (dir) => {
    const { imported, file } = await importOf(
      dir,
      "a.safetensors",
      encodeSafetensors(named("model.encoder.")),
      "int8",
    );
    assert.equal(imported.parameters, 7632384);
    const share = imported.bytes / (4 * imported.parameters);
    assert(share > 0.25 && share < 0.26, `${share} of float32's`);
    const name = "layers.3.fc2.weight";
    const data = ENCODER[name].data as Float32Array;
    for (const i of [0, 1535, 1536, data.length - 1]) {
      const row = Math.floor(i / 1536);
      const step = file.tensors[`${name}#steps`].data[row];
      const largest = data.slice(1536 * row, 1536 * (row + 1)).reduce(
        (a, b) => Math.max(a, Math.abs(b)),
        0,
      );
      assert.equal(step, Math.fround(largest / 127));
      assert(Math.abs((file.tensors[name].data[i] - 128) * step - data[i]) <= 0.501 * step);
    }
    for (const vector of ["conv1.bias", "layer_norm.weight"]) {
      assert.deepEqual(file.tensors[vector], ENCODER[vector]);
    }
    const again = await importOf(dir, "b.safetensors", encodeSafetensors(file.tensors), "int8");
    assert.deepEqual(again.file.tensors, file.tensors);
    assert.equal(again.imported.weightsHash, imported.weightsHash);
    const { [`${name}#steps`]: _, ...without } = file.tensors;
    await assert.rejects(
      importOf(dir, "c.safetensors", encodeSafetensors(without)),
      /c\.safetensors: layers\.3\.fc2\.weight is stored in int8 and lacks layers\.3\.fc2\.weight#steps/,
    );
  }));

Deno.test("importFile() divides int8 of CTranslate2 by the scale of its row", () =>
  withFolder(async (dir) => {
    const name = "encoder/layer_0/ffn/linear_1/weight";
    const whole = variables().map((variable) =>
      variable.name === name
        ? {
          ...variable,
          type: 1,
          data: Int8Array.from({ length: 384 * 1536 }, (_, i) => i % 255 - 127),
        }
        : variable
    );
    const scales = Float32Array.from({ length: 384 }, (_, row) => 100 + row);
    whole.push({ name: `${name}_scale`, shape: [384], type: 0, data: scales });
    const { file } = await importOf(dir, "model.bin", ctranslate2File("WhisperSpec", whole));
    const { data } = file.tensors["layers.0.fc2.weight"];
    for (const i of [0, 1535, 1536, 384 * 1536 - 1]) {
      assert.equal(data[i], Math.fround((i % 255 - 127) / (100 + Math.floor(i / 1536))));
    }
  }));

Deno.test("importFile() refuses wrong and cut files of Whisper in one line that names the file", () =>
  withFolder(async (dir) => {
    const all = variables();
    const whole = ctranslate2File("WhisperSpec", all);
    const safe = encodeSafetensors(named("model.encoder."));
    const without = named("model.encoder.");
    delete without["model.encoder.layers.2.fc1.bias"];
    const broken = {
      ...named("encoder."),
      "encoder.conv1.bias": { shape: [384], data: new Float32Array(384).fill(NaN) },
    };
    const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
      [whole.slice(0, 5_000_000), /is cut short: \d+ bytes are needed, there are 5000000$/],
      [whole.slice(0, 30), /is cut short/],
      [safe.slice(0, 1_000_000), /cut short or has something appended$/],
      [ctranslate2File("TransformerSpec", all), /is CTranslate2's TransformerSpec/],
      [
        ctranslate2File("WhisperSpec", all, 2),
        /version 2 of CTranslate2's layout: expected 4 to 6$/,
      ],
      [
        ctranslate2File(
          "WhisperSpec",
          all.map((each) => each.name.endsWith("conv1/bias") ? { ...each, type: 5 } : each),
        ),
        /variable conv1\/bias is of type 5/,
      ],
      [
        ctranslate2File("WhisperSpec", all.filter(({ name }) => !name.includes("layer_3"))),
        /width 384 with 3 layers is none of Whisper's/,
      ],
      [encodeSafetensors(without), /there is no layers\.2\.fc1\.bias/],
      [encodeSafetensors(broken), /conv1\.bias holds values that are not finite/],
    ];
    for (const [bytes, message] of cases) {
      const path = `${dir}/wrong.bin`;
      await Deno.writeFile(path, bytes);
      await assert.rejects(importFile(path, { out: `${dir}/out.safetensors` }), (error) => {
        assert(error instanceof WeightsError);
        assert(error.message.startsWith(`${path}: `), error.message);
        assert(!error.message.includes("\n"));
        assert.match(error.message, message);
        return true;
      });
    }
    assert.deepEqual(Array.from(Deno.readDirSync(dir), ({ name }) => name), ["wrong.bin"]);
  }));

Deno.test("importFile() refuses a preprocessing of pictures and another SHA-256 for Whisper", () =>
  withFolder(async (dir) => {
    const path = `${dir}/model.safetensors`;
    await Deno.writeFile(path, encodeSafetensors(named("encoder.")));
    await assert.rejects(importFile(path, { preprocessing: "imagenet" }), /sees no pictures/);
    await assert.rejects(importFile(path, { sha256: "0".repeat(64) }), /its SHA-256 is/);
    await assert.rejects(importFile(`${dir}/none`), /cannot read .*none/);
  }));
