import assert from "node:assert/strict";
import { join } from "node:path";
import type { DecodeOptions } from "../../src/media/decode_options.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { MediaError } from "../../src/media/media_error.ts";
import { boxes, movingFrames, smallMp4, tone, wav } from "./synthetic_clip.ts";

/** A clip that no decoder may accept. */
interface BadClip {
  readonly file: string;
  readonly bytes?: Uint8Array;
  readonly options?: DecodeOptions;
  readonly reason: RegExp;
}

async function badClips(dir: string): Promise<BadClip[]> {
  const mp4 = await smallMp4();
  const parts = boxes(mp4);
  const withoutIndex = parts.filter(({ type }) => type !== "moov").map(({ bytes }) => bytes);
  const silentFilm = await encodeClip(
    { frames: movingFrames(10, 64, 36), width: 64, height: 36, fps: 10 },
    "mp4",
  );
  const sound = wav(Array.from(tone(8000), (value) => [value]));
  const text = (value: string) => new TextEncoder().encode(value);
  await Deno.writeFile(join(dir, "secret.mp4"), mp4);
  return [
    { file: "empty.mp4", bytes: new Uint8Array(), reason: /^file is empty$/ },
    {
      file: "text.mp4",
      bytes: text("Dear diary, today I renamed a file.\n".repeat(40)),
      reason: /^not a media file ffmpeg can read$/,
    },
    {
      file: "cut.mp4",
      bytes: mp4.slice(0, Math.round(mp4.length * 0.6)),
      reason: /^truncated or damaged: only \d\.\d\d s of 2\.00 s of picture can be decoded/,
    },
    {
      file: "noindex.mp4",
      bytes: new Uint8Array(await new Blob(withoutIndex as BlobPart[]).arrayBuffer()),
      reason: /^truncated or damaged: its index \(the moov atom\) is missing/,
    },
    {
      file: "cut.wav",
      bytes: sound.slice(0, 6044),
      options: { picture: false },
      reason: /^truncated or damaged: only 6000 of 16000 bytes of sound are there/,
    },
    { file: "silentfilm.mp4", bytes: silentFilm, reason: /^no sound track$/ },
    { file: "sound.wav", bytes: sound, reason: /^no picture$/ },
    {
      file: "sound.flac",
      bytes: await encodeClip({ samples: tone(8000) }, "flac"),
      reason: /^no picture$/,
    },
    // Playlists would make ffmpeg open the files that they name.
    {
      file: "playlist.mp4",
      bytes: text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nsecret.mp4\n#EXT-X-ENDLIST\n"),
      reason: /^not a media file ffmpeg can read$/,
    },
    {
      file: "concat.mp4",
      bytes: text("ffconcat version 1.0\nfile secret.mp4\n"),
      reason: /^not a media file ffmpeg can read$/,
    },
    { file: "missing.mp4", reason: /^no such file$/ },
    { file: ".", reason: /^a folder, not a file$/ },
  ];
}

/** Gives `decoder` every kind of bad clip, and a good one after each. */
export async function assertRejectsBadClips(decoder: Decoder, dir: string): Promise<void> {
  const good = join(dir, "good.mp4");
  await Deno.writeFile(good, await smallMp4());
  for (const { file, bytes, options, reason } of await badClips(dir)) {
    const path = join(dir, file);
    if (bytes) await Deno.writeFile(path, bytes);
    await assert.rejects(() => decoder.decode(path, options), (error) => {
      assert.ok(error instanceof MediaError, `${file}: ${error}`);
      assert.equal(error.file, path);
      assert.match(error.reason, reason);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
    assert.equal((await decoder.decode(good)).frameCount, 60, `after ${file}`);
  }
}
