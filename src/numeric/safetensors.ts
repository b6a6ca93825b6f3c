/**
 * The safetensors file format (https://huggingface.co/docs/safetensors): eight bytes of header length,
 * a JSON header padded with spaces to a multiple of eight bytes, then the tensors' bytes, row-major and
 * little-endian, without a gap. Weights, feature stores and saved models are all written in it.
 *
 * Bytes in, arrays out: nothing here touches a file system.
 *
 * @module
 */

/** Storage types that Emofuse reads and writes. */
export type TensorDtype = "F64" | "F32" | "F16" | "I32" | "U8";

/** The array of one tensor. A `Uint16Array` holds the raw bits of half-precision numbers (F16). */
export type TensorArray = Float64Array | Float32Array | Uint16Array | Int32Array | Uint8Array;

/** One tensor: its shape and its values in row-major order. */
export interface TensorData {
  /** Sizes of the dimensions; empty for a scalar. */
  readonly shape: readonly number[];
  /** The values: as many as the product of `shape`. */
  readonly data: TensorArray;
}

/** Tensors by name. */
export type TensorMap = Record<string, TensorData>;

/** Where one tensor lies in a file. */
export interface TensorEntry {
  /** How the values are stored. */
  readonly dtype: TensorDtype;
  /** Sizes of the dimensions; empty for a scalar. */
  readonly shape: readonly number[];
  /** Offset of the first byte, counted from the start of the file. */
  readonly begin: number;
  /** Offset just after the last byte, counted from the start of the file. */
  readonly end: number;
}

/** The header of a file: what it holds and where. */
export interface SafetensorsHeader {
  /** Place, type and shape of each tensor by name. */
  readonly tensors: Record<string, TensorEntry>;
  /** The free text entries of `__metadata__`. */
  readonly metadata: Record<string, string>;
  /** Offset of the first tensor byte: the length of everything before the tensors. */
  readonly dataStart: number;
  /** Length that the whole file must have, in bytes. */
  readonly fileLength: number;
}

/** Thrown when bytes are not a valid safetensors file, or tensors cannot be written as one. */
export class SafetensorsError extends Error {
  /** The error's class name. */
  override readonly name = "SafetensorsError";
}

/** The format's own bound on the header, against files that claim to need gigabytes of it. */
const MAX_HEADER = 100_000_000;
const LENGTH_BYTES = 8;

const BYTES: Record<TensorDtype, number> = { F64: 8, F32: 4, F16: 2, I32: 4, U8: 1 };

/**
 * Writes `tensors` as a safetensors file. The same tensors always give the same bytes: they lie in the
 * order of element size (largest first, so that each is aligned to its own size) and then of name.
 *
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = encodeSafetensors(
 *   { kernel: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } },
 *   { licence: "MIT" },
 * );
 * const { tensors, metadata } = decodeSafetensors(bytes);
 * assert.deepEqual(tensors.kernel, { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
 * assert.deepEqual(metadata, { licence: "MIT" });
 * ```
 *
 * @throws {SafetensorsError} If a shape and its data disagree, or a tensor is called `__metadata__`.
 */
