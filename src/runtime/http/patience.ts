import { setTimeout } from "node:timers/promises";
import { DownloadError, PassingFailure } from "./download_error.ts";

/** How often a server is asked, and how long it is waited for. */
export interface Patience {
  /**
   * How many requests in a row may bring nothing.
   *
   * @default {1: the first failure is final}
   */
  readonly attempts?: number;
  /**
   * How long nothing may come before a request is given up, in seconds.
   *
   * @default {60}
   */
  readonly stallSeconds?: number;
  /**
   * Seconds before the second request; each later pause is twice as long, up to a minute. A server that says
   * when it wants to be asked again is asked then.
   *
   * @default {1}
   */
  readonly pauseSeconds?: number;
  /**
   * Is told why the server is asked again, and in how many seconds.
   *
   * @default {nobody is told}
   */
  readonly onPause?: (failure: DownloadError, seconds: number) => void;
}

/** Without a word from the server no pause is longer, in seconds. */
const LONGEST_PAUSE = 60;

/** Who has to wait longer than this, in seconds, is told so instead. */
const LONGEST_WAIT = 180;

/** Seconds without a byte after which a request is given up, unless told otherwise. */
export const STALL_SECONDS = 60;

/** The attempts at one download. */
export class Attempts {
  readonly #patience: Patience;
  #failed = 0;

  /** None yet. */
  constructor(patience: Patience = {}) {
    this.#patience = patience;
  }

  /** Something came: the count of failures begins anew. */
  progressed(): void {
    this.#failed = 0;
  }

  /**
   * Waits until it is worth while to try again.
   *
   * @throws {unknown} The failure itself, if it does not pass or was one too many.
   * @throws {DownloadError} If the server asks for a long pause.
   */
  async pause(failure: unknown): Promise<void> {
    const { attempts = 1, pauseSeconds = 1, onPause } = this.#patience;
    if (!(failure instanceof PassingFailure) || ++this.#failed >= attempts) throw failure;
    const { afterSeconds } = failure;
    if (afterSeconds !== undefined && afterSeconds > LONGEST_WAIT) {
      const minutes = Math.ceil(afterSeconds / 60);
      throw new DownloadError(
        `${failure.message}; it asks for a pause of ${minutes} minutes: run it again then`,
        { cause: failure },
      );
    }
    const pause = Math.min(pauseSeconds * 2 ** (this.#failed - 1), LONGEST_PAUSE);
    // Many who were refused at once should not all come back at once.
    const spread = 0.75 + Math.random() / 2;
    const seconds = Math.max(afterSeconds ?? 0, pause * spread);
    onPause?.(failure, seconds);
    await setTimeout(1000 * seconds);
  }
}
