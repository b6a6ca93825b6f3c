/** Points of a face: dlib's 68, those of the iBUG 300-W data set. */
export const LANDMARKS = 68;

/**
 * The landmarks of one clip: on every frame the 68 points of iBUG 300-W (C. Sagonas et al., "300 Faces
 * in-the-Wild Challenge", ICCV Workshops 2013), in dlib's order: jaw 0 to 16, brows 17 to 26, nose 27
 * to 35, eyes 36 to 47, lips 48 to 67, from the left of the picture to its right.
 */
export interface LandmarkTrack {
  /** The points [frames, 68, 2]: x to the right and y down, in pixels. All frames are filled. */
  readonly points: Float32Array;
  /** Time of each frame [frames] in seconds, increasing. */
  readonly timestamps: Float64Array;
  /** 1 where the face was found, 0 where its points were filled in from other frames [frames]. */
  readonly found: Uint8Array;
}
