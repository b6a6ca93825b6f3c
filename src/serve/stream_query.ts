import { INPUT_LIMITS } from "../recognize/check_input.ts";
import type { StreamOptions } from "../recognize/recognizer.ts";
import { Problem } from "./problem.ts";

/** The parameters of `POST /v1/predict`. */
const PARAMETERS = ["stream", "window", "hop"];

/**
 * What a request's query asks for: undefined for one prediction, or the settings of a stream (`?stream`,
 * with `window` and `hop` in seconds).
 *
 * @example
 * ```ts
 * import { streamQuery } from "./stream_query.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(streamQuery(new URLSearchParams("stream&hop=1")), { hopSeconds: 1 });
 * assert.equal(streamQuery(new URLSearchParams("")), undefined);
 * ```
 *
 * @throws {Problem} 400 for a parameter that is unknown, twice there, or out of range.
 */
export function streamQuery(query: URLSearchParams): StreamOptions | undefined {
  for (const name of query.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw new Problem(
        400,
        `the query has ${JSON.stringify(name.slice(0, 40))}; allowed: ${PARAMETERS.join(", ")}`,
      );
    }
    if (query.getAll(name).length > 1) throw new Problem(400, `the query has ${name} twice`);
  }
  if (!query.has("stream")) {
    if (query.size > 0) throw new Problem(400, "window and hop go with stream only");
    return undefined;
  }
  if (!["", "true", "1"].includes(query.get("stream")!)) {
    throw new Problem(400, "stream takes no value");
  }
  const windowSeconds = seconds(query, "window");
  const hopSeconds = seconds(query, "hop");
  return {
    ...(windowSeconds === undefined ? {} : { windowSeconds }),
    ...(hopSeconds === undefined ? {} : { hopSeconds }),
  };
}

function seconds(query: URLSearchParams, name: "window" | "hop"): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  const [least, most] = INPUT_LIMITS[`${name}Seconds`];
  if (text.trim() === "" || !(value >= least && value <= most)) {
    throw new Problem(
      400,
      `${name} is ${JSON.stringify(text.slice(0, 40))}; allowed: a number of seconds from ` +
        `${least} to ${most}`,
    );
  }
  return value;
}
