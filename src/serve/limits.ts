/** What a server lets one request, and all of them together, cost. */
export interface ServeLimits {
  /**
   * Largest body of a request, in bytes.
   *
   * @default {33554432}
   */
  readonly maxBytes: number;
  /**
   * Longest clip, in seconds.
   *
   * @default {60}
   */
  readonly maxSeconds: number;
  /**
   * Largest frame, in pixels; 4K UHD by default.
   *
   * @default {8294400}
   */
  readonly maxPixels: number;
  /**
   * Most frames of a clip.
   *
   * @default {3600}
   */
  readonly maxFrames: number;
  /**
   * Most bytes of a clip's decoded picture.
   *
   * @default {671088640}
   */
  readonly maxDecodedBytes: number;
  /**
   * How many clips are worked on at once.
   *
   * @default {1}
   */
  readonly concurrency: number;
  /**
   * How many clips may wait for that; more are refused with 429.
   *
   * @default {32}
   */
  readonly queue: number;
  /**
   * Most bytes of bodies held at once, of all requests; beyond it uploads are refused with 503.
   *
   * @default {8 * maxBytes}
   */
  readonly maxHeldBytes: number;
  /**
   * How long a body may take to arrive (408), then a clip may wait for a place (503), and then its
   * prediction may take (504), each in seconds. Of a stream of predictions, each one has that long.
   *
   * @default {60}
   */
  readonly timeoutSeconds: number;
}

/** Frame sizes, counts and bytes are whole numbers; so are numbers of clips. */
const WHOLE: readonly (keyof ServeLimits)[] = [
  "maxBytes",
  "maxPixels",
  "maxFrames",
  "maxDecodedBytes",
  "concurrency",
  "queue",
  "maxHeldBytes",
];

/**
 * Fills in the defaults and checks the values.
 *
 * @example
 * ```ts
 * import { serveLimits } from "./limits.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(serveLimits({ maxBytes: 1000 }).maxHeldBytes, 8000);
 * ```
 *
 * @throws {RangeError} If a limit is not above 0 (the queue may be 0), or not whole where it must be.
 */
export function serveLimits(limits: Partial<ServeLimits> = {}): ServeLimits {
  const { maxBytes = 32 * 2 ** 20 } = limits;
  const filled: ServeLimits = {
    maxBytes,
    maxSeconds: limits.maxSeconds ?? 60,
    maxPixels: limits.maxPixels ?? 3840 * 2160,
    maxFrames: limits.maxFrames ?? 3600,
    maxDecodedBytes: limits.maxDecodedBytes ?? 640 * 2 ** 20,
    concurrency: limits.concurrency ?? 1,
    queue: limits.queue ?? 32,
    maxHeldBytes: limits.maxHeldBytes ?? 8 * maxBytes,
    timeoutSeconds: limits.timeoutSeconds ?? 60,
  };
  for (const name of Object.keys(filled) as (keyof ServeLimits)[]) {
    const value = filled[name];
    const whole = WHOLE.includes(name);
    if (!(value > 0 || (name === "queue" && value === 0)) || value > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`${name} is ${value}; allowed: a number above 0`);
    }
    if (whole && !Number.isInteger(value)) {
      throw new RangeError(`${name} is ${value}; allowed: a whole number`);
    }
  }
  return filled;
}