export function encodeSafetensors(
  tensors: TensorMap,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  const parts = safetensorsParts(tensors, metadata);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * The bytes that {@linkcode encodeSafetensors} gives, in parts: the header, then views of the tensors' own numbers, so
 * that a large file can be written without a copy of it in memory.
 *
 * @throws {SafetensorsError} If a shape and its data disagree, or a tensor is called `__metadata__`.
 */
export function safetensorsParts(
  tensors: TensorMap,
  metadata: Record<string, string> = {},
): Uint8Array[] {
  const sorted = Object.entries(tensors)
    .map(([name, tensor]) => ({ name, tensor, dtype: dtypeOf(name, tensor) }))
    .sort((a, b) => BYTES[b.dtype] - BYTES[a.dtype] || (a.name < b.name ? -1 : 1));
  const header: [string, unknown][] = [];
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0) {
    header.push(["__metadata__", Object.fromEntries(keys.map((key) => [key, metadata[key]]))]);
  }
  let at = 0;
  for (const { name, tensor, dtype } of sorted) {
    const end = at + tensor.data.byteLength;
    header.push([name, { dtype, shape: [...tensor.shape], data_offsets: [at, end] }]);
    at = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const start = new Uint8Array(LENGTH_BYTES + headerLength);
  new DataView(start.buffer).setBigUint64(0, BigInt(headerLength), true);
  start.fill(0x20, LENGTH_BYTES);
  start.set(json, LENGTH_BYTES);
  return [
    start,
    ...sorted.map(({ tensor: { data } }) =>
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    ),
  ];
}

/** How {@linkcode decodeSafetensors} reads. */
export interface SafetensorsOptions {
  /**
   * Which tensors, by name, may be views of `bytes` where they lie at multiples of their elements' size: they are not
   * copied, and `bytes` stays in memory as long as one of them is in use.
   *
   * @default {none}
   */
  readonly views?: (name: string) => boolean;
}

/**
 * Reads a whole safetensors file. The tensors are copies, which do not keep `bytes` alive, but for those
 * of which views are asked for.
 *
 * @throws {SafetensorsError} If the bytes are not a valid file of this format.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  { views = () => false }: SafetensorsOptions = {},
): { tensors: TensorMap; metadata: Record<string, string> } {
  const header = safetensorsHeader(bytes);
  if (bytes.length !== header.fileLength) {
    throw new SafetensorsError(
      `the header describes a file of ${header.fileLength} bytes, but there are ${bytes.length}: ` +
        "it is cut short or has something appended",
    );
  }
  const tensors = Object.fromEntries(
    Object.entries(header.tensors).map(([name, { dtype, shape, begin, end }]) => {
      const isAligned = (bytes.byteOffset + begin) % BYTES[dtype] === 0;
      const own = views(name) && isAligned ? bytes.subarray(begin, end) : bytes.slice(begin, end);
      return [name, { shape, data: toArray(dtype, own) }];
    }),
  );
  return { tensors, metadata: header.metadata };
}

/**
 * How many bytes of a file {@linkcode safetensorsHeader} needs, told by its first eight.
 *
 * @throws {SafetensorsError} If fewer than eight bytes are given or the length is impossible.
 */
export function safetensorsHeaderLength(firstBytes: Uint8Array): number {
  if (firstBytes.length < LENGTH_BYTES) {
    throw new SafetensorsError(
      `a safetensors file has at least 8 bytes, there are ${firstBytes.length}`,
    );
  }
  const view = new DataView(firstBytes.buffer, firstBytes.byteOffset, LENGTH_BYTES);
  const length = view.getBigUint64(0, true);
  if (length < 2n || length > BigInt(MAX_HEADER)) {
    throw new SafetensorsError(
      `a header of ${length} bytes is not possible: this is not a safetensors file`,
    );
  }
  return LENGTH_BYTES + Number(length);
}

/**
 * Reads and checks the header alone, so that single tensors or rows of a big file can then be read by
 * their offsets. `bytes` is the file or its first {@linkcode safetensorsHeaderLength} bytes.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, safetensorsHeader, safetensorsHeaderLength } from "./safetensors.ts";
 * import assert from "node:assert/strict";
 *
 * const file = encodeSafetensors({ rows: { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) } });
 * const prefix = file.slice(0, safetensorsHeaderLength(file.slice(0, 8)));
 * const { begin } = safetensorsHeader(prefix).tensors.rows;
 * const second = file.slice(begin + 8, begin + 16); // one row is 2 numbers of 4 bytes
 * assert.deepEqual(new Float32Array(second.buffer), Float32Array.of(3, 4));
 * ```
 *
 * @throws {SafetensorsError} If the header is cut short or not valid.
 */
export function safetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  const dataStart = safetensorsHeaderLength(bytes);
  if (bytes.length < dataStart) {
    throw new SafetensorsError(
      `the header needs ${dataStart} bytes, there are ${bytes.length}: the file is cut short`,
    );
  }
  const entries: [string, TensorEntry][] = [];
  let metadata: Record<string, string> = {};
  for (
    const [name, value] of Object.entries(parseHeader(bytes.subarray(LENGTH_BYTES, dataStart)))
  ) {
    if (name === "__metadata__") metadata = checkMetadata(value);
    else entries.push([name, checkEntry(name, value, dataStart)]);
  }
  entries.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  // Gaps and overlaps are forbidden by the format: data that no tensor names could hide anything.
  let at = dataStart;
  for (const [name, { begin, end }] of entries) {
    if (begin !== at) {
      throw new SafetensorsError(
        `tensor "${name}" begins at byte ${begin}, the one before it ends at ${at}: ` +
          "tensors must not overlap or leave gaps",
      );
    }
    at = end;
  }
  return { tensors: Object.fromEntries(entries), metadata, dataStart, fileLength: at };
}

