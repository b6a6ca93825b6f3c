import assert from "node:assert/strict";
import { facePosture } from "../../../src/vision/faces/posture.ts";
import { PostureWatch } from "../../../src/vision/faces/posture_watch.ts";
import { loadBackbone } from "../../../src/vision/load_backbone.ts";
import { drawnFace } from "../drawn_face.ts";
import { paste, type Picture, realFace, turned } from "../real_faces.ts";
import { face } from "./faces.ts";

const SIDE = 256;
const shape = { height: SIDE, width: SIDE };

/** A grey frame with a picture in its middle. */
function framed(picture: Picture): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(SIDE * SIDE * 3).fill(110);
  const at = (SIDE - picture.side) >> 1;
  paste(frame, SIDE, picture, at, at);
  return frame;
}

Deno.test("facePosture() tells faces on their sides and upside down from upright ones", async () => {
  const mesh = await loadBackbone("landmarks");
  try {
    for (const name of ["man", "woman", "blonde"] as const) {
      const picture = await realFace(name, 200);
      for (let quarters = 0; quarters < 4; quarters++) {
        const frame = framed(turned(picture, quarters));
        assert.equal(
          facePosture(mesh, frame, shape, face(70, 70, 116)),
          quarters === 0 ? "upright" : "tilted",
          `${name}, ${90 * quarters} degrees`,
        );
      }
    }
  } finally {
    mesh.dispose();
  }
});

Deno.test("facePosture() doubts what is no face, but not a drawn one", async () => {
  const mesh = await loadBackbone("landmarks");
  try {
    const leaves = Uint8Array.from(
      { length: SIDE * SIDE * 3 },
      (_, i) => 128 + 90 * Math.sin(i / 7) * Math.cos(i / 911),
    );
    assert.equal(facePosture(mesh, leaves, shape, face(80, 80, 100)), "doubtful");
    const drawn = drawnFace(SIDE, SIDE, 128, 128, 50);
    assert.equal(facePosture(mesh, drawn, shape, face(80, 80, 96)), "upright");
  } finally {
    mesh.dispose();
  }
});

Deno.test("PostureWatch looks once a second, and at once where the face is elsewhere", async () => {
  const mesh = await loadBackbone("landmarks");
  let looks = 0;
  const counted = new Proxy(mesh, {
    get(target, name) {
      if (name === "embed") looks++;
      return Reflect.get(target, name);
    },
  });
  const watch = new PostureWatch(counted);
  const frame = framed(await realFace("man", 200));
  const counts = [0, 1 / 3, 2 / 3, 1, 4 / 3].map((time) => {
    watch.see(time, frame, shape, face(70, 70, 110));
    return looks;
  });
  assert.deepEqual(counts, [1, 1, 1, 2, 2]);
  watch.see(5 / 3, frame, shape, face(0, 0, 110));
  assert.equal(looks, 3);
  mesh.dispose();
});
