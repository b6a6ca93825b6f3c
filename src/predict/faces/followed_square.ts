import type { FrameShape } from "../../../models/backbone.ts";
import type { Box } from "../../../models/face_detector.ts";
import type { FaceTrack } from "../../vision/faces/follow_faces.ts";
import { steadySquare } from "../../vision/faces/steady_square.ts";
import { LOOKS } from "./find_faces.ts";

/** What is left about a face on each side, as a part of its size: the model looks for it there. */
const MARGIN = 0.4;

/** Looks before and after a moment whose median says where the face is. */
const STEADY = 2;

/**
 * What of a picture is shown to the model of a followed face.
 *
 * @param time Seconds since the first look.
 */
export function followedSquare(
  track: FaceTrack,
  time: number,
  picture: Pick<FrameShape, "height" | "width">,
): Box {
  return steadySquare(facesAbout(track, time), picture, MARGIN);
}

/** What the face of a track is like about a time: its looks within half a second, or the nearest one. */
export function facesAbout(track: FaceTrack, time: number): FaceTrack[number]["face"][] {
  const look = time * LOOKS;
  const near = track.filter((found) => Math.abs(found.look - look) <= STEADY);
  if (near.length > 0) return near.map(({ face }) => face);
  const distance = (found: FaceTrack[number]) => Math.abs(found.look - look);
  return [track.reduce((best, found) => distance(found) < distance(best) ? found : best).face];
}
