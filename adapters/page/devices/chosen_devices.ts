import type { ModelCard } from "../../../src/recognize/bundle/model_card.ts";
import type { CaptureOptions } from "./capture.ts";
import { find } from "../find.ts";
import { PageError } from "../page_error.ts";

/** Pictures a second of the camera that are looked at, at most; a computer that cannot keep up leaves some out. */
const CAMERA_FPS = 10;

const useCamera = find<HTMLInputElement>("use-camera");
const useMicrophone = find<HTMLInputElement>("use-microphone");

/** Where the camera is shown. */
export const preview = find<HTMLVideoElement>("preview");

/** Offers the devices that a model has use for. */
export function offerDevices({ video, audio }: ModelCard): void {
  for (const [box, part] of [[useCamera, video], [useMicrophone, audio]] as const) {
    box.checked = part !== undefined;
    box.disabled = part === undefined;
  }
}

/**
 * The devices that were ticked.
 *
 * @throws {PageError} If none is.
 */
export function chosenDevices(
  { video }: ModelCard,
): Pick<CaptureOptions, "camera" | "microphone"> {
  if (!useCamera.checked && !useMicrophone.checked) {
    throw new PageError("Tick camera, microphone or both.");
  }
  return {
    ...(useCamera.checked && video &&
      { camera: { ...video, video: preview, fps: Math.min(CAMERA_FPS, video.fps) } }),
    microphone: useMicrophone.checked,
  };
}
