import assert from "node:assert/strict";
import type { TimedPrediction } from "../../src/recognize/prediction.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { StreamChunk } from "../../src/recognize/recognizer.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "./voice_bundle.ts";

const recognizer = await loadRecognizer(await voiceBundle());

/** Low for five seconds, then high. */
const recording = new Float32Array(10.3 * SAMPLE_RATE);
recording.set(tone(0, 5));
recording.set(tone(1, 5.3), 5 * SAMPLE_RATE);

/** The recording in chunks of some length, from a start time on. */
function* chunks(seconds: number, from = 0): Generator<StreamChunk> {
  const length = Math.round(seconds * SAMPLE_RATE);
  for (let at = 0; at < recording.length; at += length) {
    const samples = recording.slice(at, at + length);
    yield { time: from + at / SAMPLE_RATE, samples, sampleRate: SAMPLE_RATE };
  }
}

function run(source: Iterable<StreamChunk>, options = {}): TimedPrediction[] {
  const stream = recognizer.stream(options);
  const out = Array.from(source).flatMap((chunk) => stream.push(chunk));
  return [...out, ...stream.end()];
}

Deno.test("a stream gives every window's own prediction, then a shorter one of the rest", () => {
  const given = run(chunks(0.1));
  assert.deepEqual(
    given.map(({ start }) => start),
    Array.from({ length: 14 }, (_, i) => i * 0.5),
  );
  given.forEach(({ start, end, ...prediction }, i) => {
    assert(Math.abs(end - Math.min(start + 4, 10.3)) < 1e-9);
    const [from, to] = [start, end].map((time) => Math.round(time * SAMPLE_RATE));
    const byHand = recognizer.predict({
      samples: recording.subarray(from, to),
      sampleRate: SAMPLE_RATE,
    });
    assert.deepEqual(prediction, byHand, `window ${i}`);
  });
  assert.equal(given[0].label, "calm");
  assert.equal(given.at(-1)!.label, "angry");
});

Deno.test("a stream does not depend on how the recording is cut", () => {
  const expected = run(chunks(0.1));
  for (const seconds of [0.013, 0.5, 3.7, 100]) assert.deepEqual(run(chunks(seconds)), expected);
});

Deno.test("a prediction is given as soon as its window is complete", () => {
  const stream = recognizer.stream({ windowSeconds: 2, hopSeconds: 1 });
  const counts = Array.from(chunks(0.5), (chunk) => stream.push(chunk).length);
  assert.deepEqual(counts.slice(0, 8), [0, 0, 0, 1, 0, 1, 0, 1]);
});

Deno.test("times are those of the source, and need not begin at 0", () => {
  const given = run(chunks(1, 1000));
  assert.deepEqual([given[0].start, given[0].end], [1000, 1004]);
  assert.deepEqual(given[0].probabilities, run(chunks(1))[0].probabilities);
});

Deno.test("a recording shorter than a window is one prediction, an empty one none", () => {
  const given = run([{ time: 0, samples: tone(1, 1.5), sampleRate: SAMPLE_RATE }]);
  assert.deepEqual(given.map(({ start, end }) => [start, end]), [[0, 1.5]]);
  assert.deepEqual(run([]), []);
});

Deno.test("a window in which nothing can be used says so and lets the stream go on", () => {
  const silence = new Float32Array(4 * SAMPLE_RATE);
  const given = run([
    { time: 0, samples: silence, sampleRate: SAMPLE_RATE },
    { time: 4, samples: tone(1, 4), sampleRate: SAMPLE_RATE },
  ], { hopSeconds: 4 });
  const [{ label, used, quality, probabilities, fallback }] = given;
  assert.deepEqual({ label, used, quality }, { label: "", used: [], quality: ["silence"] });
  assert.deepEqual(probabilities, { calm: 0.5, angry: 0.5 });
  assert.match(fallback!, /silent/);
  assert.equal(given[1].label, "angry");
});

Deno.test("a gap in the sound is silence", () => {
  const stream = recognizer.stream({ windowSeconds: 4, hopSeconds: 4 });
  stream.push({ time: 0, samples: tone(0, 4), sampleRate: SAMPLE_RATE });
  const [next] = stream.push({ time: 4.5, samples: tone(1, 4), sampleRate: SAMPLE_RATE });
  const byHand = new Float32Array(4 * SAMPLE_RATE);
  byHand.set(tone(1, 3.5), 0.5 * SAMPLE_RATE);
  const expected = recognizer.predict({ samples: byHand, sampleRate: SAMPLE_RATE });
  assert.deepEqual(next.probabilities, expected.probabilities);
});

Deno.test("a chunk that is not valid is refused, and the stream goes on without it", () => {
  const stream = recognizer.stream();
  const [first, second] = chunks(0.5);
  stream.push(first);
  const bad: [StreamChunk, RegExp][] = [
    [{ ...second, time: NaN }, /time is NaN/],
    [{ ...second, time: 100 }, /comes more than 60 s after 0.5 s/],
    [{ ...second, time: 0.1 }, /begins before 0.5 s/],
    [{ ...second, sampleRate: 16000 }, /has 8000 samples a second, this chunk has 16000/],
    [{ ...second, samples: Float32Array.of(NaN) }, /sample 0 is NaN/],
  ];
  for (const [chunk, reason] of bad) assert.throws(() => stream.push(chunk), reason);
  const rest = Array.from(chunks(0.5)).slice(1).flatMap((chunk) => stream.push(chunk));
  assert.deepEqual([...rest, ...stream.end()], run(chunks(0.5)));
  assert.throws(() => stream.push(first), /this stream was ended/);
});

Deno.test("options that make no sense are refused", () => {
  assert.throws(() => recognizer.stream({ hopSeconds: 0 }), /hopSeconds is 0; allowed/);
  assert.throws(() => recognizer.stream({ windowSeconds: 0.1 }), /windowSeconds is 0.1; allowed/);
  assert.throws(() => recognizer.stream({ windowSeconds: NaN }), /windowSeconds is NaN; allowed/);
});

Deno.test("from() reads an asynchronous source to its end", async () => {
  const stream = recognizer.stream();
  const given = await Array.fromAsync(stream.from(ReadableStream.from(chunks(0.3))));
  assert.deepEqual(given, run(chunks(0.3)));
  stream.dispose();
  assert.throws(() => stream.push({ time: 0 }), /this stream was disposed/);
});
