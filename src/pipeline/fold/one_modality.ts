import type { SequencePart } from "../../classify/networks/sequence_part.ts";
import type { Transformer } from "../../evaluate/sample_rows.ts";
import type { Modality } from "../../modality.ts";
import { Matrix } from "../../numeric/matrix.ts";

/**
 * Leaves one modality of sequences in which the channels of all modalities lie side by side in every frame: the
 * others' numbers become 0, as if they were missing.
 */
export class OneModality implements Transformer {
  readonly #width: number;
  readonly #from: number;
  readonly #to: number;

  /** Leaves `modality`, one of `parts`. */
  constructor(parts: readonly SequencePart[], modality: Modality) {
    const at = parts.findIndex((part) => part.modality === modality);
    const sizes = parts.map(({ channels }) => channels);
    const sum = (some: readonly number[]) => some.reduce((a, b) => a + b, 0);
    this.#width = sum(sizes);
    this.#from = sum(sizes.slice(0, at));
    this.#to = this.#from + sizes[at];
  }

  /** A copy of `x` [n, frames * channels] with that modality alone. */
  transform(x: Matrix): Matrix {
    const out = new Matrix(x.rows, x.cols);
    for (let frame = 0; frame < x.data.length; frame += this.#width) {
      const own = x.data.subarray(frame + this.#from, frame + this.#to);
      out.data.set(own, frame + this.#from);
    }
    return out;
  }
}
