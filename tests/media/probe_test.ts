import assert from "node:assert/strict";
import { whyMissing, whyTooShort, whyUnreadable } from "../../src/media/diagnose.ts";
import { errorLines } from "../../src/media/ffmpeg_log.ts";
import { parseProbe, type Probe } from "../../src/media/probe.ts";
import { claimedWavBytes } from "../../src/media/wav_header.ts";

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

Deno.test("parseProbe() does not take cover art for a picture", () => {
  const cover = {
    index: 1,
    codec_type: "video",
    width: 500,
    height: 500,
    disposition: { attached_pic: 1 },
  };
  const sound = { index: 0, codec_type: "audio", duration: "3.5" };
  const probe = parseProbe(JSON.stringify({ streams: [sound, cover] }), []);
  assert.equal(probe?.picture, undefined);
  assert.deepEqual(probe?.sound, { index: 0, seconds: 3.5 });
});

Deno.test("parseProbe() reads a track's length from Matroska's tag", () => {
  const streams = [{ index: 0, codec_type: "audio", tags: { DURATION: "00:01:03.250000000" } }];
  assert.equal(parseProbe(JSON.stringify({ streams }), [])?.sound?.seconds, 63.25);
});

Deno.test("parseProbe() trusts no length that ffmpeg guessed", () => {
  const streams = [{ index: 0, codec_type: "audio", duration: "9" }];
  const log = [
    "[mp3 @ 0x1] [warning] Estimating duration from bitrate, this may be inaccurate",
  ];
  const probe = parseProbe(JSON.stringify({ streams, format: { duration: "9" } }), log);
  assert.deepEqual([probe?.sound?.seconds, probe?.seconds], [undefined, undefined]);
});

Deno.test("parseProbe() gives nothing where ffprobe found nothing", () => {
  for (const json of ["", "{\n", "{}", '{"streams":[]}']) {
    assert.equal(parseProbe(json, []), undefined);
  }
});

Deno.test("whyUnreadable() tells a damaged container from another kind of file", () => {
  const moov = ["moov atom not found", "clip: Invalid data found when processing input"];
  assert.equal(whyUnreadable(new Uint8Array(), []), "file is empty");
  assert.match(whyUnreadable(ascii("\0\0\0\x18ftypmp42"), moov), /its index \(the moov atom\)/);
  assert.equal(whyUnreadable(ascii("hello, world"), moov), "not a media file ffmpeg can read");
  assert.equal(
    whyUnreadable(ascii("RIFF\0\0\0\0WAVEfmt "), ["no 'data' tag found"]),
    "truncated or damaged: no 'data' tag found",
  );
});

Deno.test("whyMissing() does not call a broken file soundless", () => {
  const whole: Probe = { picture: undefined, sound: undefined, seconds: 1, errors: [] };
  assert.equal(whyMissing("sound", whole), "no sound track");
  assert.equal(whyMissing("picture", whole), "no picture");
  assert.equal(
    whyMissing("sound", { ...whole, errors: ["stream 0, offset 0x85bd: partial file"] }),
    "truncated or damaged: no sound (stream 0, offset 0x85bd: partial file)",
  );
});

Deno.test("whyTooShort() compares with the claim, the window and the complaints", () => {
  const track = { index: 0, seconds: 10 };
  const claimed: Probe = { picture: undefined, sound: track, seconds: 10, errors: [] };
  const unclaimed: Probe = { ...claimed, sound: { index: 0, seconds: undefined } };
  const broken = ["Invalid NAL unit size", "File ended prematurely"];
  assert.equal(whyTooShort("sound", 9.1, Infinity, claimed, []), undefined);
  assert.match(
    whyTooShort("sound", 8.9, Infinity, claimed, [])!,
    /only 8\.90 s of 10\.00 s of sound/,
  );
  assert.equal(whyTooShort("sound", 4, 4, claimed, broken), undefined, "the window is full");
  assert.match(whyTooShort("sound", 3.5, 4, claimed, broken)!, /\(File ended prematurely\)$/);
  assert.equal(whyTooShort("sound", 2, 4, unclaimed, []), undefined, "another track may be longer");
  assert.match(whyTooShort("sound", 2, 4, unclaimed, broken)!, /only 2\.00 s of 10\.00 s/);
  assert.equal(
    whyTooShort("picture", 0, 4, claimed, []),
    "truncated or damaged: no picture can be decoded",
  );
});

Deno.test("errorLines() keeps errors once each, without warnings", () => {
  const log = [
    "[h264 @ 0x5] [error] Invalid NAL unit size (26327 > 3107).",
    "[h264 @ 0x6] [error] Invalid NAL unit size (26327 > 3107).",
    "[aresample @ 0x6] [warning] something odd",
    "[fatal] cannot go on",
    "Conversion failed!",
  ];
  assert.deepEqual(errorLines(log), [
    "Invalid NAL unit size (26327 > 3107).",
    "cannot go on",
  ]);
  assert.equal(errorLines(log, 1).length, 1);
});

Deno.test("claimedWavBytes() knows only .wav files that state their size", () => {
  assert.equal(claimedWavBytes(ascii("RIFF\x10\x00\x00\x00WAVEfmt ")), 24);
  assert.equal(claimedWavBytes(ascii("RIFF\xff\xff\xff\xffWAVEfmt ")), undefined);
  assert.equal(claimedWavBytes(ascii("RIFF\x10\x00\x00\x00AVI LIST")), undefined);
  assert.equal(claimedWavBytes(ascii("RIFF")), undefined);
});
