/**
 * A tfjs tensor of any rank, as far as Emofuse's users need it: a `Tensor` of `@tensorflow/tfjs-core` is one.
 */
export interface Tensor {
  /** Its number in tfjs. */
  readonly id: number;
  /** The length of each dimension. */
  readonly shape: number[];
  /** How many values it has. */
  readonly size: number;
  /** What its values are. */
  readonly dtype: "float32" | "int32" | "bool" | "complex64" | "string";
  /** Its values in row-major order. */
  dataSync(): Float32Array | Int32Array | Uint8Array;
  /** Frees it. */
  dispose(): void;
}
/** A tfjs variable: a tensor whose value training changes. */
export interface Variable extends Tensor {
  /** Its name. */
  name: string;
  /** Whether training changes it. */
  readonly trainable: boolean;
  /** Gives it another value. */
  assign(value: Tensor): void;
}
