import type { TimedPrediction } from "../recognize/prediction.ts";
import type { PredictionOptions } from "../recognize/recognizer.ts";
import type { Admission } from "./admission.ts";
import { checkType, noDecoder } from "./check_type.ts";
import { Deadline } from "./deadline.ts";
import { eventStream } from "./event_stream.ts";
import type { HeldBytes } from "./held_bytes.ts";
import { hungUp } from "./hung_up.ts";
import { containerPart } from "./input/read_clip.ts";
import { takeEnrolment } from "./input/take_enrolment.ts";
import type { ServeLimits } from "./limits.ts";
import { parseUpload } from "./parse_upload.ts";
import { predictQuery } from "./predict_query.ts";
import { Problem, type ProblemDetails } from "./problem.ts";
import { readBody } from "./read_body.ts";
import type { ClipSource, DecodeClip, Runner } from "./runner.ts";

/** What {@linkcode predictRoute} works with. */
export interface PredictContext {
  readonly runner: Runner;
  readonly decodeClip: DecodeClip | undefined;
  /** How clips are recognised where a request says nothing else. */
  readonly options: PredictionOptions;
  readonly limits: ServeLimits;
  readonly admission: Admission;
  readonly held: HeldBytes;
  /** What a client is told of an error; defects are logged. */
  readonly explain: (error: unknown) => ProblemDetails;
}

/**
 * Answers `POST /v1/predict` and `POST /v1/enrolment`: reads the clip, waits for a place, decodes, and predicts or
 * enrols.
 *
 * @param task What is asked.
 * @param onEnd Called once, when the response is complete, given up or refused, with whether there was
 * a prediction.
 * @throws {Problem} For whatever is wrong with the request.
 */
export async function predictRoute(
  task: "predict" | "enrol",
  request: Request,
  context: PredictContext,
  onEnd: (recognised: boolean) => void,
): Promise<Response> {
  const { runner, limits, admission, held } = context;
  let recognised = false;
  const cleanup = [() => onEnd(recognised)];
  const finish = () => cleanup.splice(0).reverse().forEach((step) => step());
  let deadline: Deadline | undefined;
  let predictions: AsyncIterator<TimedPrediction, void> | undefined;
  try {
    // In the order of what it costs: who will be refused is refused before the body is read.
    admission.check();
    const { searchParams } = new URL(request.url);
    if (task === "enrol" && searchParams.size > 0) throw new Problem(400, "this takes no query");
    const query = predictQuery(searchParams);
    checkType(request.headers.get("content-type"), context.decodeClip !== undefined);
    const body = await readBody(request, limits, held);
    // Its buffer may be handed over to a worker, which leaves it without a length.
    const { length } = body;
    cleanup.push(() => held.give(length));
    deadline = new Deadline(limits.timeoutSeconds, () => admission.overdue());
    cleanup.push(onAbort(request.signal, () => deadline!.giveUp(hungUp())));
    const form = parseUpload(request.headers.get("content-type"), body, limits);
    const { upload, enrolment } = takeEnrolment(form);
    const options = { ...context.options, ...query.options, ...enrolment && { enrolment } };
    const container = containerPart(upload);
    if (container !== undefined && context.decodeClip === undefined) {
      throw noDecoder(container.type);
    }
    cleanup.push(await admission.enter(AbortSignal.any([request.signal, deadline.signal])));
    // How long others took is no reason to give this one less time.
    deadline.restart();
    const source: ClipSource = container === undefined
      ? { upload }
      : { clip: await deadline.wait(context.decodeClip!(container.bytes, deadline.signal)) };
    // Who left while the clip was decoded is spared the prediction.
    request.signal.throwIfAborted();
    if (query.stream === undefined) {
      const { signal } = deadline;
      const answer = task === "enrol"
        ? await deadline.wait(runner.enrol(source, enrolment, signal))
        : await deadline.wait(runner.predict(source, signal, options));
      deadline.stop();
      recognised = true;
      finish();
      return Response.json(answer);
    }
    const streamed = { ...query.stream, ...options };
    predictions = runner.stream(source, streamed, deadline.signal)[Symbol.asyncIterator]();
    // The first one decides on the status: a clip that cannot be used shows by then.
    const first = await deadline.wait(predictions.next());
    recognised = true;
    const stream = eventStream(predictions, first, {
      deadline,
      explain: context.explain,
      onEnd: finish,
    });
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        // Proxies that collect responses would hold the events back.
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    deadline?.abort(error);
    deadline?.stop();
    // Not awaited: it may hang. What it held is free when it is over.
    predictions?.return?.().catch(() => {});
    finish();
    throw request.signal.aborted ? hungUp(error) : error;
  }
}

/** Calls back once when `signal` aborts, at once if it did already; gives back what takes that back. */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  signal.addEventListener("abort", callback, { once: true });
  if (signal.aborted) callback();
  return () => signal.removeEventListener("abort", callback);
}
