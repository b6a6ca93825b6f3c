import type { FrameInput } from "../../../src/recognize/clip_input.ts";
import { FrameGrabber, type PictureSize } from "../devices/frame_grabber.ts";
import { PageError } from "../page_error.ts";
import { checkLength } from "./check_length.ts";

/** A browser that says nothing for so long while it opens a clip or looks for a picture, in ms, never will. */
const PATIENCE = 15000;

/** How {@linkcode decodePicture} decodes. */
export interface DecodePictureOptions {
  /** The pictures, and how many there are a second. */
  readonly picture: PictureSize & { readonly fps: number };
  /** Length of its sound, in seconds, where it is known. */
  readonly soundSeconds?: number;
  /** A longer clip is refused, in seconds. */
  readonly maxSeconds: number;
  /** Is told how much has been read, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Decodes the pictures of a film with a video element and a canvas; undefined where there are none that the browser
 * knows.
 *
 * @throws {PageError} If it breaks off, is too long, or its length is not known.
 */
export async function decodePicture(
  file: File,
  { picture: { fps, ...size }, soundSeconds, maxSeconds, onProgress }: DecodePictureOptions,
): Promise<FrameInput | undefined> {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  video.src = URL.createObjectURL(file);
  try {
    // Sound alone, or nothing that this browser knows.
    if (!await happens(video, "loadeddata") || video.videoWidth === 0) return undefined;
    // Recordings of a browser do not say how long they are.
    const seconds = Number.isFinite(video.duration) ? video.duration : soundSeconds;
    if (seconds === undefined) {
      throw new PageError(`“${file.name}” does not say how long it is and has no sound.`);
    }
    checkLength(seconds, maxSeconds);
    const grabber = new FrameGrabber(video, size);
    const n = Math.max(1, Math.floor(seconds * fps + 1e-6));
    const pictures = [];
    for (let i = 0; i < n; i++) {
      // The middle of the picture's time: its edges are other pictures' edges as well.
      video.currentTime = Math.min((i + 0.5) / fps, seconds);
      if (!await happens(video, "seeked")) {
        if (pictures.length === 0) return undefined;
        throw new PageError(`“${file.name}” cannot be read beyond ${(i / fps).toFixed(1)} s.`);
      }
      pictures.push(grabber.grab());
      onProgress((i + 1) / n);
    }
    return FrameGrabber.join(pictures, fps);
  } finally {
    URL.revokeObjectURL(video.src);
    video.removeAttribute("src");
    video.load();
  }
}

/** Whether an event comes, instead of an error or nothing. */
function happens(video: HTMLVideoElement, event: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const yes = () => resolve(true);
  const no = () => resolve(false);
  video.addEventListener(event, yes, { once: true });
  video.addEventListener("error", no, { once: true });
  const timer = setTimeout(no, PATIENCE);
  return promise.finally(() => {
    clearTimeout(timer);
    video.removeEventListener(event, yes);
    video.removeEventListener("error", no);
  });
}
