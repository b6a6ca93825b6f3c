/** Pictures of one size, one behind the other in one array. */
export function joinFrames(frames: Iterable<Uint8Array>, count: number): Uint8Array<ArrayBuffer> {
  let all = new Uint8Array();
  let at = 0;
  for (const frame of frames) {
    if (at === 0) all = new Uint8Array(frame.length * count);
    all.set(frame, at);
    at += frame.length;
  }
  return all;
}
