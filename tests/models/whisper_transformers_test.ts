import assert from "node:assert/strict";
import { createWhisperEncoder } from "../../models/whisper/whisper_encoder.ts";
import type { WhisperSizes } from "../../models/whisper/whisper_weights.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { readWhisper } from "../../src/weights/whisper_sources.ts";
import small from "../fixtures/whisper_transformers/small.json" with { type: "json" };
import tiny from "../fixtures/whisper_transformers/tiny.json" with { type: "json" };
import { fixtureWeights, SMALL, TINY, uniform } from "./whisper_fixture.ts";

/** Every hidden state of these sizes beside those of tests/fixtures/make_whisper_transformers.py. */
async function compare(sizes: WhisperSizes, { frames, states }: typeof tiny): Promise<void> {
  await initBackend();
  const named = Object.entries(fixtureWeights(sizes)).map(([name, tensor]) =>
    [`model.encoder.${name}`, tensor] as const
  );
  const { tensors } = readWhisper(encodeSafetensors(Object.fromEntries(named)));
  const encoder = createWhisperEncoder(tensors);
  assert.equal(encoder.name, sizes.name);
  const found = encoder.encode(uniform(3, frames * 80, 1), frames);
  encoder.dispose();
  assert.equal(found.length, states.length);
  states.forEach(({ largest, picked }, layer) => {
    picked.forEach((value, i) => {
      const actual = found[layer][i * 131 % found[layer].length];
      assert(
        Math.abs(value - actual) < 1e-5 * largest,
        `layer ${layer}, number ${i}: ${actual}, not ${value}`,
      );
    });
    const most = found[layer].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert(Math.abs(most - largest) < 1e-5 * largest, `layer ${layer}: at most ${most}`);
  });
}

Deno.test("an encoder of tiny's shape gives every hidden state of transformers, from a file with its names", () =>
  compare(TINY, tiny));

Deno.test("an encoder of small's shape gives every hidden state of transformers, from a file with its names", () =>
  compare(SMALL, small));
