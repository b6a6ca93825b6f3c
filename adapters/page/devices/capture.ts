import type { StreamChunk } from "../../../src/recognize/recognizer.ts";
import { FrameGrabber, type PictureSize } from "./frame_grabber.ts";
import { type Device, openDevices } from "./open_devices.ts";

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
  /** Is told when a device is taken away, and whether another one is left. */
  readonly onLost: (device: Device, isOtherLeft: boolean) => void;
}

/** Times a second that sound is sent where there is no camera to set the pace. */
const SOUNDS_A_SECOND = 10;

/** An open camera, microphone or both. */
export class Capture {
  /** What is missing of what was asked for, and why; empty where nothing is. */
  readonly missing: string;
  readonly #stream: MediaStream;
  readonly #options: CaptureOptions;
  readonly #began = performance.now();
  #grabber: FrameGrabber | undefined;
  #audio: AudioContext | undefined;
  #blocks: Float32Array[] = [];
  #samplesSent = 0;
  #soundBegan = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #busy = false;

  private constructor(stream: MediaStream, missing: string, options: CaptureOptions) {
    this.missing = missing;
    this.#stream = stream;
    this.#options = options;
  }

  /**
   * Asks for the devices and starts with those that there are.
   *
   * @throws {PageError} If none of them is allowed, there, or free.
   */
  static async start(options: CaptureOptions): Promise<Capture> {
    const { camera, microphone } = options;
    const { stream, missing } = await openDevices([
      ...(camera ? ["camera" as const] : []),
      ...(microphone ? ["microphone" as const] : []),
    ]);
    const capture = new Capture(stream, missing, options);
    try {
      await capture.#start();
      return capture;
    } catch (error) {
      await capture.stop();
      throw error;
    }
  }

  /** Whether there is a picture. */
  get sees(): boolean {
    return this.#grabber !== undefined;
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
    const { camera } = this.#options;
    for (const track of this.#stream.getTracks()) track.onended = () => this.#lose(track);
    if (this.#stream.getAudioTracks().length > 0) await this.#listen();
    if (camera && this.#stream.getVideoTracks().length > 0) {
      camera.video.srcObject = this.#stream;
      await camera.video.play();
      this.#grabber = new FrameGrabber(camera.video, camera);
    }
    const rate = this.#grabber && camera ? camera.fps : SOUNDS_A_SECOND;
    this.#timer = setInterval(() => this.#send(), 1000 / rate);
  }

  #lose({ kind }: MediaStreamTrack): void {
    // What the camera saw last, and the silence of a microphone that is gone, are nobody's doing.
    if (kind === "video") this.#grabber = undefined;
    else this.#audio?.suspend();
    const isOtherLeft = this.#stream.getTracks().some(({ readyState }) => readyState === "live");
    this.#options.onLost(kind === "video" ? "camera" : "microphone", isOtherLeft);
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

  async #send(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const { camera, onChunk } = this.#options;
      if (this.#blocks.length > 0) await onChunk(this.#sound());
      if (this.#timer === undefined || !this.#grabber || !camera) return;
      const time = this.#now();
      await onChunk({ time, frames: FrameGrabber.join([this.#grabber.grab()], camera.fps) });
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
