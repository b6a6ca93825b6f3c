import assert from "node:assert/strict";
import {
  augmentSequences,
  type SequenceAugmentation,
} from "../../src/classify/networks/augment_sequences.ts";
import type { SequencePart } from "../../src/classify/networks/sequence_part.ts";
import { Random } from "../../src/numeric/random.ts";

const FRAMES = 40, WIDTH = 20;
const PARTS: readonly SequencePart[] = [
  { modality: "audio", channels: 16 },
  { modality: "video", channels: 4, mirrored: [2] },
];
const NOTHING: Required<SequenceAugmentation> = {
  ...{ shift: 0, speed: 0, gain: 0, offset: 0, noise: 0, hides: false },
  ...{ dropped: 0, mirrors: false, missing: 0 },
};

/** A row whose numbers tell their frame and channel. */
const ROW = Float32Array.from({ length: FRAMES * WIDTH }, (_, i) => 1 + i);

/** So many rows, changed by one kind of change. */
function changed(
  options: SequenceAugmentation,
  n = 64,
  parts: readonly SequencePart[] = PARTS,
): Float32Array[] {
  const source = {
    rows: 1,
    labels: Int32Array.of(0),
    batch: (indices: Int32Array) =>
      Float32Array.from({ length: indices.length * ROW.length }, (_, i) => ROW[i % ROW.length]),
  };
  const random = new Random(4);
  const rows = augmentSequences(source, parts, random, { ...NOTHING, ...options });
  const batch = rows.batch(new Int32Array(n));
  return Array.from({ length: n }, (_, i) => batch.slice(i * ROW.length, (i + 1) * ROW.length));
}

/** The numbers of one channel, frame after frame. */
const channel = (row: Float32Array, c: number) => row.filter((_, i) => i % WIDTH === c);
const isVoice = (i: number) => i % WIDTH < 16;

Deno.test("augmentSequences() changes nothing where it is told to", () => {
  for (const row of changed({}, 4)) assert.deepEqual(row, ROW);
});

Deno.test("augmentSequences() gives other rows each time, and the same for a seed", () => {
  const once = changed({ noise: 0.1, shift: 0.1 });
  assert.deepEqual(changed({ noise: 0.1, shift: 0.1 }), once);
  assert.notDeepEqual(once[0], once[1]);
});

Deno.test("augmentSequences() hides the voice of some rows and the face of others, never both", () => {
  const rows = changed({ missing: 0.3 }, 400);
  const count = (lost: (i: number) => boolean) =>
    rows.filter((row) => row.every((value, i) => lost(i) ? value === 0 : value === ROW[i])).length;
  const [voice, face, none] = [
    count(isVoice),
    count((i) => !isVoice(i)),
    count(() => false),
  ];
  assert.equal(voice + face + none, 400);
  for (const lost of [voice, face]) assert(lost > 90 && lost < 150, `${lost} of 400`);
  // One modality is all there is.
  const alone = changed({ missing: 0.9 }, 50, [{ modality: "video", channels: WIDTH }]);
  assert(alone.every((row) => row[0] === ROW[0]));
});

Deno.test("augmentSequences() shifts both modalities together and changes their speed", () => {
  for (const options of [{ shift: 0.2 }, { speed: 0.3 }]) {
    const rows = changed(options);
    for (const row of rows) {
      const [voice, face] = [channel(row, 0), channel(row, 19)];
      // One clock: the same frames stand at the same places, between their neighbours.
      face.forEach((value, t) => assert(Math.abs(value - voice[t] - 19) < 1e-3));
      voice.forEach((value, t) => {
        assert(value >= 1 && value <= 1 + (FRAMES - 1) * WIDTH);
        assert(t === 0 || value >= voice[t - 1]);
      });
    }
    assert(rows.some((row) => row[0] !== ROW[0]));
  }
  const slopes = changed({ speed: 0.3 }).map((row) =>
    (row[21 * WIDTH] - row[19 * WIDTH]) / WIDTH / 2
  );
  for (const slope of slopes) assert(slope >= 0.7 - 1e-3 && slope <= 1.3 + 1e-3, `${slope}`);
  assert(Math.min(...slopes) < 0.8 && Math.max(...slopes) > 1.2);
});

Deno.test("augmentSequences() makes a voice louder as a whole, and leaves the face", () => {
  for (const row of changed({ gain: 0.5 })) {
    const louder = row[0] - ROW[0];
    row.forEach((value, i) => assert(Math.abs(value - ROW[i] - (isVoice(i) ? louder : 0)) < 1e-3));
  }
});

Deno.test("augmentSequences() moves every channel by itself for the whole sequence", () => {
  const [row] = changed({ offset: 0.5 });
  const moved = Array.from({ length: WIDTH }, (_, c) => row[c] - ROW[c]);
  assert.equal(new Set(moved).size, WIDTH);
  row.forEach((value, i) => assert(Math.abs(value - ROW[i] - moved[i % WIDTH]) < 1e-3));
});

Deno.test("augmentSequences() hides a stripe and a stretch of the voice and drops frames of the face", () => {
  const hidden = changed({ hides: true });
  assert(
    hidden.every((row) => row.every((value, i) => value === ROW[i] || (value === 0 && isVoice(i)))),
  );
  assert(hidden.some((row) => row.includes(0)));
  const dropped = changed({ dropped: 0.25 });
  for (const row of dropped) {
    row.forEach((value, i) => {
      if (isVoice(i)) assert.equal(value, ROW[i]);
      else assert(value === ROW[i] || value === row[i - WIDTH]);
    });
  }
  const repeats = dropped.map((row) =>
    channel(row, 19).filter((v, t) => v !== ROW[t * WIDTH + 19])
  );
  assert(repeats.some(({ length }) => length > 0) && repeats.every(({ length }) => length <= 10));
});

Deno.test("augmentSequences() mirrors every other face where it is known how", () => {
  const rows = changed({ mirrors: true }, 200);
  const mirrored = rows.filter((row) => row[18] === -ROW[18]);
  assert(mirrored.length > 70 && mirrored.length < 130, `${mirrored.length} of 200`);
  for (const row of mirrored) {
    row.forEach((value, i) => assert.equal(value, i % WIDTH === 18 ? -ROW[i] : ROW[i]));
  }
  const unknown = [{ modality: "audio", channels: 16 }, {
    modality: "video",
    channels: 4,
  }] as const;
  assert(changed({ mirrors: true }, 50, unknown).every((row) => row[18] === ROW[18]));
});
