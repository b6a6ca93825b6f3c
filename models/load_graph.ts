import * as tf from "@tensorflow/tfjs";
import { readManifest } from "./weights_manifest.ts";
import { WeightsError } from "./weights_error.ts";

/** The two files of a graph model, and what it must have. */
export interface GraphFiles {
  /** Name of the json file, for errors. */
  readonly file: string;
  /** Text of the json file. */
  readonly manifest: string;
  /** Bytes of the weight file. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** Outputs that are going to be asked for, such as `Identity:0`. */
  readonly outputs: readonly string[];
}

/**
 * Loads a tfjs graph model from its two files. The tfjs backend must be ready.
 *
 * @throws {WeightsError} If the files are damaged or the graph lacks one of the outputs.
 */
export async function loadGraph(
  { file, manifest, weights, outputs }: GraphFiles,
): Promise<tf.GraphModel> {
  const { json, specs, buffer } = readManifest(file, manifest, weights);
  const graph = json as tf.io.ModelJSON;
  const model = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: graph.modelTopology,
        weightSpecs: specs,
        weightData: buffer,
        format: "graph-model",
      }),
  }).catch((cause) => {
    throw new WeightsError(`${file} is not a tfjs graph model`, { cause });
  });
  const lacking = outputs.find((name) => !model.outputNodes.includes(name.split(":")[0]));
  if (lacking !== undefined) {
    model.dispose();
    const name = file.replace(/\.json$/, "");
    throw new WeightsError(`${file} has no output "${lacking}": is this Human's ${name}?`);
  }
  return model;
}
