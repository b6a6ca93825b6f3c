import type { Colour, Looks } from "./actor.ts";
import type { Canvas } from "./canvas.ts";
import { ellipse, type Point, smoothCurve, stroke } from "./curves.ts";
import { drawBrows, drawEyes, drawMouth, drawNose } from "./features.ts";
import type { FacePose } from "./face_pose.ts";
import { Projection } from "./projection.ts";
import { blend, darker, lighter } from "./shades.ts";

/**
 * Draws head and shoulders of an actor in front of a wall: from back to front, so that each part
 * covers what lies behind it.
 */
export function drawFace(canvas: Canvas, looks: Looks, pose: FacePose): void {
  const place = new Projection(pose, canvas.width, canvas.height);
  canvas.background(lighter(looks.wall, 0.25), darker(looks.wall, 0.06));
  drawBody(canvas, looks, place);
  drawHead(canvas, looks, pose, place);
  drawNose(canvas, looks, pose, place);
  drawMouth(canvas, looks, pose, place);
  drawEyes(canvas, looks, pose, place);
  drawBrows(canvas, looks, pose, place);
  drawHair(canvas, looks, place);
}

/** The outline of the head, chin lowered by an open mouth. */
function outline(looks: Looks, opening: number): Point[] {
  const { width, jaw } = looks;
  const drop = 0.07 * opening;
  const right: Point[] = [
    [0.46, -0.93],
    [0.79, -0.74],
    [0.97, -0.43],
    [1, -0.08],
    [0.96, 0.22],
    [0.86 + 0.07 * jaw, 0.46 + drop / 3],
    [0.66 + 0.13 * jaw, 0.69 + drop / 2],
    [0.42 + 0.13 * jaw, 0.87 + drop],
    [0.2 + 0.08 * jaw, 0.97 + drop],
  ];
  const left = right.map(([x, y]): Point => [-x, y]).reverse();
  const all: Point[] = [[0, -1], ...right, [0, 1 + drop], ...left];
  return all.map(([x, y]): Point => [x * width, y]);
}

function drawBody(canvas: Canvas, looks: Looks, place: Projection): void {
  const { hairLength, width } = looks;
  if (hairLength > 0.3) {
    const low = 0.45 + 0.75 * hairLength;
    canvas.fill(
      place.path(smoothCurve([
        [0, -1.12],
        [width * 0.95, -0.8],
        [width * 1.22, 0],
        [width * 1.2, low - 0.1],
        [width * 0.75, low],
        [-width * 0.75, low],
        [-width * 1.2, low - 0.1],
        [-width * 1.22, 0],
        [-width * 0.95, -0.8],
      ], true)),
      darker(looks.hair, 0.25),
    );
  }
  const neck = 0.5 * width + 0.06 * looks.jaw;
  canvas.fill(
    place.path(
      smoothCurve([[-neck, 0.5], [-neck, 1.05], [-neck - 0.2, 1.7]]).concat(
        smoothCurve([[neck + 0.2, 1.7], [neck, 1.05], [neck, 0.5]]),
      ),
    ),
    darker(looks.skin, 0.2),
  );
  canvas.blob(...place.point(0, 0.98), place.length(0.5), place.length(0.3), [0, 0, 0], 0.28);
  const slope = 0.3 - 0.1 * looks.jaw;
  canvas.fill(
    place.path([
      ...smoothCurve([[-2, 2.6], [-1.75, 1.62 + slope], [-1, 1.3], [-neck - 0.1, 1.14]]),
      ...smoothCurve([[-neck - 0.1, 1.14], [0, 1.42], [neck + 0.1, 1.14]]),
      ...smoothCurve([[neck + 0.1, 1.14], [1, 1.3], [1.75, 1.62 + slope], [2, 2.6]]),
    ]),
    looks.shirt,
  );
}

