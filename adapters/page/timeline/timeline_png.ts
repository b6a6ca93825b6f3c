import type { TimedPrediction } from "../../../src/recognize/prediction.ts";
import { layOutTimeline, LEFT, ROW } from "./timeline_layout.ts";

/** Width of the picture in CSS pixels, its margin, and pixels for each of these. */
const WIDTH = 960;
const MARGIN = 16;
const SCALE = 2;

/**
 * The timeline as a PNG, in the colours of the page as it is shown.
 *
 * @param seconds Length of the clip; undefined where it goes on.
 */
export function timelinePng(
  labels: readonly string[],
  predictions: readonly TimedPrediction[],
  seconds?: number,
): Promise<Blob> {
  const { fields, ticks } = layOutTimeline(labels, predictions, seconds);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const height = labels.length * ROW;
  const width = WIDTH - 2 * MARGIN;
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * WIDTH;
  canvas.height = SCALE * (height + 24 + 2 * MARGIN);
  const to = canvas.getContext("2d")!;
  to.scale(SCALE, SCALE);
  to.fillStyle = colour("paper");
  to.fillRect(0, 0, canvas.width, canvas.height);
  to.translate(MARGIN, MARGIN);
  to.fillStyle = colour("faint");
  to.fillRect(LEFT * width, 0, (1 - LEFT) * width, height);
  for (const { row, x, width: share, share: opacity, isGiven } of fields) {
    const place = [x * width, row * ROW + 2, share * width, ROW - 4] as const;
    to.globalAlpha = opacity;
    to.fillStyle = colour(`t${row % 8}`);
    to.fillRect(...place);
    to.globalAlpha = 1;
    if (!isGiven) continue;
    to.strokeStyle = colour("ink");
    to.lineWidth = 1.5;
    to.strokeRect(...place);
  }
  to.font = "12px system-ui, sans-serif";
  to.fillStyle = colour("soft");
  labels.forEach((label, row) => to.fillText(label, 0, row * ROW + 15));
  for (const { x, text, anchor } of ticks) {
    to.textAlign = anchor === "middle" ? "center" : anchor;
    to.fillText(text, x * width, height + 16);
  }
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture can be made")));
  return promise;
}
