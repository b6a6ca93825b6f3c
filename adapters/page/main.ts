/**
 * The page: a clip or the camera and microphone in, the emotion along the time out. The recogniser runs
 * in a Web Worker; what is seen and heard does not leave the page.
 *
 * @module
 */

import { cutChunks } from "../../src/recognize/cut_chunks.ts";
import type { TimedPrediction } from "../../src/recognize/prediction.ts";
import { WorkerRecognizer, WorkerRecognizerError } from "../browser/worker_recognizer.ts";
import { Capture } from "./capture.ts";
import { decodeClip } from "./decode_clip.ts";
import { PageError } from "./page_error.ts";
import { describeModel, showCard } from "./show_card.ts";
import { addRows, showPrediction } from "./show_prediction.ts";
import { Timeline } from "./timeline.ts";

/** The longest clip, in seconds: its pictures are held in memory. */
const MAX_SECONDS = 300;
/** Pictures a second that are looked at: of a clip, and of the camera, which must keep up. */
const CLIP_FPS = 10;
const CAMERA_FPS = 5;
/** Seconds between two predictions. */
const HOP = 0.5;

const find = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;

const places = { label: find("label"), remark: find("remark"), bars: find("bars") };
const file = find<HTMLInputElement>("file");
const drop = find("drop");
const start = find<HTMLButtonElement>("start");
const stop = find<HTMLButtonElement>("stop");
const useCamera = find<HTMLInputElement>("use-camera");
const useMicrophone = find<HTMLInputElement>("use-microphone");
const preview = find<HTMLVideoElement>("preview");
const doing = find("doing");
const problem = find("problem");
const rows = find<HTMLTableSectionElement>("rows");

/** What the page does; only one of these at a time. */
let capture: Capture | undefined;
let busy = false;
/** Counts what was started and stopped, so that answers that come too late are known as such. */
let session = 0;

const recognizer = await loadModel();
if (recognizer) ready(recognizer);

async function loadModel(): Promise<WorkerRecognizer | undefined> {
  try {
    return await WorkerRecognizer.load(new URL("./model.emofuse", document.baseURI));
  } catch (error) {
    find("model").textContent = "No model is loaded.";
    show(error);
  }
}

function ready(recognizer: WorkerRecognizer): void {
  const { card } = recognizer;
  const timeline = new Timeline(find("timeline"), card.labels);
  find("model").textContent = describeModel(card);
  showCard(find("card"), card);
  for (const [box, there] of [[useCamera, card.video], [useMicrophone, card.audio]] as const) {
    box.checked = there !== undefined;
    box.disabled = there === undefined;
  }
  file.disabled = start.disabled = false;

  const begin = async (seconds?: number) => {
    timeline.clear(seconds);
    rows.replaceChildren();
    await recognizer.open({ hopSeconds: HOP });
  };
  const add = (predictions: readonly TimedPrediction[], latest: boolean) => {
    timeline.add(predictions);
    addRows(rows, predictions);
    if (latest && predictions.length > 0) showPrediction(places, predictions.at(-1)!);
  };

  const recogniseClip = async (clip: File) => {
    doing.textContent = `Reading ${clip.name} …`;
    const picture = card.video && { ...card.video, fps: Math.min(CLIP_FPS, card.video.fps) };
    const input = await decodeClip(clip, {
      ...{ picture, sound: card.audio !== undefined, maxSeconds: MAX_SECONDS },
      onProgress: (share) => {
        doing.textContent = `Reading ${clip.name}: ${Math.round(100 * share)} %`;
      },
    });
    doing.textContent = `Looking at ${clip.name} …`;
    showPrediction(places, await recognizer.predict(input));
    await begin(input.seconds);
    for (const chunk of cutChunks(input, HOP)) {
      add(await recognizer.push(chunk), false);
      doing.textContent = `Along ${clip.name}: ${(chunk.time + HOP).toFixed(1)} s`;
    }
    add(await recognizer.end(), false);
    doing.textContent = `${clip.name}, as a whole:`;
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
          add(predictions, true);
          doing.textContent = `Live, the last ${card.windowSeconds} s:`;
        } catch (error) {
          if (mine !== session) return;
          // A silent room is no reason to stop listening.
          if (error instanceof WorkerRecognizerError && error.reason === "InputError") {
            doing.textContent = `Live: ${error.message}`;
          } else await stopLive(error);
        }
      },
      onLost: () => stopLive(new PageError("The camera or microphone was taken away.")),
    });
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
    try {
      if (capture) await stopLive();
      await work();
    } catch (error) {
      preview.hidden = !capture;
      show(error);
    } finally {
      busy = file.disabled = start.disabled = false;
    }
  };

  const take = (files: FileList | null | undefined) => {
    const [clip] = files ?? [];
    if (clip) once(() => recogniseClip(clip));
  };
  file.addEventListener("change", () => take(file.files));
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
