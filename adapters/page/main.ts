/**
 * The page: a clip, a picture, or the camera and microphone in, the emotion along the time out. The
 * recogniser runs in a Web Worker; what is seen and heard does not leave the page.
 *
 * @module
 */

import { cutChunks } from "../../src/recognize/stream/cut_chunks.ts";
import { WorkerRecognizer, WorkerRecognizerError } from "../browser/worker_recognizer.ts";
import { Capture } from "./capture.ts";
import { decodeClip } from "./decode_clip.ts";
import { decodePicture } from "./decode_picture.ts";
import { find } from "./find.ts";
import { PageError } from "./page_error.ts";
import { Results } from "./results.ts";
import { describeModel, showCard } from "./show_card.ts";

/** The longest clip, in seconds: its pictures are held in memory. */
const MAX_SECONDS = 300;
/** Pictures a second that are looked at: of a clip, and of the camera, which must keep up. */
const CLIP_FPS = 10;
const CAMERA_FPS = 5;
/** Seconds between two predictions. */
const HOP = 0.5;

const file = find<HTMLInputElement>("file");
const drop = find("drop");
const start = find<HTMLButtonElement>("start");
const stop = find<HTMLButtonElement>("stop");
const useCamera = find<HTMLInputElement>("use-camera");
const useMicrophone = find<HTMLInputElement>("use-microphone");
const preview = find<HTMLVideoElement>("preview");
const doing = find("doing");
const progress = find<HTMLProgressElement>("progress");
const problem = find("problem");
const missing = find("missing");

/** What the page does; only one of these at a time. */
let capture: Capture | undefined;
let busy = false;
/** Counts what was started and stopped, so that answers that come too late are known as such. */
let session = 0;

const recognizer = await loadModel();
if (recognizer) ready(recognizer);

async function loadModel(): Promise<WorkerRecognizer | undefined> {
  try {
    if (!isSecureContext) {
      const { port, pathname } = location;
      throw new PageError(
        "Over plain http browsers lend neither camera nor microphone and let no model be checked: " +
          "open this page over https, or on the computer that serves it, as " +
          `http://localhost${port && `:${port}`}${pathname}.`,
      );
    }
    return await WorkerRecognizer.load(new URL("./model.emofuse", document.baseURI));
  } catch (error) {
    find("model").textContent = "No model is loaded.";
    show(error);
  }
}

