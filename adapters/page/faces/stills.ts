import type { SeenFace, SeenNow } from "../../browser/calls.ts";
import type { FrameInput } from "../../../src/recognize/clip_input.ts";
import { find } from "../find.ts";
import { drawBoxes } from "./face_boxes.ts";

/** A picture of a film, and where faces are in it. */
interface Still {
  readonly time: number;
  readonly picture: Blob;
  readonly size: { readonly width: number; readonly height: number };
  readonly faces: readonly SeenFace[];
}

/** Pictures of a film along its time, with boxes about its faces; kept as JPEG, since there may be hundreds. */
export class Stills {
  readonly #film = find("film");
  readonly #canvas = find<HTMLCanvasElement>("still");
  readonly #boxes = find("still-boxes");
  readonly #moment = find<HTMLInputElement>("moment");
  readonly #words: (face: SeenFace, time: number) => string;
  #stills: Still[] = [];

  /** @param words What is said of a face at a time. */
  constructor(words: (face: SeenFace, time: number) => string) {
    this.#words = words;
    this.#moment.addEventListener("input", () => this.#draw());
  }

  /** Takes all pictures away. */
  clear(): void {
    this.#stills = [];
    this.#film.hidden = true;
    this.#boxes.replaceChildren();
  }

  /**
   * Shows that of some frames in which faces were looked for last, and keeps it.
   *
   * @param start When the first of them is, in seconds.
   */
  async add(start: number, frames: FrameInput, { time: looked, faces }: SeenNow): Promise<void> {
    const { width, height, n, fps } = frames;
    const frame = Math.min(n - 1, Math.max(0, Math.round((looked - start) * fps)));
    const time = start + frame / fps;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#canvas.getContext("2d")!.putImageData(imageOf(frames, frame), 0, 0);
    const { promise, resolve } = Promise.withResolvers<Blob | null>();
    this.#canvas.toBlob(resolve, "image/jpeg", 0.8);
    const picture = await promise;
    if (!picture) return;
    this.#stills.push({ time, picture, size: { width, height }, faces });
    this.#film.hidden = false;
    this.#moment.max = `${this.#stills.length - 1}`;
    this.#moment.value = this.#moment.max;
    this.#tell();
  }

  /** What is said of faces may be other words now. */
  refresh(): void {
    if (this.#stills.length > 0) this.#tell();
  }

  async #draw(): Promise<void> {
    const still = this.#stills[this.#moment.valueAsNumber];
    this.#tell();
    const image = await createImageBitmap(still.picture);
    // Somebody may have gone on meanwhile.
    if (still !== this.#stills[this.#moment.valueAsNumber]) return image.close();
    this.#canvas.width = still.size.width;
    this.#canvas.height = still.size.height;
    this.#canvas.getContext("2d")!.drawImage(image, 0, 0);
    image.close();
  }

  #tell(): void {
    const { time, size, faces } = this.#stills[this.#moment.valueAsNumber];
    drawBoxes(this.#boxes, faces, size, (face) => this.#words(face, time));
    const said = faces.map((face) => this.#words(face, time)).join("; ") || "no face";
    find("moment-shown").textContent = `${time.toFixed(1)} s`;
    this.#moment.ariaValueText = `${time.toFixed(1)} s: ${said}`;
    this.#canvas.ariaLabel = `The picture at ${this.#moment.ariaValueText}`;
  }
}

/** One of some frames, as a canvas takes it. */
function imageOf({ data, width, height, channels = 3 }: FrameInput, frame: number): ImageData {
  const image = new ImageData(width, height);
  const size = width * height * channels;
  const pixels = data.subarray(frame * size, (frame + 1) * size);
  if (channels === 4) image.data.set(pixels);
  else {
    for (let at = 0; at < width * height; at++) {
      image.data.set(pixels.subarray(3 * at, 3 * at + 3), 4 * at);
      image.data[4 * at + 3] = 255;
    }
  }
  return image;
}
