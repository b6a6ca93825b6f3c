import type { WorkerRecognizerError } from "../browser/worker_recognizer.ts";
import type { Desk } from "./desk.ts";
import { chosenDevices, preview } from "./devices/chosen_devices.ts";
import { PageError } from "./page_error.ts";
import { readClip } from "./recognise_file.ts";
import { record } from "./devices/record.ts";
import { sayDoing, sayMissing, sayProgress } from "./say.ts";

/** How long a person is recorded, in seconds. */
const RECORDING_SECONDS = 20;

/**
 * Gets to know a person by the camera and the microphone, as far as they are ticked.
 *
 * @param signal Ends the recording early.
 * @param onStart Is told when it begins.
 * @throws {PageError} If no device can be had.
 * @throws {WorkerRecognizerError} If nothing that was recorded can be used.
 */
export async function recordPerson(
  { recognizer, person }: Desk,
  { signal, onStart }: { readonly signal: AbortSignal; readonly onStart: () => void },
): Promise<void> {
  const { card } = recognizer;
  const devices = chosenDevices(card);
  sayDoing("Waiting for camera and microphone …");
  preview.hidden = !devices.camera;
  const answers: Promise<WorkerRecognizerError | undefined>[] = [];
  try {
    await record({
      ...devices,
      signal,
      seconds: RECORDING_SECONDS,
      pieceSeconds: card.windowSeconds,
      onPiece: (clip) => {
        const answer = (answers.at(-1) ?? Promise.resolve()).then(() => person.learn(clip));
        // It is waited for when all is recorded.
        answer.catch(() => {});
        answers.push(answer);
      },
      onProgress: sayProgress,
      onStart: (missing) => {
        sayMissing(missing);
        sayDoing(`Recording ${RECORDING_SECONDS} seconds: speak as you do, in different moods.`);
        onStart();
      },
    });
  } finally {
    preview.hidden = true;
  }
  sayDoing("Learning what is usual …");
  checkLearned(await Promise.all(answers));
  sayDoing("Recorded. Nothing has left this page.");
}

/**
 * Gets to know a person by files: recordings, or an enrolment that was saved, which takes the place of what is known.
 *
 * @throws {PageError} If the browser can decode nothing of a recording, or what was saved is not JSON.
 * @throws {WorkerRecognizerError} If nothing can be used, or what was saved is of another model.
 */
export async function learnFiles(
  { recognizer, person }: Desk,
  files: readonly File[],
): Promise<void> {
  const isSaved = ({ name, type }: File) => type === "application/json" || /\.json$/i.test(name);
  for (const file of files.filter(isSaved)) await person.read(file);
  const clips = files.filter((file) => !isSaved(file));
  const answers = [];
  for (const clip of clips) answers.push(await person.learn(await readClip(clip, recognizer.card)));
  if (clips.length > 0) checkLearned(answers);
  sayDoing(`Learned from ${files.length === 1 ? files[0].name : `${files.length} files`}.`);
}

/** Recordings in which nothing can be used do not count, unless that is all of them. */
function checkLearned(answers: readonly (WorkerRecognizerError | undefined)[]): void {
  if (answers.includes(undefined)) return;
  throw answers[0] ?? new PageError("Nothing was recorded.");
}
