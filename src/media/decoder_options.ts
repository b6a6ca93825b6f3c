/** How a decoder works, whatever it decodes. */
export interface DecoderOptions {
  /** How many clips are decoded at once. Default: 1. */
  readonly workers?: number;
  /** How long ffmpeg may take to open or to decode one clip before it is stopped, in seconds. Default: 120. */
  readonly timeLimitSeconds?: number;
}

const MAX_TIME_LIMIT = 86_400;

/**
 * Fills in the defaults and checks the values.
 *
 * @throws {RangeError} If `workers` is not a whole number of at least 1, or the time limit not
 * between 0 and a day.
 */
export function decoderOptions(options: DecoderOptions = {}): Required<DecoderOptions> {
  const { workers = 1, timeLimitSeconds = 120 } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`workers is ${workers}; allowed: a whole number from 1`);
  }
  if (!(timeLimitSeconds > 0 && timeLimitSeconds <= MAX_TIME_LIMIT)) {
    throw new RangeError(
      `timeLimitSeconds is ${timeLimitSeconds}; allowed: a number above 0 up to ${MAX_TIME_LIMIT}`,
    );
  }
  return { workers, timeLimitSeconds };
}