function dtypeOf(name: string, { shape, data }: TensorData): TensorDtype {
  if (name === "__metadata__") {
    throw new SafetensorsError('"__metadata__" is reserved: give the tensor another name');
  }
  const size = elementCount(name, shape);
  if (size !== data.length) {
    throw new SafetensorsError(
      `tensor "${name}" of shape [${shape}] needs ${size} values, got ${data.length}`,
    );
  }
  if (data instanceof Float32Array) return "F32";
  if (data instanceof Float64Array) return "F64";
  if (data instanceof Uint16Array) return "F16";
  if (data instanceof Int32Array) return "I32";
  if (data instanceof Uint8Array) return "U8";
  throw new SafetensorsError(`tensor "${name}" holds an array type that cannot be stored`);
}

function elementCount(name: string, shape: readonly number[]): number {
  let size = 1;
  for (const dim of shape) {
    size *= dim;
    if (!Number.isSafeInteger(dim) || dim < 0 || !Number.isSafeInteger(size)) {
      throw new SafetensorsError(`tensor "${name}" has an impossible shape [${shape}]`);
    }
  }
  return size;
}

function parseHeader(json: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json));
  } catch (cause) {
    throw new SafetensorsError("the header is not valid JSON: this is not a safetensors file", {
      cause,
    });
  }
  if (!isObject(header)) throw new SafetensorsError("the header is not a JSON object");
  return header;
}

function checkMetadata(value: unknown): Record<string, string> {
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === "string")) {
    throw new SafetensorsError('"__metadata__" may hold text values only');
  }
  return value as Record<string, string>;
}

function checkEntry(name: string, value: unknown, dataStart: number): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  if (typeof dtype !== "string" || !Array.isArray(shape) || !isOffsets(offsets)) {
    throw new SafetensorsError(`tensor "${name}" lacks a valid dtype, shape or data_offsets`);
  }
  if (!Object.hasOwn(BYTES, dtype)) {
    throw new SafetensorsError(
      `tensor "${name}" is stored as ${dtype}; Emofuse reads ${Object.keys(BYTES).join(", ")}`,
    );
  }
  const needed = elementCount(name, shape) * BYTES[dtype as TensorDtype];
  const [begin, end] = offsets;
  if (end - begin !== needed) {
    throw new SafetensorsError(
      `tensor "${name}" (${dtype} [${shape}]) needs ${needed} bytes, its offsets span ${
        end - begin
      }`,
    );
  }
  return { dtype: dtype as TensorDtype, shape, begin: dataStart + begin, end: dataStart + end };
}

function isOffsets(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 &&
    value.every((offset) => Number.isSafeInteger(offset) && offset >= 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A view of `bytes`, which lie at a multiple of the type's size. */
function toArray(
  dtype: TensorDtype,
  { buffer, byteOffset, byteLength }: Uint8Array,
): TensorArray {
  const length = byteLength / BYTES[dtype];
  switch (dtype) {
    case "F64":
      return new Float64Array(buffer, byteOffset, length);
    case "F32":
      return new Float32Array(buffer, byteOffset, length);
    case "F16":
      return new Uint16Array(buffer, byteOffset, length);
    case "I32":
      return new Int32Array(buffer, byteOffset, length);
    case "U8":
      return new Uint8Array(buffer, byteOffset, length);
  }
}