function drawHead(canvas: Canvas, looks: Looks, pose: FacePose, place: Projection): void {
  const { skin, width } = looks;
  for (const side of [-1, 1]) {
    canvas.fill(place.path(ellipse(side * width * 1.02, -0.02, 0.09, 0.19)), darker(skin, 0.1));
    canvas.fill(place.path(ellipse(side * width * 1.03, -0.02, 0.05, 0.13)), darker(skin, 0.25));
  }
  const head = place.path(smoothCurve(outline(looks, pose.opening), true));
  canvas.fill(head, skin);
  canvas.clip(head);
  const shade = (x: number, y: number, rx: number, ry: number, colour: Colour, opacity: number) =>
    canvas.blob(...place.point(x, y), place.length(rx), place.length(ry), colour, opacity);
  const shadow = darker(skin, 0.45);
  const light = lighter(skin, 0.5);
  shade(0, -0.55, 0.55, 0.35, light, 0.35);
  shade(0, 0.8, 0.24, 0.16, light, 0.25);
  for (const side of [-1, 1]) {
    shade(side * width * 0.98, 0.15, 0.3, 0.9, shadow, 0.42);
    shade(side * 0.42, 0.2, 0.24, 0.2, light, 0.22 + 0.18 * pose.smile);
    shade(side * 0.46, 0.26, 0.24, 0.2, [skin[0], skin[1] * 0.7, skin[2] * 0.7], 0.25);
    shade(side * looks.eyeGap, -0.13, 0.26, 0.17, shadow, 0.38);
    // A clenched jaw: the muscle in front of the ear stands out.
    shade(side * width * 0.8, 0.5, 0.16, 0.26, shadow, 0.35 * pose.anger);
  }
  shade(0, 0.68, 0.26, 0.09, shadow, 0.4);
  canvas.unclip();
  // Lines from the nose to the corners of the mouth, deeper in a smile and in a sneer.
  for (const side of [-1, 1]) {
    const fold: Point[] = [[side * 0.18, 0.22], [side * 0.29, 0.34], [side * 0.34, 0.48]];
    const deep = 0.1 + 0.28 * Math.max(0.9 * pose.anger, 0.8 * pose.smile);
    canvas.fill(place.path(stroke(fold, [0.006, 0.016, 0.004])), shadow, Math.min(0.5, deep));
  }
}

function drawHair(canvas: Canvas, looks: Looks, place: Projection): void {
  const { hair, width, fringe, parting, hairLength } = looks;
  const line = -1 + 0.45 * fringe + 0.16;
  const outer: Point[] = [
    [-width * 1.05, -0.16],
    [-width * 1.1, -0.5],
    [-width * 0.86, -0.9],
    [-width * 0.4, -1.13],
    [width * 0.1, -1.17],
    [width * 0.5, -1.11],
    [width * 0.9, -0.87],
    [width * 1.1, -0.5],
    [width * 1.05, -0.16],
  ];
  const inner: Point[] = [
    [width * 0.95, -0.3],
    [width * 0.84, line + 0.3],
    [width * 0.5, line + 0.1 * (1 - parting)],
    [width * 0.35 * parting, line - 0.03],
    [-width * 0.5, line + 0.1 * (1 + parting)],
    [-width * 0.84, line + 0.3],
    [-width * 0.95, -0.3],
  ];
  canvas.fill(place.path(smoothCurve([...outer, ...inner], true)), hair);
  const shine = blend(hair, [255, 245, 230], 0.35);
  canvas.blob(...place.point(-0.2, -0.98), place.length(0.4), place.length(0.14), shine, 0.5);
  if (hairLength > 0.3) {
    for (const side of [-1, 1]) {
      const low = 0.35 + 0.75 * hairLength;
      const lock: Point[] = [
        [side * width * 0.98, -0.45],
        [side * width * 1.1, 0.05],
        [side * width * 1.04, low],
      ];
      canvas.fill(place.path(stroke(lock, [0.07, 0.1, 0.05])), hair);
    }
  }
}
