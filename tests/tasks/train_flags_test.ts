import assert from "node:assert/strict";
import { CommanderError } from "commander";
import { MODEL_NAMES } from "../../src/classify/registry.ts";
import { recipes } from "../../src/pipeline/recipes/registry.ts";
import { UsageError } from "../../tasks/command.ts";
import { readTrainFlags, trainCommand, type TrainRequest } from "../../tasks/flags/train_flags.ts";

/** What the flags ask for, without the work. */
function request(...args: string[]): TrainRequest {
  const command = trainCommand().configureOutput({ writeErr: () => {} });
  return readTrainFlags(command.parse(["--data", "x", ...args], { from: "user" }).opts());
}

const REFUSED_MODELS = ["cnn2d", "cnn-sequence", "attention"];

Deno.test("train takes every model that runs on flat features with both recipes of them", () => {
  for (const model of MODEL_NAMES.filter((name) => !REFUSED_MODELS.includes(name))) {
    for (const recipe of ["tutorial", "statistics"]) {
      const { config, options } = request("--model", model, "--recipe", recipe);
      const plan = { recipe, normalisation: "train", model };
      assert.deepEqual(options.plan, plan);
      assert.deepEqual(config.recipes, [plan]);
    }
    const { plan } = request("--model", model).options;
    assert.equal(plan.recipe, model === "cnn1d" ? "tutorial" : "statistics");
  }
});

Deno.test("train refuses models and recipes that no recogniser runs, and says which it takes", () => {
  for (const recipe of [undefined, ...recipes().map(({ name }) => name)]) {
    for (const model of REFUSED_MODELS) {
      assert.throws(
        () => request("--model", model, ...(recipe ? ["--recipe", recipe] : [])),
        (error) => error instanceof CommanderError && /--model.* mlp/.test(error.message),
      );
    }
  }
  for (const model of MODEL_NAMES) {
    assert.throws(
      () => request("--recipe", "spectrogram", "--model", model),
      (error) =>
        error instanceof CommanderError &&
        (/--recipe.*tutorial, statistics/.test(error.message) || REFUSED_MODELS.includes(model)),
    );
  }
});

Deno.test("train refuses flags that one modality leaves without effect", () => {
  for (const modality of ["audio", "video"]) {
    assert.throws(
      () => request("--modality", modality, "--fusion", "decision-mean"),
      (error) => error instanceof UsageError && /^--fusion decision-mean /.test(error.message),
    );
    assert.equal(request("--modality", modality).options.fusion, "decision-product");
  }
  assert.equal(request("--fusion", "decision-mean").options.fusion, "decision-mean");
  assert.throws(
    () => request("--modality", "audio", "--weights", "nofile"),
    (error) => error instanceof UsageError && /^--weights nofile /.test(error.message),
  );
});

Deno.test("a protocol's other name, and the general flag of speakers, ask for the same run", () => {
  const { config } = request("--protocol", "take-independent", "--speakers", "1-3");
  assert.equal(config.protocol, "performance-independent");
  assert.deepEqual(config.filter, { speakers: ["1", "2", "3"] });
  assert.deepEqual(request("--actors", "1-3").config.filter, { actors: [1, 2, 3] });
});

Deno.test("train cuts faces out for networks that know nothing else, whatever --crop says", () => {
  for (
    const [backbone, crop] of [["faceres", "none"], ["landmarks", "face"], ["expression", "face"]]
  ) {
    const { config } = request("--backbone", backbone, "--crop", "none");
    assert.equal(config.crop, crop, backbone);
  }
});

Deno.test("train --landmarks asks for the backbone of landmarks, and refuses others and mere voices", () => {
  const { config } = request("--landmarks", "points");
  assert.deepEqual([config.backbone, config.landmarks], ["landmarks", "files"]);
  assert.equal(request().config.landmarks, "network");
  for (
    const [args, message] of [
      [["--backbone", "faceres"], /^--landmarks points goes with --backbone landmarks only/],
      [["--modality", "audio"], /^--landmarks points is for faces, and --modality audio uses none/],
    ] as const
  ) {
    assert.throws(
      () => request("--landmarks", "points", ...args),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  }
});
