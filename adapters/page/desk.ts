import type { WorkerRecognizer } from "../browser/worker_recognizer.ts";
import type { Person } from "./person.ts";
import type { Results } from "./results.ts";

/** Seconds between two predictions. */
export const HOP = 0.5;

/** What everything that the page can do works with. */
export interface Desk {
  /** The model. */
  readonly recognizer: WorkerRecognizer;
  /** What was recognised. */
  readonly results: Results;
  /** Who is recognised. */
  readonly person: Person;
}

/** Begins a time, of so many seconds or one that goes on, of the person who is known. */
export async function beginTime(
  { recognizer, results, person }: Desk,
  seconds?: number,
): Promise<void> {
  results.begin(seconds);
  await recognizer.open({ hopSeconds: HOP, enrolment: person.enrolment });
}
