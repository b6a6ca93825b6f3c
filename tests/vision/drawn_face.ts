/** A frame [height, width, 3] with a drawn face of half-width `radius` around `cx`, `cy`. */
export function drawnFace(
  height: number,
  width: number,
  cx: number,
  cy: number,
  radius: number,
): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(height * width * 3).fill(245);
  const ellipse = (u: number, v: number, a: number, b: number) => (u / a) ** 2 + (v / b) ** 2 < 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const u = (x + 0.5 - cx) / radius;
      const v = (y + 0.5 - cy) / radius;
      const skin = 1 - 0.25 * Math.abs(u);
      const eye = Math.abs(u) - 0.34;
      const paint = (...rgb: number[]) => frame.set(rgb, at);
      if (ellipse(u, v + 0.15, 0.85, 1.15) && v < 0.3) paint(60, 40, 30);
      if (ellipse(u, v, 0.85, 1) && v > -0.72) paint(225 * skin, 180 * skin, 150 * skin);
      if (ellipse(eye, v + 0.2, 0.17, 0.1)) paint(245, 245, 245);
      if (ellipse(eye, v + 0.2, 0.084, 0.084)) paint(40, 30, 30);
      if (Math.abs(eye) < 0.2 && Math.abs(v + 0.42) < 0.04) paint(60, 40, 30);
      if (Math.abs(u) < 0.05 + 0.16 * Math.max(0, v + 0.1) && v > -0.15 && v < 0.2) {
        paint(190, 140, 115);
      }
      if (ellipse(u, v - 0.5, 0.28, 0.09)) paint(170, 70, 70);
    }
  }
  return frame;
}
