import { A_LAW, MU_LAW } from "../../../src/media/sound/g711.ts";
import { pcmBytes, wavFile } from "../sound/wav_file.ts";
import type { OddFile } from "./odd_file.ts";
import { SECONDS, voice } from "./signal.ts";

const RATE = 16000;
const clean = voice(RATE);
const used = { sound: "used", picture: "absent" } as const;
const silent = { sound: "silent", picture: "absent" } as const;
const float32 = { bits: 32, float: true } as const;

function interleaved(
  channels: number,
  value: (channel: number, t: number) => number,
): Float32Array {
  return Float32Array.from(
    { length: clean.length * channels },
    (_, i) => value(i % channels, Math.floor(i / channels)),
  );
}

function floatFile(samples: ArrayLike<number>, fields: Parameters<typeof wavFile>[1] = {}) {
  return wavFile(pcmBytes(samples, float32), { bits: 32, tag: 3, sampleRate: RATE, ...fields });
}

/** The nearest byte of a logarithmic table. */
function logarithmic(table: Float32Array): Uint8Array {
  return Uint8Array.from(clean, (sample) => {
    let best = 0;
    for (let byte = 1; byte < 256; byte++) {
      if (Math.abs(table[byte] - sample) < Math.abs(table[best] - sample)) best = byte;
    }
    return best;
  });
}

/** .wav files: every way to write the clean signal, and what goes wrong with them. */
export function wavFiles(): OddFile[] {
  const s16 = pcmBytes(clean);
  const whole = wavFile(s16, { sampleRate: RATE });
  const files: OddFile[] = [
    { name: "16 bits.wav", bytes: whole, ...used, heard: {} },
    {
      name: "extensible.wav",
      bytes: wavFile(s16, { sampleRate: RATE, mask: 4 }),
      ...used,
      heard: {},
    },
    ...([8, 24, 32] as const).map((bits) => ({
      ...{
        name: `${bits} bits.wav`,
        bytes: wavFile(pcmBytes(clean, { bits }), { bits, sampleRate: RATE }),
      },
      ...{ ...used, heard: {} },
    })),
    { name: "float.wav", bytes: floatFile(clean), ...used, heard: {} },
    {
      name: "double.wav",
      bytes: wavFile(pcmBytes(clean, { bits: 64, float: true }), {
        bits: 64,
        tag: 3,
        sampleRate: RATE,
      }),
      ...{ ...used, heard: {} },
    },
    {
      name: "big-endian (RIFX).wav",
      bytes: wavFile(pcmBytes(clean, { little: false }), { id: "RIFX", sampleRate: RATE }),
      ...{ ...used, heard: {} },
    },
    {
      name: "big-endian float (RIFX).wav",
      bytes: wavFile(pcmBytes(clean, { ...float32, little: false }), {
        ...{ id: "RIFX", bits: 32, tag: 3, sampleRate: RATE },
      }),
      ...{ ...used, heard: {} },
    },
    {
      name: "a-law.wav",
      bytes: wavFile(logarithmic(A_LAW), { tag: 6, bits: 8, sampleRate: RATE }),
      ...{ ...used, heard: { within: { gain: 0.02 } } },
    },
    {
      name: "mu-law.wav",
      bytes: wavFile(logarithmic(MU_LAW), { tag: 7, bits: 8, sampleRate: RATE }),
      ...{ ...used, heard: { within: { gain: 0.02 } } },
    },
    ...[8000, 11025, 22050, 44100, 96000].map((sampleRate) => ({
      ...{
        name: `${sampleRate} Hz.wav`,
        bytes: wavFile(pcmBytes(voice(sampleRate)), { sampleRate }),
      },
      ...{ ...used, heard: {} },
    })),
    {
      name: "chunks before, not padded.wav",
      bytes: wavFile(s16, { sampleRate: RATE, padded: false, before: [["LIST", [1, 2, 3]]] }),
      ...{ ...used, heard: {} },
    },
    // What programs claim that write into a pipe.
    ...[0, 0x7ffff000, 2_000_000_000, 0x7fffffff, 0x80000000, 0xffffffff - 43, 0xffffffff].map(
      (claimed) => ({
        ...{
          name: `claims ${claimed} bytes.wav`,
          bytes: wavFile(s16, { sampleRate: RATE, claimed }),
        },
        ...{ ...used, heard: {} },
      }),
    ),
    {
      name: "half of it.wav",
      bytes: whole.slice(0, whole.length / 2),
      refused: /truncated or damaged: only \d+ of \d+ bytes of sound are there/,
    },
    {
      name: "a little is missing.wav",
      bytes: whole.slice(0, Math.round(0.95 * whole.length)),
      ...{ ...used, warnings: [/only \d+ of \d+ bytes of sound are there/] },
      heard: { seconds: 0.95 * SECONDS, within: { seconds: 0.01, gain: 0.01 } },
    },
    {
      name: "header alone.wav",
      bytes: whole.slice(0, 36),
      refused: /truncated or damaged: it has no samples/,
    },
    { name: "empty.wav", bytes: new Uint8Array(), refused: /empty/ },
    ...contents(),
    ...channels(),
  ];
  return files;
}

