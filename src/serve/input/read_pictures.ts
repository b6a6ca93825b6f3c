import type { FrameInput } from "../../recognize/clip_input.ts";
import type { ServeLimits } from "../limits.ts";
import { numberParameter } from "../media_type.ts";
import { Problem } from "../problem.ts";
import type { UploadPart } from "../upload.ts";
import { decodeJpeg, jpegSize } from "./decode_jpeg.ts";
import { decodePng, pngSize } from "./decode_png.ts";
import { checkFrames } from "./frame_size.ts";
import { sniff } from "./sniff.ts";

/**
 * Decodes JPEG and PNG pictures, the frames of a clip in their order. Their sizes are read and checked
 * before any is decoded.
 *
 * @param fps Frames a second; a single picture may do without.
 * @throws {Problem} 413 if they are too large, too many or too long, 422 if one is damaged or of
 * another size, or `fps` is missing.
 */
export function readPictures(
  parts: readonly UploadPart[],
  fps: number | undefined,
  limits: ServeLimits,
): FrameInput {
  if (fps === undefined && parts.length > 1) {
    throw new Problem(422, "fps is missing: how many of the pictures are shown in a second");
  }
  const decoders = parts.map((part) => {
    const kind = sniff(part);
    if (kind === "jpeg") return { size: jpegSize(part.bytes), decode: decodeJpeg };
    if (kind === "png") return { size: pngSize(part.bytes), decode: decodePng };
    throw new Problem(415, "a frame is neither JPEG nor PNG nor video/raw");
  });
  const { width, height } = decoders[0].size;
  const n = parts.length, rate = fps ?? 1;
  checkFrames({ n, width, height, channels: 3, fps: rate }, limits);
  const other = decoders.find(({ size }) => size.width !== width || size.height !== height);
  if (other) {
    throw new Problem(
      422,
      `frames have to be of one size: the first has ${width} x ${height} pixels, another ` +
        `${other.size.width} x ${other.size.height}`,
    );
  }
  const frameBytes = width * height * 3;
  const data = new Uint8Array(n * frameBytes);
  for (const [i, { decode }] of decoders.entries()) {
    const picture = decode(parts[i].bytes);
    if (picture.data.length !== frameBytes) {
      throw new Problem(422, "a picture is damaged: its header misstates its size");
    }
    data.set(picture.data, i * frameBytes);
  }
  return { data, n, width, height, channels: 3, fps: rate };
}

/**
 * Takes bare RGB or RGBA frames: `video/raw; sampling=RGB; width=227; height=128; fps=30`, named after
 * RFC 4175.
 *
 * @throws {Problem} 413 if they are too large, too many or too long, 415 for another sampling, 422 for a
 * bad parameter, or if the bytes are not a whole number of frames.
 */
export function readRawFrames(part: UploadPart, limits: ServeLimits): FrameInput {
  const { sampling = "RGB", depth = "8" } = part.parameters;
  const channels = ({ RGB: 3, RGBA: 4 } as const)[sampling.toUpperCase()];
  if (channels === undefined || depth !== "8") {
    throw new Problem(
      415,
      `sampling is ${sampling}, depth ${depth}; allowed: RGB or RGBA of depth 8`,
    );
  }
  const width = numberParameter(part, "width");
  const height = numberParameter(part, "height");
  const fps = numberParameter(part, "fps");
  const n = part.bytes.length / (width * height * channels);
  // The size first: a frame that is too large is seldom there as a whole.
  checkFrames({ n: Math.max(1, Math.ceil(n)), width, height, channels, fps }, limits);
  if (!Number.isInteger(n) || n === 0) {
    throw new Problem(
      422,
      `${part.bytes.length} bytes are not a whole number of ${width} x ${height} ${sampling} frames`,
    );
  }
  return { data: part.bytes, n, width, height, channels, fps };
}
