/** A variable of a CTranslate2 file; types are 0 float32, 1 int8, 2 int16, 4 float16, 5 bfloat16. */
export interface CTranslate2Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly data: Float32Array | Uint16Array | Int16Array | Int8Array;
}

/** A `model.bin` as `ctranslate2/specs/model_spec.py` writes it. */
export function ctranslate2File(
  spec: string,
  variables: readonly CTranslate2Variable[],
  version = 6,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const integer = (value: number, bytes: number) =>
    parts.push(Uint8Array.from({ length: bytes }, (_, i) => value >>> 8 * i));
  const string = (text: string) => {
    integer(text.length + 1, 2);
    parts.push(new TextEncoder().encode(`${text}\0`));
  };
  integer(version, 4);
  string(spec);
  integer(3, 4);
  integer(variables.length, 4);
  for (const { name, shape, type, data } of variables) {
    string(name);
    integer(shape.length, 1);
    shape.forEach((size) => integer(size, 4));
    integer(type, 1);
    integer(data.byteLength, 4);
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  integer(0, 4);
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
