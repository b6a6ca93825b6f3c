import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import type { Classifier } from "../../classify/classifier.ts";
import { ModelStateError, type SavedModel } from "../../classify/model_state.ts";

export type { SavedModel } from "../../classify/model_state.ts";
import { classifierFromState } from "../../classify/registry.ts";
import { decodeSafetensors, safetensorsParts } from "../../numeric/safetensors.ts";

/** Writes a fitted model as `dir/name.safetensors`: settings in the metadata, arrays as tensors. */
export function saveModel(dir: string, name: string, saved: SavedModel): void {
  const { model, settings, tensors } = saved;
  mkdirSync(dir, { recursive: true });
  const file = openSync(join(dir, `${name}.safetensors`), "w");
  try {
    // Part by part: support vectors are nearly all of the training set, and a copy of it would wait to be collected.
    for (let part of safetensorsParts(tensors, { model, settings: JSON.stringify(settings) })) {
      while (part.length > 0) part = part.subarray(writeSync(file, part));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Reads what `saveModel` wrote.
 *
 * @throws {Error} If there is no such file.
 * @throws {SafetensorsError} If it is no safetensors file, or damaged.
 * @throws {ModelStateError} If no run wrote it.
 */
export async function readModel(file: string): Promise<SavedModel> {
  const { tensors, metadata } = decodeSafetensors(await readBytes(file));
  if (metadata.model === undefined || metadata.settings === undefined) {
    throw new ModelStateError(`${file} is not a model that a run saved`);
  }
  return { model: metadata.model, settings: JSON.parse(metadata.settings), tensors };
}

/**
 * Loads a classifier from the `models/` of a run folder. The networks, cnn1d, cnn2d,
 * cnn-sequence, attention and mlp, need `initBackend()` first.
 *
 * @throws {Error} If there is no such file.
 * @throws {SafetensorsError} If it is no safetensors file, or damaged.
 * @throws {ModelStateError} If it holds no classifier, or not all of one.
 */
export async function loadClassifier(file: string): Promise<Classifier> {
  const state = await readModel(file);
  const { model } = state;
  if (model === "face-head" || model.startsWith("decision-")) {
    throw new ModelStateError(`${basename(file)} is no classifier but ${model}`);
  }
  return classifierFromState(state);
}
