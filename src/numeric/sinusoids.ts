/**
 * Positions [places, width] as numbers: sines of wave lengths from 2 pi to 20000 pi, then cosines, place by place
 * (A. Vaswani et al., "Attention is all you need", 2017; the halves side by side, as Whisper has them).
 */
export function sinusoids(places: number, width: number): Float32Array<ArrayBuffer> {
  const half = width / 2;
  const step = Math.log(10000) / (half - 1);
  return Float32Array.from({ length: places * width }, (_, at) => {
    const i = at % width;
    const turn = Math.floor(at / width) * Math.exp(-step * (i % half));
    return i < half ? Math.sin(turn) : Math.cos(turn);
  });
}
