import assert from "node:assert/strict";
import { errorLines } from "../../src/media/ffmpeg/ffmpeg_log.ts";
import { parseProbe } from "../../src/media/probe.ts";

const sound = {
  ...{ index: 0, codec_type: "audio", codec_name: "aac", sample_fmt: "fltp" },
  ...{ sample_rate: "48000", channels: 2, channel_layout: "stereo" },
};
const picture = {
  ...{ index: 1, codec_type: "video", codec_name: "h264", pix_fmt: "yuv420p" },
  ...{ width: 720, height: 480, avg_frame_rate: "30/1" },
};

function probe(streams: unknown[], format: unknown = {}, log: string[] = []) {
  return parseProbe(JSON.stringify({ streams, format }), log);
}

Deno.test("parseProbe() does not take cover art for a picture", () => {
  const covers = [
    { ...picture, codec_name: "png", disposition: { attached_pic: 1 } },
    { ...picture, codec_name: "mjpeg", disposition: { timed_thumbnails: 1 } },
    { ...picture, codec_name: "mjpeg", nb_frames: "1" },
    { ...picture, codec_name: "mjpeg", nb_read_packets: "1" },
  ];
  for (const cover of covers) assert.equal(probe([sound, cover])?.picture, undefined);
  const film = { ...picture, codec_name: "mjpeg", nb_frames: "30" };
  assert.equal(probe([sound, film])?.picture?.storedFrames, 30);
  // One frame of a film's codec is a short film.
  assert.equal(probe([sound, { ...picture, nb_frames: "1" }])?.picture?.storedFrames, 1);
});

Deno.test("parseProbe() prefers the tracks that players choose", () => {
  const other = { ...sound, index: 2, disposition: { default: 1 } };
  const found = probe([sound, picture, other, {
    ...picture,
    index: 3,
    disposition: { default: 1 },
  }]);
  assert.deepEqual(found?.sounds.map(({ index, isDefault }) => [index, isDefault]), [
    [2, true],
    [0, false],
  ]);
  assert.equal(found?.picture?.index, 3);
});

Deno.test("parseProbe() gives where a track ends in the clip, in every container's words", () => {
  // MP4: a start and a length, from the clip's own start on.
  const mp4 = probe([{ ...sound, start_time: "11.5", duration: "2.5" }], { start_time: "10" });
  assert.equal(mp4?.sounds[0].end, 4);
  // Matroska's tag is an end already.
  const tagged = {
    ...picture,
    start_time: "1.000",
    tags: { "DURATION-eng": "00:01:03.250000000" },
  };
  assert.equal(probe([tagged])?.picture?.end, 63.25);
  assert.equal(probe([sound])?.sounds[0].end, undefined);
});

Deno.test("parseProbe() trusts no length that ffmpeg guessed", () => {
  const log = [
    "[mp3 @ 0x1] [warning] Estimating duration from bitrate, this may be inaccurate",
  ];
  const found = probe([{ ...sound, duration: "9" }], { duration: "9" }, log);
  assert.deepEqual([found?.sounds[0].end, found?.seconds], [undefined, undefined]);
});

Deno.test("parseProbe() gives the size at which a picture is shown", () => {
  const matrix = (a: number, b: number, c: number, d: number) =>
    `\n00000000: ${a} ${b} 0\n00000001: ${c} ${d} 0\n00000002: 0 0 1073741824\n`;
  const turned = (displaymatrix: string) => [
    { side_data_type: "Display Matrix", displaymatrix, rotation: -90 },
  ];
  const size = (extra: object) => {
    const { width, height } = probe([{ ...picture, ...extra }])!.picture!;
    return [width, height];
  };
  assert.deepEqual(size({}), [720, 480]);
  assert.deepEqual(size({ sample_aspect_ratio: "32:27" }), [853, 480]);
  assert.deepEqual(size({ sample_aspect_ratio: "8:9" }), [720, 540]);
  assert.deepEqual(size({ sample_aspect_ratio: "0:1" }), [720, 480]);
  assert.deepEqual(size({ sample_aspect_ratio: "1:5000" }), [720, 480], "nobody's pixels");
  assert.deepEqual(size({ side_data_list: turned(matrix(0, 65536, -65536, 0)) }), [480, 720]);
  assert.deepEqual(size({ side_data_list: turned(matrix(-65536, 0, 0, -65536)) }), [720, 480]);
  const both = { side_data_list: turned(matrix(0, -65536, 65536, 0)), sample_aspect_ratio: "2:1" };
  assert.deepEqual(size(both), [480, 1440]);
});

Deno.test("parseProbe() tells what cannot be decoded, and what is encrypted", () => {
  const av1 = probe([{ ...picture, codec_name: "av1", pix_fmt: undefined }, {
    ...{ index: 0, codec_type: "audio", codec_tag_string: "enca", codec_name: "aac" },
    ...{ sample_fmt: "fltp", sample_rate: "48000", channels: 1 },
  }]);
  assert.deepEqual([av1?.picture?.codec, av1?.picture?.decodable], ["av1", false]);
  assert.equal(av1?.sounds[0].encrypted, true);
  const unknown = probe([{ ...picture, codec_name: undefined, codec_tag_string: "vvc1" }]);
  assert.equal(unknown?.picture?.codec, "vvc1");
});

Deno.test("parseProbe() gives nothing where ffprobe found nothing", () => {
  for (const json of ["", "{\n", "{}", '{"streams":[]}']) {
    assert.equal(parseProbe(json, []), undefined);
  }
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
  assert.equal(errorLines(log, { most: 1 }).length, 1);
  assert.deepEqual(errorLines(log, { except: ["h264"] }), ["cannot go on"]);
});
