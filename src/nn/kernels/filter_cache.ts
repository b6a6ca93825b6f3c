import type { DataId } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** tfjs's allocator, which its types do not show. */
interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

interface Copy {
  readonly allocated: number;
  readonly address: number;
}

/** Vectors of a filter are read at their full width, best from the start of a cache line. */
const ALIGNMENT = 64;

/**
 * Copies of filters in the layout that a kernel wants, made at first use and kept on tfjs's heap as
 * long as the filter's own values. Tensors never change once computed, so a copy never grows old;
 * training makes a new tensor, and with it a new copy, at every step.
 *
 * @internal
 */
export class FilterCache {
  readonly #heap: Heap;
  readonly #copies = new Map<DataId, Map<string, Copy>>();

  /** Watches `backend` for filters that are disposed of. */
  constructor(backend: BackendWasm) {
    this.#heap = (backend as unknown as { wasm: Heap }).wasm;
    const disposeData = backend.disposeData.bind(backend);
    backend.disposeData = (dataId, force) => {
      const gone = disposeData(dataId, force);
      if (gone) this.#drop(dataId);
      return gone;
    };
  }

  /** How many copies there are. */
  get size(): number {
    return [...this.#copies.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * The address of the copy of `dataId` in this layout, made by `make` in `bytes` bytes if there is none yet.
   * Undefined if the heap has no room for it.
   */
  get(
    dataId: DataId,
    layout: string,
    bytes: number,
    make: (address: number) => void,
  ): number | undefined {
    const copies = this.#copies.get(dataId) ?? new Map<string, Copy>();
    const known = copies.get(layout);
    if (known) return known.address;
    const allocated = this.#heap._malloc(bytes + ALIGNMENT);
    if (allocated === 0) return undefined;
    const address = Math.ceil(allocated / ALIGNMENT) * ALIGNMENT;
    make(address);
    this.#copies.set(dataId, copies.set(layout, { allocated, address }));
    return address;
  }

  #drop(dataId: DataId): void {
    for (const { allocated } of this.#copies.get(dataId)?.values() ?? []) {
      this.#heap._free(allocated);
    }
    this.#copies.delete(dataId);
  }
}
