import type { FrameInput } from "../../src/recognize/clip_input.ts";
import type { FacePrediction } from "../../src/predict/faces/face_streams.ts";
import type { SeenNow } from "../browser/calls.ts";
import { WorkerRecognizerError } from "../browser/worker_recognizer.ts";
import { Capture } from "./devices/capture.ts";
import { beginTime, type Desk } from "./desk.ts";
import { chosenDevices, preview } from "./devices/chosen_devices.ts";
import { drawBoxes, tellFaces } from "./faces/face_boxes.ts";
import { wantsAllFaces } from "./faces/face_choice.ts";
import { find } from "./find.ts";
import { PageError } from "./page_error.ts";
import { sayDoing, sayMissing, sayProblem } from "./say.ts";

/** Boxes over the camera's picture, and what they say to those who do not look. */
const boxes = find("live-boxes");
const seen = find("seen");

/** The camera, the microphone or both, recognised as they go on. */
export class Live {
  readonly #desk: Desk;
  readonly #onChange: (isOn: boolean) => void;
  #capture: Capture | undefined;
  /** Counts what was started and stopped, so that answers that come too late are known as such. */
  #session = 0;

  /**
   * @param onChange Is told when it begins and ends.
   */
  constructor(desk: Desk, onChange: (isOn: boolean) => void) {
    this.#desk = desk;
    this.#onChange = onChange;
  }

  /** Whether devices are open. */
  get isOn(): boolean {
    return this.#capture !== undefined;
  }

  /**
   * Asks for the devices that were ticked and begins.
   *
   * @throws {PageError} If none is allowed, there, or free.
   */
  async start(): Promise<void> {
    const { recognizer, results } = this.#desk;
    const { card } = recognizer;
    const devices = chosenDevices(card);
    const mine = ++this.#session;
    sayDoing("Waiting for camera and microphone …");
    const isSeveral = devices.camera !== undefined && wantsAllFaces();
    results.clear(isSeveral);
    await beginTime(this.#desk, isSeveral ? "all" : "largest");
    preview.hidden = !devices.camera;
    const capture = this.#capture = await Capture.start({
      ...devices,
      onChunk: async (chunk) => {
        try {
          const predictions = await recognizer.push(chunk);
          if (mine !== this.#session) return;
          results.add(predictions);
          if (predictions.length > 0) results.show(...latestParts(predictions));
          if (chunk.frames) this.#showFaces(chunk.frames, await recognizer.faces());
          sayDoing(`Live, the last ${card.windowSeconds} s.`);
        } catch (error) {
          if (mine !== this.#session) return;
          // A silent room is no reason to stop listening.
          if (error instanceof WorkerRecognizerError && error.reason === "InputError") {
            sayDoing(`Live: ${error.message}`);
          } else await this.stop(error);
        }
      },
      onLost: (device, isOtherLeft) => {
        const lost = `The ${device} was taken away.`;
        if (!isOtherLeft) return this.stop(new PageError(lost));
        preview.hidden = !capture.sees;
        hideFaces();
        sayMissing(`${lost} The other one is still used.`);
      },
    });
    preview.hidden = !capture.sees;
    sayMissing(capture.missing);
    this.#onChange(true);
  }

  #showFaces(picture: FrameInput, { faces }: SeenNow): void {
    if (!this.isOn) return;
    drawBoxes(boxes, faces, picture, (face) => this.#desk.results.wordsOf(face));
    const text = tellFaces(faces);
    // A screen reader speaks when the text changes.
    if (seen.textContent !== text) seen.textContent = text;
  }

  /** Closes the devices, because of an error or because somebody wants it. */
  async stop(error?: unknown): Promise<void> {
    this.#session++;
    const capture = this.#capture;
    this.#capture = undefined;
    await capture?.stop();
    preview.hidden = true;
    hideFaces();
    this.#onChange(false);
    if (error) sayProblem(error);
    else sayDoing("Stopped.");
  }
}

/** The last prediction of each subject. */
function latestParts(predictions: readonly FacePrediction[]) {
  const latest = new Map(
    predictions.map(({ faceNumber, ...prediction }) => [
      faceNumber,
      { prediction, ...(faceNumber !== undefined && { face: faceNumber }) },
    ]),
  );
  return [...latest.values()];
}

function hideFaces(): void {
  boxes.replaceChildren();
  seen.textContent = "";
}
