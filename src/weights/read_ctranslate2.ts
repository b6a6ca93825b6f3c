import { WeightsError } from "../../models/weights_error.ts";
import { fromFloat16 } from "../numeric/float16.ts";
import type { TensorMap } from "../numeric/safetensors.ts";

/** How CTranslate2 numbers the types of variables that are read here (`include/ctranslate2/types.h`). */
const BYTES_OF_TYPE: ReadonlyMap<number, number> = new Map([[0, 4], [1, 1], [4, 2]]);
const [FLOAT32, INT8] = [0, 1];
/** Versions of the layout that are known: those with a type and a length at every variable. */
const VERSIONS = [4, 6] as const;

interface Variable {
  readonly shape: number[];
  readonly type: number;
  readonly bytes: Uint8Array;
}

/**
 * The name of the model in a CTranslate2 file, such as `WhisperSpec`; undefined if the bytes do not begin as such a
 * file does.
 */
export function ctranslate2Spec(bytes: Uint8Array): string | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(4, true);
  const name = new TextDecoder().decode(bytes.subarray(6, 6 + length));
  return /^\w+Spec\0$/.test(name) ? name.slice(0, -1) : undefined;
}

/**
 * Reads the floating-point variables of a CTranslate2 `model.bin` whose names begin with `prefix`, as float32: float32
 * and float16, and int8 with a `_scale` beside it, by which each row is divided. The names come without the prefix.
 *
 * The layout is that of `model_spec.py` in the CTranslate2 package: version, name and revision of the model, number of
 * variables; for each its name, rank, sizes, type, length and bytes; then aliases. Strings end with a zero byte,
 * all numbers are little-endian.
 *
 * @throws {WeightsError} If the file is of another version, cut short, or a variable's type is not one of these.
 */
export function readCTranslate2(bytes: Uint8Array, prefix: string): TensorMap {
  const found = new Map<string, Variable>();
  const reader = new Reader(bytes);
  const version = reader.integer(4);
  const [least, most] = VERSIONS;
  if (version < least || version > most) {
    throw new WeightsError(
      `it is of version ${version} of CTranslate2's layout: expected ${least} to ${most}`,
    );
  }
  reader.string();
  reader.integer(4);
  for (let left = reader.integer(4); left > 0; left--) {
    const name = reader.string();
    const shape = Array.from({ length: reader.integer(1) }, () => reader.integer(4));
    const type = reader.integer(1);
    const data = reader.take(reader.integer(4));
    if (name.startsWith(prefix)) {
      found.set(name.slice(prefix.length), { shape, type, bytes: data });
    }
  }
  const tensors: TensorMap = {};
  for (const [name, variable] of found) {
    // Settings such as the number of heads are scalars.
    if (variable.shape.length === 0 || name.endsWith("_scale")) continue;
    tensors[name] = {
      shape: variable.shape,
      data: toFloats(name, variable, found.get(`${name}_scale`)),
    };
  }
  return tensors;
}

function toFloats(name: string, variable: Variable, scale?: Variable): Float32Array {
  const { shape, type, bytes } = variable;
  const size = shape.reduce((product, each) => product * each, 1);
  const width = BYTES_OF_TYPE.get(type);
  if (width === undefined || (type === INT8) !== (scale !== undefined)) {
    throw new WeightsError(
      `the variable ${name} is of type ${type}: expected float32, float16, or int8 with a scale`,
    );
  }
  if (bytes.length !== size * width) {
    throw new WeightsError(
      `the variable ${name} of shape [${shape.join(", ")}] has ${bytes.length} bytes: expected ` +
        `${size * width}`,
    );
  }
  // A copy begins where an array of its type may.
  const { buffer } = bytes.slice();
  if (type === FLOAT32) return new Float32Array(buffer);
  if (scale === undefined) return fromFloat16(new Uint16Array(buffer));
  const scales = toFloats(`${name}_scale`, scale);
  const rowSize = size / scales.length;
  return Float32Array.from(
    new Int8Array(buffer),
    (value, i) => value / scales[Math.floor(i / rowSize)],
  );
}

/** Reads one thing after the other, and says where the file ends too early. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(length: number): Uint8Array {
    const from = this.#at;
    if (from + length > this.#bytes.length) {
      throw new WeightsError(
        `it is cut short: ${from + length} bytes are needed, there are ${this.#bytes.length}`,
      );
    }
    this.#at = from + length;
    return this.#bytes.subarray(from, this.#at);
  }

  integer(bytes: 1 | 2 | 4): number {
    const from = this.#at;
    this.take(bytes);
    if (bytes === 1) return this.#view.getUint8(from);
    return bytes === 2 ? this.#view.getUint16(from, true) : this.#view.getUint32(from, true);
  }

  string(): string {
    return new TextDecoder().decode(this.take(this.integer(2))).replace(/\0$/, "");
  }
}
