import { FetchError } from "../browser/fetch_bundle.ts";
import { WorkerRecognizerError } from "../browser/worker_recognizer.ts";
import { find } from "./find.ts";
import { PageError } from "./page_error.ts";

/** Says what the page does at present. */
export function sayDoing(text: string): void {
  find("doing").textContent = text;
}

/** Shows how much is done, 0 to 1; undefined when it is over. */
export function sayProgress(share: number | undefined): void {
  const progress = find<HTMLProgressElement>("progress");
  progress.hidden = share === undefined;
  progress.value = Math.min(1, share ?? 0);
}

/** Says what is missing but does not stop the work; an empty text takes it back. */
export function sayMissing(text: string): void {
  const missing = find("missing");
  missing.textContent = text;
  missing.hidden = text === "";
}

/** Says whether the page now works without a network. */
export function sayOffline(isKept: boolean): void {
  find("offline").textContent = isKept
    ? "This page is kept in this browser: it works without a network from now on."
    : "This browser does not keep this page: without a network it does not open.";
}

/** Shows an error: as it is if it is meant for people, else with a hint that it is the page's own. */
export function sayProblem(error: unknown): void {
  sayDoing("");
  const problem = find("problem");
  const known = [PageError, WorkerRecognizerError, FetchError].some((type) =>
    error instanceof type
  );
  problem.textContent = known
    ? (error as Error).message
    : `This page failed: ${error instanceof Error ? error.message : error}`;
  problem.hidden = false;
  if (!known) console.error(error);
}

/** Takes the problem back. */
export function forgetProblem(): void {
  find("problem").hidden = true;
}