/** What samples may hold. */
function contents(): OddFile[] {
  const one = (value: number) => clean.with(5000, value);
  const eight = (value: (t: number) => number) =>
    wavFile(pcmBytes(clean.map((_, t) => value(t)), { bits: 8 }), { bits: 8, sampleRate: RATE });
  return [
    { name: "not a number.wav", bytes: floatFile(one(NaN)), refused: /sample 5000 is NaN/ },
    { name: "infinite.wav", bytes: floatFile(one(-Infinity)), refused: /sample 5000 is -Infinity/ },
    {
      name: "float of 16-bit integers.wav",
      bytes: floatFile(clean.map((value) => 32768 * value)),
      ...{ ...used, heard: {}, warnings: [/peak is [\d.e+]+ .* divided by 32768/] },
    },
    {
      name: "float of 32-bit integers.wav",
      bytes: floatFile(clean.map((value) => 2 ** 31 * value)),
      ...{ ...used, heard: {}, warnings: [/divided by 2147483648/] },
    },
    {
      name: "over full scale.wav",
      bytes: floatFile(clean.map((value) => 5 * value)),
      ...{ ...used, heard: { gain: 5 } },
    },
    { name: "digital silence.wav", bytes: floatFile(clean.map(() => 0)), ...silent },
    { name: "silence of 8 bits.wav", bytes: eight(() => 0), ...silent },
    { name: "silence of 8 bits beside zero.wav", bytes: eight(() => -1 / 128), ...silent },
    {
      name: "dithered silence of 8 bits.wav",
      bytes: eight((t) => ((t * 7919) % 3 - 1) / 128),
      ...silent,
    },
    {
      name: "silence in a-law.wav",
      bytes: wavFile(Uint8Array.from(clean, (_, t) => t % 3 === 0 ? 0xd5 : 0x55), {
        ...{ tag: 6, bits: 8, sampleRate: RATE },
      }),
      ...silent,
    },
  ];
}

/** Channels, with and without what they are for. */
function channels(): OddFile[] {
  const only = (channel: number, count: number, mask?: number) =>
    floatFile(interleaved(count, (c, t) => c === channel ? clean[t] : 0), {
      channels: count,
      mask,
    });
  // The front pair 3 dB below the centre, the back pair 6 dB, the subwoofer not at all.
  const centre = 1 / (2 * Math.SQRT1_2 + 1 + 2 * 0.5);
  return [
    { name: "stereo, one side.wav", bytes: only(0, 2), ...used, heard: { gain: 1 / 2 } },
    // The subwoofer's place in 5.1, but nobody says that this is 5.1.
    { name: "array of 6, the fourth.wav", bytes: only(3, 6), ...used, heard: { gain: 1 / 6 } },
    { name: "5.1, the centre.wav", bytes: only(2, 6, 0x3f), ...used, heard: { gain: centre } },
    { name: "array of 9.wav", bytes: only(8, 9), ...used, heard: { gain: 1 / 9 } },
    {
      name: "array of 60.wav",
      bytes: floatFile(interleaved(60, (_, t) => clean[t]), { channels: 60 }),
      ...{ ...used, heard: {} },
    },
  ];
}
