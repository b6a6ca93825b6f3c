import type { TimedPrediction } from "../../recognize/prediction.ts";
import type { Recognizer } from "../../recognize/recognizer.ts";
import { InlineRunner } from "../inline_runner.ts";
import { Problem } from "../problem.ts";
import type { Port, WorkerAnswer, WorkerRequest } from "./messages.ts";

/**
 * The worker's side of a `WorkerRunner`: loads the model once and answers one request after the other.
 *
 * @param port The channel to the thread that started the worker.
 * @param load Makes the model from its bundle.
 */
export function servePredictions(
  port: Port<WorkerRequest, WorkerAnswer>,
  load: (bundle: Uint8Array) => Promise<Recognizer>,
): void {
  let runner: InlineRunner | undefined;
  let open: AsyncGenerator<TimedPrediction, void> | undefined;

  const answer = async (
    request: Exclude<WorkerRequest, { kind: "drop" }>,
  ): Promise<WorkerAnswer> => {
    if (request.kind === "load") {
      runner = new InlineRunner(await load(request.bundle), request.limits);
      return { kind: "loaded", card: runner.card };
    }
    if (runner === undefined) {
      throw new Error("a prediction was asked for before the model is there");
    }
    switch (request.kind) {
      case "predict":
        return { kind: "prediction", prediction: await runner.predict(request.source) };
      case "open":
        open = runner.stream(request.source, request.options);
        return { kind: "opened" };
      case "next": {
        const { done, value } = await open!.next();
        return { kind: "next", prediction: done ? undefined : value };
      }
    }
  };

  port.listen(async (request) => {
    if (request.kind === "drop") {
      await open?.return();
      open = undefined;
      return;
    }
    try {
      port.post(await answer(request), []);
    } catch (error) {
      const status = error instanceof Problem ? error.status : undefined;
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      port.post({ kind: "failed", status, name, message }, []);
    }
  });
}
