import assert from "node:assert/strict";
import { PACKAGE_CORE } from "../../src/media/ffmpeg/package_core.ts";
import { FfmpegCore } from "../../src/media/ffmpeg/ffmpeg_core.ts";
import type { DecodedClip } from "../../src/media/decoder.ts";
import { pcmBytes, wavFile } from "./sound/wav_file.ts";
import { withDecoder } from "./with_decoder.ts";

/** Rates at which people's files come. */
const RATES = [48000, 44100, 32000, 96000];
/** Tones in Hz, and what becomes of each at 8 kHz. */
const PASSED = [300, 1000, 3000, 3600];
const REMOVED = [4050, 4200, 6000, 11000];
const SECONDS = 1.5;

function toneFile(frequency: number, rate: number): Uint8Array<ArrayBuffer> {
  const samples = Float64Array.from(
    { length: SECONDS * rate },
    (_, t) => 0.5 * Math.sin(2 * Math.PI * frequency * t / rate),
  );
  const format = { bits: 32, float: true } as const;
  return wavFile(pcmBytes(samples, format), { ...format, tag: 3, sampleRate: rate });
}

/** The level of the middle of a sound against the tone of 0.5 that went in, in dB. */
function levelOf({ samples }: DecodedClip): number {
  const middle = samples.subarray(2000, 10_000);
  const power = middle.reduce((sum, value) => sum + value ** 2, 0) / middle.length;
  return 10 * Math.log10(power / 0.125);
}

/** The same sound in another container, without loss: ffmpeg decodes it. */
async function asMatroska(wav: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const core = await FfmpegCore.start(PACKAGE_CORE);
  try {
    const { files: [file] } = await core.run({
      write: [{ name: "in", bytes: wav }],
      program: "ffmpeg",
      args: ["-i", "in", "-c:a", "pcm_f32le", "out.mkv"],
      read: ["out.mkv"],
    }, 60);
    return file;
  } finally {
    core.stop("done");
  }
}

Deno.test("the decoder keeps tones up to 3.6 kHz and lets none of those above 4 kHz come back", async () => {
  await withDecoder(async (decoder, write) => {
    const level = async (frequency: number, rate: number) =>
      levelOf(
        await decoder.decode(await write("tone.wav", toneFile(frequency, rate)), {
          ...{ picture: false, sampleRate: 8000 },
        }),
      );
    for (const rate of RATES) {
      for (const frequency of PASSED) {
        const change = await level(frequency, rate);
        assert.ok(Math.abs(change) < 0.1, `${frequency} Hz at ${rate}: ${change} dB`);
      }
      for (const frequency of REMOVED) {
        const left = await level(frequency, rate);
        assert.ok(left < -80, `${frequency} Hz at ${rate}: ${left} dB`);
      }
    }
  });
});

Deno.test("sound from a container that ffmpeg decodes is resampled by the same filter", async () => {
  await withDecoder(async (decoder, write) => {
    for (const [frequency, rate] of [[3600, 48000], [4050, 48000], [4200, 44100]]) {
      const wav = toneFile(frequency, rate);
      const options = { picture: false, sampleRate: 8000 };
      const direct = await decoder.decode(await write("tone.wav", wav), options);
      const packed = await decoder.decode(await write("tone.mkv", await asMatroska(wav)), options);
      assert.deepEqual(packed.samples, direct.samples);
    }
  });
});
