import { Dataset, File as H5File, Group, ready } from "h5wasm";
import { WeightsError } from "../../models/weights_error.ts";
import type { TensorData } from "../numeric/safetensors.ts";
import { isHdf5 } from "./is_hdf5.ts";

/** The weights of one convolution as Keras stores them. */
export interface KerasConvolution {
  /** Kernel [height, width, inputs, outputs]. */
  readonly kernel: TensorData;
  /** Bias [outputs]. */
  readonly bias: TensorData;
}

/** A layer of a Keras file, before its weights are read. */
export interface KerasLayer {
  /** The layer's name. */
  readonly name: string;
  /** Shape of its 4-D array, the kernel of a convolution; undefined where it has none. */
  readonly kernel: readonly number[] | undefined;
}

/** Chooses the convolutions to read from all layers of a file, which are in the network's order. */
export type ChooseLayers = (layers: readonly KerasLayer[]) => readonly string[];

let opened = 0;

/**
 * Reads the convolutions called `names`, or those that a function chooses once it has seen which layers
 * there are, from a Keras weights file (.h5) of any age: with or without
 * the `model_weights` group of a whole model, with weights called `conv1_1_W_1:0` or
 * `conv1_1/kernel:0`, listed in the attribute `weight_names` or not. What counts is that the layer's
 * group holds one 4-D and one 1-D array. Layers that are not asked for are not read. The order of the
 * network is that of the attribute `layer_names` or, without it, of the names' numbers. `bytes` is not
 * copied and must not change meanwhile.
 *
 * @throws {WeightsError} If the bytes are not HDF5 or cut short, a layer is missing, or it does not
 * hold a kernel and a bias of finite 32- or 64-bit floats; the message names the layer.
 */
export async function readKerasConvolutions(
  bytes: Uint8Array,
  names: readonly string[] | ChooseLayers,
): Promise<Map<string, KerasConvolution>> {
  if (!isHdf5(bytes)) {
    throw new WeightsError("not an HDF5 file: Keras weights end in .h5 and begin with \\x89HDF");
  }
  const { FS, activate_throwing_error_handler } = await ready;
  // Without it HDF5 prints its stack of errors to the terminal and hands out invalid identifiers.
  activate_throwing_error_handler();
  const name = `keras-${opened++}.h5`;
  // The files with a classifier take more than 500 MB: handed over, they are in memory once.
  // Emscripten's own option, which h5wasm's types leave out.
  FS.writeFile(name, bytes, { canOwn: true } as { flags?: string });
  try {
    const file = open(name);
    try {
      const layers = groupAt(file, "model_weights") ?? file;
      const chosen = typeof names === "function" ? names(layersOf(layers)) : names;
      return new Map(chosen.map((layer) => [layer, readConvolution(layers, layer)]));
    } catch (cause) {
      if (cause instanceof WeightsError) throw cause;
      throw new WeightsError(`the file is damaged: ${reasonOf(cause)}`, { cause });
    } finally {
      file.close();
    }
  } finally {
    FS.unlink(name);
  }
}

function open(name: string): H5File {
  try {
    return new H5File(name, "r");
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new WeightsError(
      reason.includes("truncated")
        ? "the file is cut short: download it again"
        : `HDF5 cannot open the file: ${reason}`,
      { cause },
    );
  }
}

/** Every layer, in the network's order as far as the file tells it. */
function layersOf(layers: Group): KerasLayer[] {
  const keys = layers.keys();
  const listed = layers.attrs["layer_names"]?.value;
  const names = Array.isArray(listed)
    ? listed.map(String).filter((name) => keys.includes(name.split("/")[0]))
    : keys.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return names.map((name) => {
    const group = groupAt(layers, name);
    const kernel = group && allDatasets(group).find(({ shape }) => shape?.length === 4);
    return { name, kernel: kernel?.shape ?? undefined };
  });
}

function readConvolution(layers: Group, name: string): KerasConvolution {
  const group = groupAt(layers, name);
  if (group === undefined) {
    throw new WeightsError(
      `layer ${name} is missing; the file has ${layers.keys().join(", ") || "no layers"}`,
    );
  }
  const datasets = datasetsOf(group, name);
  return {
    kernel: read(datasets, 4, "kernel", name),
    bias: read(datasets, 1, "bias", name),
  };
}

function read(
  datasets: readonly Dataset[],
  rank: number,
  part: string,
  layer: string,
): TensorData {
  const fitting = datasets.filter(({ shape }) => shape?.length === rank);
  if (fitting.length !== 1) {
    throw new WeightsError(
      `layer ${layer} should hold one ${rank}-D array, its ${part}, but holds ${fitting.length}`,
    );
  }
  const [dataset] = fitting;
  if (dataset.dtype !== "<f" && dataset.dtype !== "<d") {
    throw new WeightsError(
      `layer ${layer}: the ${part} is stored as ${dataset.dtype}, not as 32- or 64-bit floats`,
    );
  }
  let value;
  try {
    value = dataset.value;
  } catch (cause) {
    throw new WeightsError(`layer ${layer}: the ${part} cannot be read: ${reasonOf(cause)}`, {
      cause,
    });
  }
  const data = new Float32Array(value as Float32Array | Float64Array);
  if (!data.every(Number.isFinite)) {
    throw new WeightsError(`layer ${layer}: the ${part} holds values that are not finite`);
  }
  return { shape: [...dataset.shape!], data };
}

/** The arrays of a layer: those its attribute lists or, without it, all below the group. */
function datasetsOf(group: Group, layer: string): Dataset[] {
  const listed = group.attrs["weight_names"]?.value;
  if (!Array.isArray(listed)) return allDatasets(group);
  return listed.map((name) => {
    const dataset = childAt(group, String(name));
    if (!(dataset instanceof Dataset)) {
      throw new WeightsError(`layer ${layer} lists the array ${name}, which is not in the file`);
    }
    return dataset;
  });
}

function allDatasets(group: Group): Dataset[] {
  return group.keys().flatMap((key) => {
    const child = childAt(group, key);
    if (child instanceof Dataset) return [child];
    return child instanceof Group ? allDatasets(child) : [];
  });
}

function groupAt(parent: Group, name: string): Group | undefined {
  const child = childAt(parent, name);
  return child instanceof Group ? child : undefined;
}

/** `get` throws for a path that does not exist, where one of its groups is missing. */
function childAt(parent: Group, path: string): Group | Dataset | undefined {
  let at: Group | Dataset = parent;
  for (const key of path.split("/")) {
    if (!(at instanceof Group) || !at.keys().includes(key)) return undefined;
    const child = at.get(key);
    if (!(child instanceof Group || child instanceof Dataset)) return undefined;
    at = child;
  }
  return at;
}

/** The innermost line of HDF5's stack of errors: the only one that tells what happened. */
function reasonOf(error: unknown): string {
  const lines = String((error as Error).message).trim().split("\n");
  const innermost = lines.findLast((line) => /^\s*#\d+:/.test(line)) ?? lines[0];
  return innermost.replace(/^.*\(\): /, "").trim();
}
