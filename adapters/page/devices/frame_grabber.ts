import type { FrameInput } from "../../../src/recognize/clip_input.ts";

/** How a model wants its pictures. */
export interface PictureSize {
  /** Their height, in pixels. */
  readonly height: number;
  /** How much wider they are made than they were recorded, as in training. */
  readonly stretch: number;
}

/** Copies what a video element or a picture shows, made smaller, as RGBA. */
export class FrameGrabber {
  readonly #context: CanvasRenderingContext2D;

  /** Pictures of at most `height` pixels in height, made wider than they are by the factor `stretch`. */
  constructor(
    readonly source: HTMLVideoElement | ImageBitmap,
    { height, stretch }: PictureSize,
  ) {
    const [sourceWidth, sourceHeight] = source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height];
    const canvas = document.createElement("canvas");
    canvas.height = Math.min(height, sourceHeight);
    const aspect = stretch * sourceWidth / sourceHeight;
    canvas.width = Math.max(1, Math.round(canvas.height * aspect));
    this.#context = canvas.getContext("2d", { willReadFrequently: true, alpha: false })!;
  }

  /** The picture of this moment, [height, width, 4]. */
  grab(): { data: Uint8ClampedArray; height: number; width: number } {
    const { width, height } = this.#context.canvas;
    this.#context.drawImage(this.source, 0, 0, width, height);
    return { data: this.#context.getImageData(0, 0, width, height).data, height, width };
  }

  /** Pictures one after the other as the recogniser takes them. */
  static join(
    pictures: readonly ReturnType<FrameGrabber["grab"]>[],
    fps: number,
  ): FrameInput {
    const { height, width } = pictures[0];
    const size = height * width * 4;
    const data = new Uint8ClampedArray(pictures.length * size);
    pictures.forEach((picture, i) => data.set(picture.data, i * size));
    return { data, n: pictures.length, height, width, channels: 4, fps };
  }
}
