import type { WindowContent } from "../judge.ts";
import type { Listener } from "../listener.ts";
import { InputError } from "../input_error.ts";
import type { Flaw } from "../prediction.ts";
import type { Tracker } from "../tracker.ts";
import type { Watcher } from "../watcher.ts";
import { checkEnrolment } from "./check_enrolment.ts";
import { type EnrolledModality, type Enrolment, ENROLMENT_SCHEMA } from "./enrolment.ts";
import { expectedSpeaker, type Speaker, STRANGER } from "./speaker.ts";

/** What a recogniser knows a person by. */
export interface EnrollingSenses {
  /** The voice's part. */
  readonly listener?: Listener;
  /** The face's part, where the model looks at pictures. */
  readonly watcher?: Watcher;
  /** The face's part, where the model goes by landmark files. */
  readonly tracker?: Tracker;
}

/** Makes enrolments for a bundle, and reads them. */
export class Enroller {
  readonly #bundle: string;
  readonly #senses: EnrollingSenses;

  /**
   * @param bundle SHA-256 that the bundle states of itself.
   */
  constructor(bundle: string, senses: EnrollingSenses) {
    this.#bundle = bundle;
    this.#senses = senses;
  }

  /**
   * What the windows of some recordings say of the person in them, and what is known already.
   *
   * @param windows They are of one person.
   * @param former Of the same person.
   * @throws {InputError} If the former one is not of this bundle, or nothing of the windows can be used.
   */
  enrol(windows: Iterable<WindowContent>, former?: Enrolment): Enrolment {
    const { listener, watcher, tracker } = this.#senses;
    const known = former === undefined ? undefined : this.check(former);
    const audio: (Float64Array | Flaw)[] = [];
    const video: (Float64Array | Flaw)[] = [];
    for (const { sound, sight, track } of windows) {
      if (listener && sound) audio.push(listener.describe(sound));
      if (watcher && sight) video.push(watcher.describe(sight));
      if (tracker && track) video.push(tracker.describe(track));
    }
    if (![...audio, ...video].some((given) => given instanceof Float64Array)) {
      const flaws = new Set([...audio, ...video].filter((given) => typeof given === "string"));
      throw new InputError(
        `nobody can be enrolled by this: ${[...flaws].join(", ") || "there is nothing to use"}`,
      );
    }
    const entries = ([["audio", audio], ["video", video]] as const).flatMap(([modality, given]) => {
      const joined = join(given, known?.[modality]);
      return joined ? [[modality, joined] as const] : [];
    });
    return {
      schema: ENROLMENT_SCHEMA,
      bundle: this.#bundle,
      ...Object.fromEntries(entries),
    };
  }

  /**
   * What an enrolment says of a speaker.
   *
   * @throws {InputError} If it is none, or of another bundle.
   */
  speaker(enrolment: Enrolment | undefined): Speaker {
    if (enrolment === undefined) return STRANGER;
    const { audio, video } = this.check(enrolment);
    return {
      ...(audio && { audio: expectedSpeaker(audio) }),
      ...(video && { video: expectedSpeaker(video) }),
    };
  }

  /**
   * Checks what is said to be an enrolment.
   *
   * @throws {InputError} If it is none, or of another bundle.
   */
  check(enrolment: unknown): Enrolment {
    const { listener, watcher, tracker } = this.#senses;
    return checkEnrolment(enrolment, {
      bundle: this.#bundle,
      sizes: { audio: listener?.channels, video: (watcher ?? tracker)?.channels },
    });
  }
}

/** The mean of what windows gave and of what is known; undefined where there is nothing. */
function join(
  given: readonly (Float64Array | Flaw)[],
  known: EnrolledModality | undefined,
): EnrolledModality | undefined {
  const rows = given.filter((row) => row instanceof Float64Array);
  const before = known?.clips ?? 0;
  const clips = before + rows.length;
  if (clips === 0) return undefined;
  const size = rows[0]?.length ?? known!.mean.length;
  const mean = Array.from({ length: size }, (_, f) => {
    const sum = rows.reduce((sum, row) => sum + row[f], before * (known?.mean[f] ?? 0));
    return Number((sum / clips).toFixed(3));
  });
  return { clips, mean };
}
