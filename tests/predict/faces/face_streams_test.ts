import assert from "node:assert/strict";
import { FaceStreams } from "../../../src/predict/faces/face_streams.ts";
import type { Recognizer, StreamChunk, StreamOptions } from "../../../src/recognize/recognizer.ts";
import { testCard } from "../../recognize/voice_bundle.ts";
import { face } from "../../vision/faces/faces.ts";
import { prediction } from "../results/some_results.ts";

const [HEIGHT, WIDTH, FPS] = [100, 200, 4];

/** A recogniser whose streams note what they are shown, and say so at their ends. */
function noting() {
  const streams: { options: StreamOptions; chunks: StreamChunk[]; isDisposed: boolean }[] = [];
  const video = { width: 454, height: 256, crop: "face" };
  const recognizer: Recognizer = {
    card: testCard({ video: video as never, audio: {} as never }),
    predict: () => assert.fail("no clip is asked for"),
    pieces: () => assert.fail("no pieces are asked for"),
    enrol: () => assert.fail("nobody is enrolled"),
    checkEnrolment: () => assert.fail("nobody is enrolled"),
    findFaces: () => assert.fail("no faces are asked for"),
    dispose: () => {},
    stream(options = {}) {
      const one = { options, chunks: [] as StreamChunk[], isDisposed: false };
      streams.push(one);
      return {
        push: (chunk) => (one.chunks.push(chunk), []),
        end: () => [{ ...prediction(0.9), start: 0, end: one.chunks.length }],
        seen: () => undefined,
        from: () => assert.fail("not asked for"),
        dispose: () => void (one.isDisposed = true),
      };
    },
  };
  return { recognizer, streams };
}

/** Pictures whose left half is dark and whose right one is bright. */
function frames(n: number) {
  const data = new Uint8Array(n * HEIGHT * WIDTH * 3);
  for (let at = 0; at < data.length; at++) data[at] = at / 3 % WIDTH < WIDTH / 2 ? 20 : 220;
  return { data, n, height: HEIGHT, width: WIDTH, fps: FPS };
}

const track = (x: number, looks: number) =>
  Array.from({ length: looks }, (_, look) => ({ look, face: face(x, 30, 40) }));

Deno.test("FaceStreams shows each face to a stream of its own, and the sound to another", () => {
  const { recognizer, streams } = noting();
  const left = { number: 1, track: track(30, 8) };
  const right = { number: 2, track: track(130, 8) };
  const facesAt = (time: number) => time < 1 ? [left, right] : [left];
  const faces = new FaceStreams(recognizer, facesAt, { hopSeconds: 0.5 });
  const samples = new Float32Array(8000);
  const early = faces.push({ time: 5, samples, sampleRate: 8000, frames: frames(4) });
  assert.deepEqual(early, []);
  assert.deepEqual(faces.seen, {
    time: 5.75,
    faces: [{ face: left.track[0].face, faceNumber: 1 }, {
      face: right.track[0].face,
      faceNumber: 2,
    }],
  });
  // The right one has gone: what is left of it is said.
  const gone = faces.push({ time: 6, frames: frames(2) });
  assert.deepEqual(gone.map(({ faceNumber, end }) => [faceNumber, end]), [[2, 4]]);
  assert.deepEqual(faces.end().map(({ faceNumber }) => faceNumber), [undefined, 1]);

  const [voice, one, other] = streams;
  assert.equal(streams.length, 3);
  assert.deepEqual(voice.chunks, [{ time: 5, samples, sampleRate: 8000 }]);
  assert.match(voice.options.missing!.video!, /several faces/);
  assert.match(one.options.missing!.audio!, /which of several faces/);
  assert.equal(one.options.hopSeconds, 0.5);
  const times = [5, 5.25, 5.5, 5.75, 6, 6.25];
  assert.deepEqual(one.chunks.map(({ time }) => time), times);
  assert.deepEqual(other.chunks.map(({ time }) => time), times.slice(0, 4));
  assert.ok(other.isDisposed && one.isDisposed);
  for (const [{ chunks }, value] of [[one, 20], [other, 220]] as const) {
    const { data, n, height, width } = chunks[0].frames!;
    assert.deepEqual([n, height, width], [1, 256, 256]);
    assert.equal(data[data.length / 2], value, "it is cut out about the face");
  }
});

Deno.test("FaceStreams goes on after a chunk that is refused", () => {
  const { recognizer } = noting();
  const faces = new FaceStreams(recognizer, () => [{ number: 1, track: track(30, 8) }]);
  const bad = { ...frames(2), n: 3 };
  assert.throws(() => faces.push({ time: 0, frames: bad }), { name: "InputError" });
  faces.push({ time: 0, frames: frames(2) });
  assert.equal(faces.end().length, 2);
  faces.dispose();
});