function ready(recognizer: WorkerRecognizer): void {
  const { card } = recognizer;
  const results = new Results(card);
  find("model").textContent = describeModel(card);
  find("about").hidden = false;
  showCard(find("card"), card);
  for (const [box, there] of [[useCamera, card.video], [useMicrophone, card.audio]] as const) {
    box.checked = there !== undefined;
    box.disabled = there === undefined;
  }
  file.disabled = start.disabled = false;
  doing.textContent = "Nothing has been looked at yet.";

  const begin = async (seconds?: number) => {
    results.begin(seconds);
    await recognizer.open({ hopSeconds: HOP });
  };

  const recogniseClip = async (clip: File) => {
    doing.textContent = `Reading ${clip.name} …`;
    const picture = card.video && { ...card.video, fps: Math.min(CLIP_FPS, card.video.fps) };
    const input = await decodeClip(clip, {
      picture,
      sound: card.audio !== undefined,
      maxSeconds: MAX_SECONDS,
      onProgress: (share) => showProgress(share),
    });
    doing.textContent = `Looking at ${clip.name} …`;
    results.show(await recognizer.predict(input));
    await begin(input.seconds);
    for (const chunk of cutChunks(input, HOP)) {
      results.add(await recognizer.push(chunk));
      doing.textContent = `Along ${clip.name}: ${(chunk.time + HOP).toFixed(1)} s`;
      showProgress((chunk.time + HOP) / input.seconds);
    }
    results.add(await recognizer.end());
    doing.textContent = `${clip.name}, as a whole and along the time.`;
  };

  const recognisePicture = async (picture: File) => {
    if (!card.video) throw new PageError("This model only listens: it cannot tell from a picture.");
    doing.textContent = `Looking at ${picture.name} …`;
    results.show(await recognizer.predict({ frames: await decodePicture(picture, card.video) }));
    doing.textContent = `${picture.name}.`;
  };

  const recogniseLive = async () => {
    if (!useCamera.checked && !useMicrophone.checked) {
      throw new PageError("Tick camera, microphone or both.");
    }
    const mine = ++session;
    doing.textContent = "Waiting for camera and microphone …";
    await begin();
    preview.hidden = !useCamera.checked;
    capture = await Capture.start({
      ...(useCamera.checked && card.video && {
        camera: { ...card.video, video: preview, fps: CAMERA_FPS },
      }),
      microphone: useMicrophone.checked,
      onChunk: async (chunk) => {
        try {
          const predictions = await recognizer.push(chunk);
          if (mine !== session) return;
          results.add(predictions);
          const latest = predictions.at(-1);
          if (latest) results.show(latest);
          doing.textContent = `Live, the last ${card.windowSeconds} s.`;
        } catch (error) {
          if (mine !== session) return;
          // A silent room is no reason to stop listening.
          if (error instanceof WorkerRecognizerError && error.reason === "InputError") {
            doing.textContent = `Live: ${error.message}`;
          } else await stopLive(error);
        }
      },
      onLost: (device, isOtherLeft) => {
        const lost = `The ${device} was taken away.`;
        if (!isOtherLeft) return stopLive(new PageError(lost));
        preview.hidden = !capture?.sees;
        note(`${lost} The other one is still used.`);
      },
    });
    preview.hidden = !capture.sees;
    note(capture.missing);
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
  };

  const stopLive = async (error?: unknown) => {
    session++;
    const open = capture;
    capture = undefined;
    await open?.stop();
    preview.hidden = true;
    start.hidden = false;
    stop.hidden = true;
    if (error) show(error);
    else doing.textContent = "Stopped.";
  };

  /** Runs one thing at a time, and shows what goes wrong. */
  const once = async (work: () => Promise<void>) => {
    if (busy) return;
    busy = file.disabled = start.disabled = true;
    problem.hidden = true;
    note("");
    try {
      if (capture) await stopLive();
      results.clear();
      await work();
    } catch (error) {
      preview.hidden = !capture;
      // What came before an error would look like the result of what failed.
      results.clear();
      show(error);
    } finally {
      showProgress(undefined);
      busy = file.disabled = start.disabled = false;
    }
  };

  const take = (files: FileList | null | undefined) => {
    const [first] = files ?? [];
    if (!first) return;
    const isPicture = first.type.startsWith("image/");
    once(() => isPicture ? recognisePicture(first) : recogniseClip(first));
  };
  file.addEventListener("change", () => take(file.files));
  // The same file may be chosen again: it may have changed.
  file.addEventListener("click", () => file.value = "");
  start.addEventListener("click", () => once(recogniseLive));
  stop.addEventListener("click", () => stopLive().then(() => start.focus()));
  // Beside the drop zone the browser would open the file in place of the page.
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", () => drop.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer?.files);
  });
}

/** Shows how much is done, 0 to 1; undefined when it is over. */
function showProgress(share: number | undefined): void {
  progress.hidden = share === undefined;
  progress.value = Math.min(1, share ?? 0);
}

/** Says what is missing but does not stop the work; an empty text takes it back. */
function note(text: string): void {
  missing.textContent = text;
  missing.hidden = text === "";
}

/** Shows an error: as it is if it is meant for people, else with a hint that it is the page's own. */
function show(error: unknown): void {
  doing.textContent = "";
  const known = error instanceof PageError || error instanceof WorkerRecognizerError;
  problem.textContent = known
    ? error.message
    : `This page failed: ${error instanceof Error ? error.message : error}`;
  problem.hidden = false;
  if (!known) console.error(error);
}
