import assert from "node:assert/strict";
import { nativeRate } from "../../../src/media/sound/native_rate.ts";
import { Encoder } from "../odd/encoder.ts";
import { voice } from "../odd/signal.ts";
import { pcmBytes, wavFile } from "./wav_file.ts";

Deno.test("nativeRate() finds the rate of every kind of file that browsers decode", async () => {
  const encoder = new Encoder();
  try {
    for (
      const [output, rate, codec] of [
        ["a.flac", 22050, "flac"],
        ["a.mp3", 44100, "libmp3lame"],
        ["b.mp3", 16000, "libmp3lame"],
        ["a.m4a", 44100, "aac"],
        ["b.m4a", 8000, "alac"],
        ["a.aac", 32000, "aac"],
        ["a.ogg", 22050, "libvorbis"],
        ["b.ogg", 16000, "flac"],
        ["a.webm", 44100, "libvorbis"],
        ["a.mka", 11025, "pcm_s16le"],
        // Opus is decoded at one rate, whatever went in.
        ["a.opus", 48000, "libopus"],
        ["b.webm", 48000, "libopus"],
      ] as const
    ) {
      const wav = wavFile(pcmBytes(voice(rate, 0.3)), { sampleRate: rate });
      const file = await encoder.make({ in: wav }, ["-i", "in", "-c:a", codec], output);
      assert.equal(nativeRate(file), rate, `${output} with ${codec}`);
    }
  } finally {
    encoder.close();
  }
});

Deno.test("nativeRate() does not stumble over files that are no sound, or are cut", () => {
  const start = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
  for (
    const text of ["", "ID3", "fLaC", "OggS", "\0\0\0\x08moov", "\x1a\x45\xdf\xa3", "\xff\xfb"]
  ) {
    assert.equal(nativeRate(start(text)), undefined, text);
  }
});
