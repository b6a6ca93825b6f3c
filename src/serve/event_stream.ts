import type { TimedPrediction } from "../recognize/prediction.ts";
import type { Deadline } from "./deadline.ts";
import { hungUp } from "./hung_up.ts";
import type { ProblemDetails } from "./problem.ts";

/** What {@linkcode eventStream} needs besides the predictions. */
export interface EventStreamOptions {
  /** Time for each prediction, and for the client to take it. */
  readonly deadline: Deadline;
  /** Turns an error on the way into what the client is told; the status line is gone by then. */
  readonly explain: (error: unknown) => ProblemDetails;
  /** Called once when it is over, however it ends. */
  readonly onEnd: () => void;
}

/**
 * Predictions as server-sent events: `prediction` for each, then `end` with their number, or `problem`
 * with problem details where something goes wrong on the way. A prediction is asked for when the client
 * has taken the one before; one that takes nothing for the time of the deadline is given up.
 */
export function eventStream(
  predictions: AsyncIterator<TimedPrediction, void>,
  first: IteratorResult<TimedPrediction, void>,
  { deadline, explain, onEnd }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  let next: IteratorResult<TimedPrediction, void> | undefined = first;
  let count = 0, over = false;
  const finish = () => {
    if (over) return;
    over = true;
    onEnd();
    // Not awaited: it may be in the midst of a prediction, which nobody wants any more.
    deadline.giveUp(hungUp());
    Promise.resolve(predictions.return?.()).catch(() => {}).finally(() => deadline.stop());
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      deadline.signal.addEventListener("abort", () => {
        if (over) return;
        controller.enqueue(encoded("problem", explain(deadline.signal.reason)));
        controller.close();
        finish();
      });
    },
    async pull(controller) {
      try {
        deadline.restart();
        const { done, value } = next ?? await deadline.wait(predictions.next());
        next = undefined;
        if (over) return;
        if (!done) {
          count++;
          controller.enqueue(encoded("prediction", value));
          // Until the client has taken it.
          deadline.restart();
          return;
        }
        controller.enqueue(encoded("end", { predictions: count }));
      } catch (error) {
        // The deadline's own error was told by its listener.
        if (over) return;
        controller.enqueue(encoded("problem", explain(error)));
      }
      controller.close();
      finish();
    },
    cancel: finish,
  }, { highWaterMark: 0 });
}

const encoder = new TextEncoder();

function encoded(event: string, data: unknown): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
