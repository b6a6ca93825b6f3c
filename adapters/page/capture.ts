import type { StreamChunk } from "../../src/recognize/recognizer.ts";
import { FrameGrabber, type PictureSize } from "./frame_grabber.ts";
import { PageError } from "./page_error.ts";

/** What {@linkcode Capture.start} opens. */
export interface CaptureOptions {
  /** Where the camera is shown, the pictures that are taken of it, and how many a second. */
  readonly camera?: PictureSize & {
    readonly video: HTMLVideoElement;
    readonly fps: number;
  };
  /** Whether the microphone is opened. */
  readonly microphone: boolean;
  /**
   * Receives what is seen and heard. While its promise waits, no further picture is taken, and sound is
   * collected.
   */
  readonly onChunk: (chunk: StreamChunk) => Promise<void>;
  /** Is told when a device is taken away. */
  readonly onLost: () => void;
}

/** An open camera, microphone or both. */
export class Capture {
  readonly #stream: MediaStream;
  readonly #options: CaptureOptions;
  readonly #began = performance.now();
  #audio: AudioContext | undefined;
  #blocks: Float32Array[] = [];
  #samplesSent = 0;
  #soundBegan = 0;
  #timer: number | undefined;
  #busy = false;

  private constructor(stream: MediaStream, options: CaptureOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  /**
   * Asks for the devices and starts.
   *
   * @throws {PageError} If they are not allowed, not there, or in use.
   */
  static async start(options: CaptureOptions): Promise<Capture> {
    const stream = await askFor(options);
    const capture = new Capture(stream, options);
    try {
      await capture.#start();
      return capture;
    } catch (error) {
      await capture.stop();
      throw error;
    }
  }

  /** Closes the devices. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const track of this.#stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    if (this.#options.camera) this.#options.camera.video.srcObject = null;
    await this.#audio?.close();
    this.#audio = undefined;
  }

  async #start(): Promise<void> {
    const { camera, microphone, onLost } = this.#options;
    for (const track of this.#stream.getTracks()) track.onended = onLost;
    if (microphone) await this.#listen();
    let grabber: FrameGrabber | undefined;
    if (camera) {
      camera.video.srcObject = this.#stream;
      await camera.video.play();
      grabber = new FrameGrabber(camera.video, camera);
    }
    this.#timer = setInterval(() => this.#send(grabber), 1000 / (camera?.fps ?? 10));
  }

  async #listen(): Promise<void> {
    const audio = this.#audio = new AudioContext();
    await audio.audioWorklet.addModule(new URL("./microphone_worklet.js", import.meta.url));
    const node = new AudioWorkletNode(audio, "emofuse-microphone", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
      if (this.#samplesSent === 0 && this.#blocks.length === 0) {
        this.#soundBegan = this.#now() - data.length / audio.sampleRate;
      }
      this.#blocks.push(data);
    };
    audio.createMediaStreamSource(this.#stream).connect(node);
    await audio.resume();
  }

  /** Seconds since the start. */
  #now(): number {
    return (performance.now() - this.#began) / 1000;
  }

  async #send(grabber: FrameGrabber | undefined): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const { camera, onChunk } = this.#options;
      if (this.#blocks.length > 0) await onChunk(this.#sound());
      if (this.#timer === undefined || !grabber || !camera) return;
      const time = this.#now();
      await onChunk({ time, frames: FrameGrabber.join([grabber.grab()], camera.fps) });
    } finally {
      this.#busy = false;
    }
  }

  /** All that was heard since the last time. */
  #sound(): StreamChunk {
    const sampleRate = this.#audio!.sampleRate;
    const samples = new Float32Array(this.#blocks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const block of this.#blocks) {
      samples.set(block, at);
      at += block.length;
    }
    this.#blocks = [];
    const time = Math.max(0, this.#soundBegan) + this.#samplesSent / sampleRate;
    this.#samplesSent += samples.length;
    return { time, samples, sampleRate };
  }
}

/** What went wrong, by the names of the errors of getUserMedia, and what can be done. */
const REFUSALS: Readonly<Record<string, string>> = {
  NotAllowedError:
    "was not allowed. Allow it in the browser's settings for this page, then start again.",
  NotFoundError: "was not found. Is it connected?",
  NotReadableError: "is in use by another program, or does not answer.",
};

async function askFor({ camera, microphone }: CaptureOptions): Promise<MediaStream> {
  const what = camera ? microphone ? "Camera or microphone" : "The camera" : "The microphone";
  if (!navigator.mediaDevices) {
    throw new PageError(
      "Browsers lend camera and microphone only to pages that come over https or from this computer.",
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: camera ? { facingMode: "user", width: { ideal: 640 } } : false,
      // What a browser does for phone calls changes the voice.
      audio: microphone
        ? { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
        : false,
    });
  } catch (error) {
    const { name, message } = error as DOMException;
    throw new PageError(`${what} ${REFUSALS[name] ?? `cannot be opened: ${message}`}`);
  }
}
