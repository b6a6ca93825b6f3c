import { faceSize } from "../../vision/faces/face_size.ts";
import { FaceFollower, type FaceTrack } from "../../vision/faces/follow_faces.ts";
import { LEAST_LOOKS } from "./choose_tracks.ts";
import type { FacesAt, NumberedFace } from "./face_streams.ts";
import { type FaceFinder, LOOKS } from "./find_faces.ts";

/** Times that differ by less are the same, in seconds. */
const SAME = 1e-6;

/**
 * Follows the faces of a recording that goes on: a face counts once it has been seen in as many looks as one of a film
 * has to last, and has its number from then on. Of more than `most` the largest of those that come count; who counts
 * already goes on to.
 */
export function followLive({ detector, most }: FaceFinder): FacesAt {
  const follower = new FaceFollower();
  let last = -1;
  let counted: NumberedFace[] = [];
  let numbers = 0;
  return (time, picture, { height, width }) => {
    const look = Math.floor((time + SAME) * LOOKS);
    if (look <= last) return counted;
    last = look;
    const found = follower.see(look, detector.detect(picture, height, width));
    counted = counted.filter(({ track }) => follower.isFollowed(track));
    const fresh = found.filter((track) =>
      track.length >= LEAST_LOOKS && counted.every((one) => one.track !== track)
    ).sort((a, b) => sizeNow(b) - sizeNow(a)).slice(0, Math.max(0, most - counted.length));
    counted = [
      ...counted,
      ...fresh.sort((a, b) => a.at(-1)!.face.x - b.at(-1)!.face.x)
        .map((track) => ({ number: ++numbers, track })),
    ];
    return counted;
  };
}

/** The faces of a film that was gone through before: those of its tracks that last, in their order. */
export function followTracks(tracks: readonly FaceTrack[]): FacesAt {
  const numbered = tracks.map((track, i) => ({ number: i + 1, track }));
  return (time) =>
    numbered.filter(({ track }) =>
      time >= track[0].look / LOOKS - SAME && time < (track.at(-1)!.look + 1) / LOOKS - SAME
    );
}

function sizeNow(track: FaceTrack): number {
  return faceSize(track.at(-1)!.face);
}
