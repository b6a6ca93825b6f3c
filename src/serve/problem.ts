/** The statuses with which a request can fail, and their names. */
export const PROBLEM_TITLES = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  411: "Length Required",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  417: "Expectation Failed",
  421: "Misdirected Request",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
  504: "Gateway Timeout",
} as const;

/** A status with which a request can fail. */
export type ProblemStatus = keyof typeof PROBLEM_TITLES;

/** The body of a failed request: problem details of RFC 9457. */
export interface ProblemDetails {
  /** Always `about:blank`: the status says what kind of problem it is. */
  readonly type: "about:blank";
  /** Name of the status. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: ProblemStatus;
  /** What is wrong with this request and what is allowed: one line for people. */
  readonly detail: string;
}

/**
 * Why a request fails: thrown anywhere below the endpoint, answered as problem details (RFC 9457).
 *
 * @example
 * ```ts
 * import { Problem } from "./problem.ts";
 * import assert from "node:assert/strict";
 *
 * const response = new Problem(429, "too many clips at once", { retryAfter: 2 }).response();
 * assert.equal(response.status, 429);
 * assert.equal(response.headers.get("retry-after"), "2");
 * assert.equal((await response.json()).title, "Too Many Requests");
 * ```
 */
export class Problem extends Error {
  /** The error's class, for logs. */
  override readonly name = "Problem";
  /** The HTTP status. */
  readonly status: ProblemStatus;
  /** Headers that the status calls for. */
  readonly headers: Readonly<Record<string, string>>;

  /** Takes the status, one line for people, and what the status's headers say. */
  constructor(
    status: ProblemStatus,
    detail: string,
    options: {
      /** Seconds after which it is worth trying again. */
      readonly retryAfter?: number;
      /** Methods that are allowed, for status 405. */
      readonly allow?: readonly string[];
      /** What led to it. */
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.status = status;
    this.headers = {
      ...(options.retryAfter === undefined ? {} : { "retry-after": `${options.retryAfter}` }),
      ...(options.allow === undefined ? {} : { allow: options.allow.join(", ") }),
    };
  }

  /** The problem as a JSON object. */
  details(): ProblemDetails {
    const { status, message } = this;
    return { type: "about:blank", title: PROBLEM_TITLES[status], status, detail: message };
  }

  /** The problem as a response. */
  response(): Response {
    return new Response(JSON.stringify(this.details()), {
      status: this.status,
      headers: { ...this.headers, "content-type": "application/problem+json" },
    });
  }
}
