import type { Looks } from "./actor.ts";
import type { Canvas } from "./canvas.ts";
import { ellipse, type Point, smoothCurve, stroke } from "./curves.ts";
import type { FacePose } from "./face_pose.ts";
import type { Projection } from "./projection.ts";
import { blend, darker, lighter } from "./shades.ts";

/** Height of the eyes on the face. */
const EYE_Y = -0.12;
/** Height of the mouth on the face. */
const MOUTH_Y = 0.5;

/** Draws both eyes: anger narrows them and weighs on their inner corners, a smile lifts the lower lid. */
export function drawEyes(canvas: Canvas, looks: Looks, pose: FacePose, place: Projection): void {
  const open = 1 - pose.blink;
  const up = looks.eyeHeight * open * (1 - 0.28 * pose.anger) + 0.004;
  const down = looks.eyeHeight * 0.72 * open * (1 - 0.32 * pose.anger - 0.28 * pose.smile);
  for (const side of [-1, 1]) {
    // u runs from -1 at the inner to 1 at the outer corner.
    const x = (u: number) => side * (looks.eyeGap + looks.eyeWidth * u);
    const upper = (u: number) =>
      EYE_Y - up * (1 - u * u) ** 0.7 - 0.012 * u * (1 + pose.anger) -
      0.018 * pose.anger * (u - 1) * 0.5;
    const lower = (u: number) => EYE_Y + down * (1 - u * u) ** 0.8 - 0.012 * u * (1 + pose.anger);
    const steps = [-1, -0.8, -0.5, -0.15, 0.2, 0.55, 0.82, 1];
    const lid = steps.map((u): Point => [x(u), upper(u)]);
    const almond = [
      ...lid,
      ...steps.toReversed().map((u): Point => [x(u), Math.max(upper(u), lower(u))]),
    ].flat();
    canvas.fill(place.path(almond), blend([238, 235, 232], looks.skin, 0.12));

    const eyeball = (radius: number) => {
      const middle = side * looks.eyeGap + pose.gaze;
      const disc = ellipse(middle, EYE_Y - 0.012, radius, radius, 18);
      for (let i = 0; i < disc.length; i += 2) {
        const u = Math.min(1, Math.max(-1, (side * disc[i] - looks.eyeGap) / looks.eyeWidth));
        disc[i + 1] = Math.min(Math.max(disc[i + 1], upper(u)), Math.max(upper(u), lower(u)));
      }
      return place.path(disc);
    };
    canvas.fill(eyeball(0.066), looks.iris);
    canvas.fill(eyeball(0.032), [14, 10, 10]);
    if (open > 0.5) {
      const glint = ellipse(side * looks.eyeGap + pose.gaze - 0.018, EYE_Y - 0.03, 0.011, 0.011, 8);
      canvas.fill(place.path(glint), [255, 255, 255], 0.85);
    }
    const lashes = 0.009 + 0.006 * looks.hairLength;
    canvas.fill(
      place.path(stroke(lid, steps.map((u) => lashes * (1.15 - 0.5 * u * u)))),
      darker(looks.hair, 0.6),
      0.9,
    );
    const crease = steps.map((u): Point => [x(u), upper(u) - 0.035 + 0.012 * pose.anger]);
    canvas.fill(place.path(stroke(crease, steps.map(() => 0.006))), darker(looks.skin, 0.5), 0.45);
    const rim = steps.map((u): Point => [x(u), Math.max(upper(u), lower(u)) + 0.004]);
    canvas.fill(place.path(stroke(rim, steps.map(() => 0.005))), darker(looks.skin, 0.5), 0.5);
    const bag = steps.map((
      u,
    ): Point => [x(u), EYE_Y + looks.eyeHeight + 0.03 + 0.02 * (1 - u * u)]);
    canvas.fill(
      place.path(stroke(bag, steps.map(() => 0.007))),
      darker(looks.skin, 0.4),
      0.12 + 0.2 * Math.max(pose.anger, pose.smile),
    );
  }
}

/** Draws the brows: anger lowers them, draws their inner ends down and together and folds the skin between. */
export function drawBrows(canvas: Canvas, looks: Looks, pose: FacePose, place: Projection): void {
  const { anger, smile } = pose;
  const height = EYE_Y - looks.browHeight - 0.012 * smile;
  const inner = height + looks.browStern + 0.105 * anger;
  for (const side of [-1, 1]) {
    const brow: Point[] = [
      [side * (0.135 - 0.032 * anger), inner + 0.02],
      [side * (0.24 - 0.015 * anger), inner - 0.01 - 0.03 * anger],
      [side * 0.38, height - 0.025 + 0.045 * anger],
      [side * 0.5, height + 0.035 + 0.015 * anger],
    ];
    const thick = looks.browThickness;
    const path = place.path(
      stroke(brow, [thick * 0.8, thick * 1.1, thick * 0.9, thick * 0.15]),
      0.04,
    );
    canvas.fill(path, darker(looks.hair, 0.4), 0.9);
    const frown: Point[] = [
      [side * 0.05, -0.34 + 0.02 * anger],
      [side * 0.042, -0.25],
      [side * 0.055, -0.16],
    ];
    canvas.fill(
      place.path(stroke(frown, [0.003, 0.011, 0.003])),
      darker(looks.skin, 0.55),
      Math.min(0.7, 0.65 * anger),
    );
  }
}

