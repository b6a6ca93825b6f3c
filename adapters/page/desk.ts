import type { WorkerRecognizer } from "../browser/worker_recognizer.ts";
import type { Person } from "./person.ts";
import type { Stills } from "./faces/stills.ts";
import type { Results } from "./results.ts";
import type { WorkerStreamOptions } from "../browser/calls.ts";

/** Seconds between two predictions. */
export const HOP = 0.5;

/** What everything that the page can do works with. */
export interface Desk {
  /** The model. */
  readonly recognizer: WorkerRecognizer;
  /** What was recognised. */
  readonly results: Results;
  /** Pictures of the film that was recognised. */
  readonly stills: Stills;
  /** Who is recognised. */
  readonly person: Person;
}

/**
 * Begins a time, of so many seconds or one that goes on, of the person who is known.
 *
 * @param faces Whose faces are recognised.
 */
export async function beginTime(
  { recognizer, results, person }: Desk,
  faces: WorkerStreamOptions["faces"],
  seconds?: number,
): Promise<void> {
  results.begin(seconds);
  await recognizer.open({ hopSeconds: HOP, enrolment: person.enrolment, faces });
}
