import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  safetensorsHeader,
  safetensorsHeaderLength,
  safetensorsParts,
  type TensorMap,
} from "../../src/numeric/safetensors.ts";

const SAMPLE: TensorMap = {
  bytes: { shape: [3], data: Uint8Array.of(1, 2, 255) },
  "conv/kernel": { shape: [2, 1, 2], data: Float32Array.of(1, -2, 0.5, Infinity) },
  scalar: { shape: [], data: Float64Array.of(Math.PI) },
  half: { shape: [2], data: Uint16Array.of(0x3c00, 0xc000) },
  counts: { shape: [1, 2], data: Int32Array.of(-7, 7) },
  empty: { shape: [0, 4], data: new Float32Array(0) },
};

/** A file with the given header text and `dataLength` zero bytes of tensors. */
function fileOf(header: unknown, dataLength: number): Uint8Array {
  const json = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + json.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

function rejects(bytes: Uint8Array, message: RegExp): void {
  assert.throws(() => decodeSafetensors(bytes), (error: unknown) => {
    assert(error instanceof SafetensorsError);
    assert.match(error.message, message);
    return true;
  });
}

Deno.test("decodeSafetensors() gives back what encodeSafetensors() wrote", () => {
  const { tensors, metadata } = decodeSafetensors(encodeSafetensors(SAMPLE, { a: "1", ü: "é" }));
  assert.deepEqual(tensors, SAMPLE);
  assert.deepEqual(metadata, { a: "1", ü: "é" });
});

Deno.test("encodeSafetensors() writes the same bytes whatever the order of the keys", () => {
  const reversed = Object.fromEntries(Object.entries(SAMPLE).reverse());
  assert.deepEqual(
    encodeSafetensors(reversed, { b: "2", a: "1" }),
    encodeSafetensors(SAMPLE, { a: "1", b: "2" }),
  );
});

Deno.test("safetensorsParts() are the file's bytes, and views of the tensors", () => {
  const parts = safetensorsParts(SAMPLE, { a: "1" });
  const joined = Uint8Array.from(parts.flatMap((part) => [...part]));
  assert.deepEqual(joined, encodeSafetensors(SAMPLE, { a: "1" }));
  assert.ok(parts.some(({ buffer }) => buffer === SAMPLE["conv/kernel"].data.buffer));
});

Deno.test("encodeSafetensors() aligns the header to 8 bytes and each tensor to its element", () => {
  const header = safetensorsHeader(encodeSafetensors(SAMPLE));
  assert.equal(header.dataStart % 8, 0);
  const bytes = { F64: 8, F32: 4, F16: 2, I32: 4, U8: 1 };
  for (const { dtype, begin } of Object.values(header.tensors)) {
    assert.equal(begin % bytes[dtype], 0);
  }
});

Deno.test("encodeSafetensors() writes the byte layout of the specification", () => {
  const bytes = encodeSafetensors({ x: { shape: [1], data: Float32Array.of(1) } });
  const json = '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const padded = json.padEnd(Math.ceil(json.length / 8) * 8);
  assert.deepEqual(
    bytes,
    Uint8Array.of(
      padded.length,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...new TextEncoder().encode(padded),
      0,
      0,
      128,
      63,
    ),
  );
});

Deno.test("encodeSafetensors() stores a view's own values, not its whole buffer", () => {
  const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const { tensors } = decodeSafetensors(encodeSafetensors({ view: { shape: [2], data: view } }));
  assert.deepEqual(tensors.view.data, Float32Array.of(2, 3));
});

Deno.test("encodeSafetensors() throws when shape and data disagree", () => {
  const bad = { shape: [2, 2], data: new Float32Array(3) };
  assert.throws(() => encodeSafetensors({ bad }), /"bad" of shape \[2,2\] needs 4 values, got 3/);
  assert.throws(
    () => encodeSafetensors({ bad: { shape: [-1, -3], data: new Float32Array(3) } }),
    /impossible shape/,
  );
  assert.throws(
    () => encodeSafetensors({ __metadata__: { shape: [0], data: new Float32Array(0) } }),
    /reserved/,
  );
});

Deno.test("decodeSafetensors() keeps a tensor named __proto__ as an ordinary name", () => {
  const tensors = Object.fromEntries([["__proto__", { shape: [1], data: Uint8Array.of(5) }]]);
  const decoded = decodeSafetensors(encodeSafetensors(tensors)).tensors;
  assert.deepEqual(Object.keys(decoded), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(decoded), Object.prototype);
});

Deno.test("decodeSafetensors() reads bytes that start at an odd offset", () => {
  const bytes = encodeSafetensors(SAMPLE);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  assert.deepEqual(decodeSafetensors(shifted.subarray(1)).tensors, SAMPLE);
});

Deno.test("decodeSafetensors() rejects files that are cut short or too long", () => {
  const bytes = encodeSafetensors(SAMPLE);
  rejects(bytes.slice(0, 5), /at least 8 bytes/);
  rejects(bytes.slice(0, 40), /cut short/);
  rejects(bytes.slice(0, -1), /cut short/);
  rejects(Uint8Array.of(...bytes, 0), /appended/);
});

Deno.test("decodeSafetensors() rejects headers that are not valid", () => {
  const f32 = (shape: unknown, offsets: unknown) => ({
    dtype: "F32",
    shape,
    data_offsets: offsets,
  });
  rejects(new TextEncoder().encode("<!DOCTYPE html><html>"), /not a safetensors file/);
  rejects(fileOf("{oops", 0), /not valid JSON/);
  rejects(fileOf("[1]", 0), /not a JSON object/);
  rejects(fileOf({ x: 1 }, 0), /"x" lacks a valid dtype/);
  rejects(fileOf({ x: f32([1], [0]) }, 4), /"x" lacks a valid dtype/);
  rejects(fileOf({ x: f32([1], [-4, 0]) }, 0), /"x" lacks a valid dtype/);
  rejects(fileOf({ x: f32([1.5], [0, 6]) }, 6), /impossible shape/);
  rejects(fileOf({ x: f32(["1"], [0, 4]) }, 4), /impossible shape/);
  rejects(fileOf({ x: f32([2 ** 40, 2 ** 40], [0, 4]) }, 4), /impossible shape/);
  rejects(fileOf({ x: f32([2], [0, 4]) }, 4), /needs 8 bytes, its offsets span 4/);
  rejects(
    fileOf({ x: { ...f32([2], [0, 4]), dtype: "BF16" } }, 4),
    /stored as BF16; Emofuse reads/,
  );
  rejects(fileOf({ x: { ...f32([2], [0, 4]), dtype: "toString" } }, 4), /stored as toString/);
  rejects(fileOf({ x: f32([1], [0, 4]), y: f32([1], [0, 4]) }, 4), /must not overlap/);
  rejects(fileOf({ x: f32([1], [4, 8]) }, 8), /overlap or leave gaps/);
  rejects(fileOf({ __metadata__: { a: 1 } }, 0), /text values only/);
});

Deno.test("safetensorsHeader() reads the header from a prefix of the file", () => {
  const bytes = encodeSafetensors(SAMPLE, { licence: "MIT" });
  const prefix = bytes.slice(0, safetensorsHeaderLength(bytes.slice(0, 8)));
  const header = safetensorsHeader(prefix);
  assert.deepEqual(header, safetensorsHeader(bytes));
  assert.equal(header.fileLength, bytes.length);
  const { begin, end } = header.tensors.counts;
  assert.deepEqual(new Int32Array(bytes.slice(begin, end).buffer), Int32Array.of(-7, 7));
});

Deno.test("decodeSafetensors() throws nothing but SafetensorsError on corrupted bytes", () => {
  const good = encodeSafetensors(SAMPLE);
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
      const bytes = good.slice();
      bytes[at] = value;
      try {
        decodeSafetensors(bytes);
      } catch (error) {
        assert(error instanceof SafetensorsError, String(error));
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("decodeSafetensors() gives views where they are asked for and lie right, else copies", () => {
  const tensors = {
    wide: { shape: [2], data: Float32Array.of(1, 2) },
    narrow: { shape: [3], data: Uint8Array.of(3, 4, 5) },
  };
  const file = encodeSafetensors(tensors);
  const copies = decodeSafetensors(file).tensors;
  assert.deepEqual(copies, tensors);
  assert(copies.wide.data.buffer !== file.buffer);
  const all = () => true;
  const views = decodeSafetensors(file, { views: all }).tensors;
  assert.deepEqual(views, tensors);
  assert(views.wide.data.buffer === file.buffer && views.narrow.data.buffer === file.buffer);
  const one = decodeSafetensors(file, { views: (name) => name === "narrow" }).tensors;
  assert.deepEqual(one, tensors);
  assert(one.wide.data.buffer !== file.buffer && one.narrow.data.buffer === file.buffer);
  const shifted = new Uint8Array(file.length + 1).subarray(1);
  shifted.set(file);
  const some = decodeSafetensors(shifted, { views: all }).tensors;
  assert.deepEqual(some, tensors);
  assert(some.wide.data.buffer !== shifted.buffer && some.narrow.data.buffer === shifted.buffer);
});
