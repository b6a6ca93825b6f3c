import { WHISPER_POSITIONS } from "./whisper_weights.ts";

/** Whisper's positions [1500, width]: sines of wave lengths from 2 pi to 20000 pi, then cosines. */
export function whisperPositions(width: number): Float32Array<ArrayBuffer> {
  const half = width / 2;
  const step = Math.log(10000) / (half - 1);
  return Float32Array.from({ length: WHISPER_POSITIONS * width }, (_, at) => {
    const i = at % width;
    const turn = Math.floor(at / width) * Math.exp(-step * (i % half));
    return i < half ? Math.sin(turn) : Math.cos(turn);
  });
}
