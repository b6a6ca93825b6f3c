import { INPUT_LIMITS } from "../recognize/check_input.ts";
import type { PredictionOptions, StreamOptions } from "../recognize/recognizer.ts";
import { Problem } from "./problem.ts";

/** The parameters of `POST /v1/predict`. */
const PARAMETERS = ["stream", "window", "hop", "minConfidence"];

/** Least and most of those that are numbers, and what they are. */
const NUMBERS = {
  window: [...INPUT_LIMITS.windowSeconds, "a number of seconds"],
  hop: [...INPUT_LIMITS.hopSeconds, "a number of seconds"],
  minConfidence: [0, 1, "a number"],
} as const;

/** What a request's query asks for. */
export interface PredictQuery {
  /** How it is to be recognised. */
  readonly options: PredictionOptions;
  /** The settings of a stream (`?stream`, with `window` and `hop` in seconds); left out for one prediction. */
  readonly stream?: StreamOptions;
}

/**
 * What a request's query asks for.
 *
 * @example
 * ```ts
 * import { predictQuery } from "./predict_query.ts";
 * import assert from "node:assert/strict";
 *
 * const query = predictQuery(new URLSearchParams("stream&hop=1&minConfidence=0.5"));
 * assert.deepEqual(query, { stream: { hopSeconds: 1 }, options: { minConfidence: 0.5 } });
 * assert.deepEqual(predictQuery(new URLSearchParams("")), { options: {} });
 * ```
 *
 * @throws {Problem} 400 for a parameter that is unknown, twice there, or out of range.
 */
export function predictQuery(query: URLSearchParams): PredictQuery {
  for (const name of query.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw new Problem(
        400,
        `the query has ${JSON.stringify(name.slice(0, 40))}; allowed: ${PARAMETERS.join(", ")}`,
      );
    }
    if (query.getAll(name).length > 1) throw new Problem(400, `the query has ${name} twice`);
  }
  const minConfidence = number(query, "minConfidence");
  const options = minConfidence === undefined ? {} : { minConfidence };
  if (!query.has("stream")) {
    if (query.has("window") || query.has("hop")) {
      throw new Problem(400, "window and hop go with stream only");
    }
    return { options };
  }
  if (!["", "true", "1"].includes(query.get("stream")!)) {
    throw new Problem(400, "stream takes no value");
  }
  const windowSeconds = number(query, "window");
  const hopSeconds = number(query, "hop");
  return {
    options,
    stream: {
      ...(windowSeconds === undefined ? {} : { windowSeconds }),
      ...(hopSeconds === undefined ? {} : { hopSeconds }),
    },
  };
}

function number(query: URLSearchParams, name: keyof typeof NUMBERS): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  const [least, most, what] = NUMBERS[name];
  if (text.trim() === "" || !(value >= least && value <= most)) {
    throw new Problem(
      400,
      `${name} is ${JSON.stringify(text.slice(0, 40))}; allowed: ${what} from ${least} to ${most}`,
    );
  }
  return value;
}
