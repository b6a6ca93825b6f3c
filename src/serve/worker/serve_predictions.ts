import type { TimedPrediction } from "../../recognize/prediction.ts";
import type { Recognizer } from "../../recognize/recognizer.ts";
import { answerCalls } from "../../runtime/calls/answer_calls.ts";
import type { AnswerPort } from "../../runtime/calls/port.ts";
import { InlineRunner } from "../inline_runner.ts";
import { Problem } from "../problem.ts";
import type { PredictCalls, PredictFailure } from "./predict_calls.ts";

/**
 * The worker's side of a `WorkerRunner`: loads the model once and answers one request after the other.
 *
 * @param port The channel to the thread that started the worker.
 * @param load Makes the model from its bundle.
 */
export function servePredictions(
  port: AnswerPort,
  load: (bundle: Uint8Array) => Promise<Recognizer>,
): void {
  let loaded: InlineRunner | undefined;
  let open: AsyncGenerator<TimedPrediction, void> | undefined;
  const runner = () => {
    if (loaded) return loaded;
    throw new Error("a prediction was asked for before the model is there");
  };
  const failure = (error: unknown): PredictFailure => ({
    status: error instanceof Problem ? error.status : undefined,
  });

  answerCalls<PredictCalls>(port, {
    async load({ bundle, limits }) {
      loaded = new InlineRunner(await load(bundle), limits);
      return loaded.card;
    },
    predict: ({ source, options }) => runner().predict(source, undefined, options),
    enrol: ({ source, former }) => runner().enrol(source, former),
    open({ source, options }) {
      open = runner().stream(source, options);
      return null;
    },
    async next() {
      const { done, value } = await open!.next();
      return done ? undefined : value;
    },
    async drop() {
      await open?.return();
      open = undefined;
      return null;
    },
  }, failure);
}
