import assert from "node:assert/strict";
import type { ModelState } from "../../src/classify/classifier.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { classifierFromState } from "../../src/classify/registry.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/numeric/safetensors.ts";

/** A model's state as it comes back from a file. */
export function throughFile({ model, settings, tensors }: ModelState): ModelState {
  return {
    model,
    settings: JSON.parse(JSON.stringify(settings)),
    tensors: decodeSafetensors(encodeSafetensors(tensors)).tensors,
  };
}

/** Sees that no classifier is rebuilt of a state that is changed so. */
export function assertRefused(state: ModelState, change: object, message: RegExp): void {
  assert.throws(() => classifierFromState({ ...state, ...change }), (error: unknown) => {
    assert(error instanceof ModelStateError);
    assert.match(error.message, message);
    return true;
  });
}
