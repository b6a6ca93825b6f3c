import { PageError } from "../page_error.ts";

/** A device that a page can be lent. */
export type Device = "camera" | "microphone";

/** What {@linkcode openDevices} opens. */
export interface OpenDevices {
  /** Picture, sound or both. */
  readonly stream: MediaStream;
  /** What is not there of what was asked for, and why: one sentence or two. Empty where nothing is missing. */
  readonly missing: string;
}

/** What went wrong, by the names of the errors of getUserMedia, and what can be done. */
const REFUSALS: Readonly<Record<string, string>> = {
  NotAllowedError:
    "was not allowed. Allow it in the browser's settings for this page, then start again.",
  NotFoundError: "was not found. Is it connected?",
  NotReadableError: "is in use by another program, or does not answer.",
};

const CONSTRAINTS: Readonly<Record<Device, MediaStreamConstraints>> = {
  camera: { video: { facingMode: "user", width: { ideal: 640 } } },
  // What a browser does for phone calls changes the voice.
  microphone: {
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  },
};

/**
 * Asks for devices, all with one question. Where one of two cannot be had, the other one is opened alone.
 *
 * @throws {PageError} If none is allowed, there, or free.
 */
export async function openDevices(wanted: readonly Device[]): Promise<OpenDevices> {
  if (!navigator.mediaDevices) {
    throw new PageError("This browser lends neither camera nor microphone to this page.");
  }
  try {
    return { stream: await open(wanted), missing: "" };
  } catch (error) {
    if (wanted.length < 2 || await wasWavedAside(error)) throw refusal(wanted, error);
    let reason = error;
    for (const one of wanted) {
      try {
        const stream = await open([one]);
        const others = wanted.filter((device) => device !== one);
        return { stream, missing: `${refusal(others, reason).message} Only the ${one} is used.` };
      } catch (alone) {
        // If the next one opens, this is why this one is missing.
        reason = alone;
      }
    }
    throw refusal(wanted, error);
  }
}

function open(devices: readonly Device[]): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia(
    Object.assign({}, ...devices.map((device) => CONSTRAINTS[device])),
  );
}

/** Whether a person closed the question without deciding: to ask again at once would be a nuisance. */
async function wasWavedAside(error: unknown): Promise<boolean> {
  if ((error as DOMException).name !== "NotAllowedError") return false;
  const states = await Promise.all(
    (["camera", "microphone"] as const).map((name) =>
      navigator.permissions.query({ name }).then(({ state }) => state, () => "prompt")
    ),
  );
  return states.every((state) => state === "prompt");
}

function refusal(devices: readonly Device[], error: unknown): PageError {
  const { name, message } = error as DOMException;
  const what = devices.length > 1 ? "Camera or microphone" : `The ${devices[0]}`;
  return new PageError(`${what} ${REFUSALS[name] ?? `cannot be opened: ${message}`}`);
}
