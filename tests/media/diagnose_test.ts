import assert from "node:assert/strict";
import {
  judgeLength,
  whyMissing,
  whyUndecodable,
  whyUnreadable,
} from "../../src/media/diagnose.ts";

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const broken = ["Invalid NAL unit size", "File ended prematurely"];

Deno.test("whyUnreadable() tells a damaged container from another kind of file", () => {
  const moov = ["moov atom not found", "clip: Invalid data found when processing input"];
  assert.equal(whyUnreadable(new Uint8Array(), []), "file is empty");
  assert.match(whyUnreadable(ascii("\0\0\0\x18ftypmp42"), moov), /its index \(the moov atom\)/);
  assert.equal(whyUnreadable(ascii("hello, world"), moov), "not a media file ffmpeg can read");
  assert.equal(
    whyUnreadable(ascii("\0\0\0\x18ftypheic"), moov),
    "a still picture (HEIC), not a clip",
  );
  assert.equal(
    whyUnreadable(ascii("RIFF\0\0\0\0WEBPVP8 "), moov),
    "a still picture (WebP), not a clip",
  );
  assert.equal(
    whyUnreadable(ascii("RIFF\0\0\0\0WAVEfmt "), ["no 'data' tag found"]),
    "truncated or damaged: no 'data' tag found",
  );
});

Deno.test("whyMissing() does not call a broken file soundless", () => {
  assert.deepEqual(whyMissing("sound", []), { reason: "no sound track", damaged: false });
  assert.deepEqual(whyMissing("picture", []), { reason: "no picture", damaged: false });
  assert.deepEqual(whyMissing("sound", ["stream 0, offset 0x85bd: partial file"]), {
    reason: "truncated or damaged: no sound (stream 0, offset 0x85bd: partial file)",
    damaged: true,
  });
});

Deno.test("judgeLength() yields to data unless the file itself shows that it was cut", () => {
  const claims = { end: 10, seconds: 10, counted: false, errors: [] };
  assert.deepEqual(judgeLength("sound", 9.1, Infinity, claims, []), {});
  assert.deepEqual(judgeLength("sound", 8.9, Infinity, claims, []), {
    warning: "its sound lasts 8.90 s where the file claims 10.00 s",
  });
  const counted = judgeLength("sound", 8.9, Infinity, { ...claims, counted: true }, []);
  assert.equal(
    counted.problem?.reason,
    "truncated or damaged: only 8.90 s of 10.00 s of sound can be decoded",
  );
  assert.equal(counted.problem?.damaged, true);
});

Deno.test("judgeLength() compares with the claim, the window and the complaints", () => {
  const claims = { end: 10, seconds: 10, counted: false, errors: [] };
  const unclaimed = { ...claims, end: undefined };
  assert.deepEqual(judgeLength("sound", 4, 4, claims, broken), {}, "the window is full");
  const cut = judgeLength("sound", 3.5, 4, claims, broken).problem;
  assert.match(cut!.reason, /\(File ended prematurely\)$/);
  assert.deepEqual(judgeLength("sound", 2, 4, unclaimed, []), {}, "another track may be longer");
  const short = judgeLength("sound", 2, 4, unclaimed, broken).problem;
  assert.match(short!.reason, /only 2\.00 s of 10\.00 s/);
});

Deno.test("whyUndecodable() tells a codec that is not known from damage", () => {
  const track = { index: 0, codec: "av1", decodable: false, encrypted: false, end: 3 };
  const none = ["Decoder (codec av1) not found for input stream #0:0"];
  const native = whyUndecodable("picture", track, none, "native");
  assert.match(native.reason, /AV1, which the ffmpeg of this machine cannot decode: convert/);
  assert.equal(native.damaged, false);
  assert.match(
    whyUndecodable("sound", { ...track, codec: "" }, [], "wasm").reason,
    /without a name/,
  );
  const locked = whyUndecodable("sound", { ...track, encrypted: true }, broken, "wasm");
  assert.deepEqual(locked, {
    reason: "its sound is encrypted: only its player can decode it",
    damaged: false,
  });
  const cut = whyUndecodable("picture", { ...track, codec: "h264" }, broken, "wasm");
  assert.deepEqual([cut.damaged, cut.reason], [
    true,
    "truncated or damaged: no picture can be decoded (File ended prematurely)",
  ]);
  const empty = whyUndecodable("sound", { ...track, codec: "aac" }, [], "wasm");
  assert.deepEqual(empty, { reason: "its sound track is empty", damaged: false });
});
