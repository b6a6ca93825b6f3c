import type { ClipInput } from "../../../src/recognize/clip_input.ts";
import { Capture, type CaptureOptions } from "./capture.ts";
import { PageError } from "../page_error.ts";
import { PieceGatherer } from "./piece_gatherer.ts";

/** How {@linkcode record} records. */
export interface RecordOptions extends Pick<CaptureOptions, "camera" | "microphone"> {
  /** How long, in seconds. */
  readonly seconds: number;
  /** Length of the clips that the recording is cut into, in seconds. */
  readonly pieceSeconds: number;
  /** Receives the clips, in the order of the time; the recording goes on meanwhile. */
  readonly onPiece: (clip: ClipInput) => void;
  /** Is told when recording begins, and what is missing of what was asked for. */
  readonly onStart: (missing: string) => void;
  /** Is told how much has been recorded, 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Ends it early: what has been recorded counts. */
  readonly signal: AbortSignal;
}

/**
 * Records a person by camera, microphone or both, for some seconds.
 *
 * @throws {PageError} If no device can be had, or the last one is taken away.
 */
export async function record(options: RecordOptions): Promise<void> {
  const { camera, microphone, seconds, onPiece, onStart, onProgress, signal } = options;
  const gatherer = new PieceGatherer(options.pieceSeconds);
  const over = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => over.resolve());
  const capture = await Capture.start({
    ...(camera && { camera }),
    microphone,
    onChunk: (chunk) => {
      const piece = gatherer.add(chunk);
      if (piece) onPiece(piece);
      onProgress(gatherer.seconds / seconds);
      if (gatherer.seconds >= seconds) over.resolve();
      return Promise.resolve();
    },
    onLost: (device, isOtherLeft) => {
      if (!isOtherLeft) over.reject(new PageError(`The ${device} was taken away.`));
    },
  });
  try {
    onStart(capture.missing);
    await over.promise;
    const rest = gatherer.rest();
    if (rest) onPiece(rest);
  } finally {
    await capture.stop();
  }
}
