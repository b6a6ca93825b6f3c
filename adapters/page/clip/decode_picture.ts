import type { FrameInput } from "../../../src/recognize/clip_input.ts";
import { FrameGrabber, type PictureSize } from "../devices/frame_grabber.ts";
import { PageError } from "../page_error.ts";

/**
 * Decodes a picture with what the browser has, turned as its EXIF orientation says: one frame.
 *
 * @throws {PageError} If the browser cannot decode it.
 */
export async function decodePicture(file: File, size: PictureSize): Promise<FrameInput> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new PageError(
      `This browser finds no picture that it can decode in “${file.name}”. Common formats are JPEG, ` +
        "PNG and WebP.",
    );
  });
  try {
    return FrameGrabber.join([new FrameGrabber(picture, size).grab()], 1);
  } finally {
    picture.close();
  }
}
