import type { Box } from "../../../models/face_detector.ts";
import type { VideoCard } from "../../recognize/bundle/model_card.ts";
import { pictureSize } from "../../vision/picture_size.ts";
import { resample } from "../../vision/resample.ts";
import { shownAlone } from "./shown_alone.ts";

/** Height and width of a picture. */
export interface Shape {
  /** Rows of pixels. */
  readonly height: number;
  /** Pixels a row. */
  readonly width: number;
}

/** The shape of what a model is shown of one face among several. */
export function shownShape(video: VideoCard, picture: Shape): Shape {
  return video.crop === "face" ? picture : pictureSize(video, { width: 1, height: 1 });
}

/**
 * What a model is shown of one face among several. One that looks for faces gets nothing but what is in the box, as
 * large and at the place where it is, so that it says what it would say of the face alone; one that takes whole
 * pictures gets it large.
 *
 * @param frame RGB [height, width, 3].
 */
export function showFace(
  video: VideoCard,
  frame: Uint8Array,
  picture: Shape,
  box: Box,
): Shape & { readonly data: Uint8Array<ArrayBuffer> } {
  if (video.crop === "face") return { ...picture, data: shownAlone(frame, picture, box) };
  const size = shownShape(video, picture);
  return { ...size, data: resample(frame, { n: 1, ...picture }, box, size) };
}