/** Draws the nose: anger flares the nostrils. */
export function drawNose(canvas: Canvas, looks: Looks, pose: FacePose, place: Projection): void {
  const { skin } = looks;
  const flare = 1 + 0.16 * pose.anger;
  const half = looks.noseWidth * flare;
  const stands = 0.14;
  const blob = (x: number, y: number, rx: number, ry: number, bright: boolean, opacity: number) =>
    canvas.blob(
      ...place.point(x, y, stands),
      place.length(rx),
      place.length(ry),
      bright ? lighter(skin, 0.55) : darker(skin, 0.45),
      opacity,
    );
  blob(0, 0.02, 0.05, 0.3, true, 0.3);
  for (const side of [-1, 1]) {
    blob(side * 0.1, -0.02, 0.07, 0.28, false, 0.22);
    blob(side * half, 0.24, 0.07, 0.08, false, 0.3);
  }
  blob(0, 0.31, half, 0.06, false, 0.35);
  blob(0, 0.2, 0.08, 0.08, true, 0.4);
  for (const side of [-1, 1]) {
    const nostril = ellipse(side * half * 0.52, 0.28, 0.036 * flare, 0.017, 12);
    canvas.fill(place.path(nostril, stands * 0.7), darker(skin, 0.8), 0.85);
    const wing: Point[] = [
      [side * half * 0.86, 0.17],
      [side * half * 1.05, 0.235],
      [side * half * 0.82, 0.285],
    ];
    canvas.fill(
      place.path(stroke(wing, [0.003, 0.01, 0.004]), stands * 0.5),
      darker(skin, 0.5),
      0.55,
    );
  }
}

/** Draws the mouth: it follows the speech; anger presses it wide and square, calm curls its corners up. */
export function drawMouth(canvas: Canvas, looks: Looks, pose: FacePose, place: Projection): void {
  const { anger, smile, rounding, opening } = pose;
  const half = looks.mouthWidth * (1 + 0.15 * smile + 0.13 * anger) * (1 - 0.26 * rounding);
  const gap = 0.24 * opening;
  const pressed = 1 - 0.5 * Math.min(1, anger) * Math.max(0, 1 - 4 * opening);
  const lips = looks.lips * pressed;
  const corner = MOUTH_Y - looks.mouthMood - 0.055 * smile + 0.045 * anger + 0.25 * gap;
  const top = MOUTH_Y - 0.3 * gap;
  const bottom = MOUTH_Y + 0.7 * gap;
  // An angry mouth is open towards its corners too, a calm one is almond-shaped.
  const square = 0.42 + 0.2 * Math.min(1, anger);
  const middle = (y: number, weight: number) => y + weight * (corner - MOUTH_Y);

  const outer: Point[] = [
    [-half, corner],
    [-half * square, middle(top - 0.8 * lips, 0.35)],
    [-half * 0.16, top - 1.1 * lips],
    [0, top - 0.85 * lips],
    [half * 0.16, top - 1.1 * lips],
    [half * square, middle(top - 0.8 * lips, 0.35)],
    [half, corner],
    [half * square, middle(bottom + 0.95 * lips, 0.35)],
    [0, bottom + 1.35 * lips],
    [-half * square, middle(bottom + 0.95 * lips, 0.35)],
  ];
  canvas.fill(place.path(smoothCurve(outer, true)), looks.lip);
  canvas.blob(
    ...place.point(0, bottom + 0.7 * lips),
    place.length(half * 0.5),
    place.length(lips * 0.7),
    lighter(looks.lip, 0.5),
    0.3,
  );

  const seam = (y: number): Point[] => [
    [-half * 0.93, corner],
    [-half * square, middle(y, 0.45)],
    [0, y],
    [half * square, middle(y, 0.45)],
    [half * 0.93, corner],
  ];
  if (gap > 0.004) {
    const cavity = [...smoothCurve(seam(top)), ...reversed(smoothCurve(seam(bottom)))];
    canvas.fill(place.path(cavity), [58, 20, 20]);
    const teeth = Math.min(0.06, gap * 0.45);
    const edge = seam(top).map(([x, y], i): Point => [x * 0.9, i % 4 === 0 ? y : y + teeth]);
    const upper = seam(top).map(([x, y]): Point => [x * 0.9, y]);
    canvas.fill(
      place.path([...smoothCurve(upper), ...reversed(smoothCurve(edge))]),
      [228, 222, 212],
      0.9,
    );
  }
  const dark = darker(looks.lip, 0.6);
  canvas.fill(place.path(stroke(seam(top), [0.004, 0.009, 0.01, 0.009, 0.004])), dark, 0.8);
}

function reversed(path: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = path.length - 2; i >= 0; i -= 2) out.push(path[i], path[i + 1]);
  return out;
}
