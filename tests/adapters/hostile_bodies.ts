import { zlibSync } from "fflate";
import { base64, ihdr, jpegFile, pngFile, pngOf, toneBytes, wavFile } from "../serve/clips.ts";

/** A body that cannot be predicted, and the status that says why. */
export interface HostileBody {
  readonly name: string;
  readonly type: string;
  readonly body: Uint8Array;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What comes after the path. */
  readonly query?: string;
}

/** The limits of the server that the bodies are sent to. */
export const HOSTILE_LIMITS = {
  ...{ maxBytes: 2 ** 20, maxSeconds: 5, maxFrames: 300, timeoutSeconds: 4, concurrency: 1 },
} as const;

const text = (value: string) => new TextEncoder().encode(value);
const floats = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const noise = (size: number) =>
  Uint8Array.from({ length: size }, (_, i) => (i * 2654435761) >>> 13 & 0xff);

/** Sound that is damaged, absurd, endless or not there. */
export function hostileSounds(): HostileBody[] {
  const tone = toneBytes(8000);
  const wav = wavFile(tone);
  const patched = (at: number, ...bytes: number[]) => {
    const copy = wav.slice();
    copy.set(bytes, at);
    return copy;
  };
  const nan = floats(...Array(8000).fill(NaN));
  const pcm = (type: string, name: string, body: Uint8Array, status: number): HostileBody => ({
    ...{ name: `pcm: ${name}`, type: `audio/pcm${type}`, body, status },
  });
  const wavs: [string, Uint8Array, number][] = [
    ["0 bytes", new Uint8Array(), 400],
    ["12 bytes", wav.slice(0, 12), 422],
    ["a header without samples", wav.slice(0, 44), 422],
    ["cut in half", wav.slice(0, 8000), 422],
    ["no channels", wavFile(tone, { channels: 0 }), 422],
    ["65535 channels", wavFile(tone, { channels: 65535 }), 422],
    ["rate 0", wavFile(tone, { sampleRate: 0 }), 422],
    ["rate 1", wavFile(tone, { sampleRate: 1 }), 422],
    ["rate 4294967295", wavFile(tone, { sampleRate: 2 ** 32 - 1 }), 422],
    ["samples of 0 bits", patched(34, 0, 0), 422],
    ["samples of 65535 bits", patched(34, 0xff, 0xff), 422],
    ["a format of 4 GB", patched(16, 0xff, 0xff, 0xff, 0xff), 422],
    ["an unknown codec", patched(20, 0x77, 0x77), 422],
    ["NaN", wavFile(nan, { tag: 3, bits: 32 }), 422],
    ["infinity", wavFile(floats(...Array(8000).fill(Infinity)), { tag: 3, bits: 32 }), 422],
    ["one NaN", wavFile(floats(...Array(8000).fill(0.1), NaN), { tag: 3, bits: 32 }), 422],
    ["silence", wavFile(new Uint8Array(16000)), 422],
    ["one sample", wavFile(tone.slice(0, 2)), 422],
    ["too long", wavFile(new Uint8Array(2 * 8000 * 6)), 413],
    ["text", text("Dear diary, ".repeat(100)), 422],
    ["a picture", pngFile(), 422],
    ["empty chunks only", new Uint8Array([...wav.slice(0, 12), ...new Uint8Array(65536)]), 422],
    ["too large", new Uint8Array(2 ** 20 + 1), 413],
  ];
  return [
    ...wavs.map(([name, body, status]) => ({
      ...{ name: `wav: ${name}`, type: "audio/wav", body, status },
    })),
    pcm("", "no rate", tone, 422),
    pcm(";rate=NaN", "rate NaN", tone, 422),
    pcm(";rate=1e300", "rate 1e300", tone, 422),
    pcm(";rate=-8000", "a negative rate", tone, 422),
    pcm(";rate=8000;channels=0", "no channels", tone, 422),
    pcm(";rate=8000;encoding=mp3", "an unknown encoding", tone, 415),
    pcm(";rate=8000;encoding=f32le", "NaN", nan, 422),
    pcm(";rate=8000", "half a sample", tone.slice(1), 422),
    pcm(";rate=8000", "too long", new Uint8Array(2 * 8000 * 6), 413),
    { ...pcm(";rate=8000;encoding=f32le", "NaN, as a stream", nan, 422), query: "?stream" },
    { ...pcm(";rate=8000", "a hop of nothing", tone, 400), query: "?stream&hop=0" },
    { ...pcm(";rate=8000", "a window of ages", tone, 400), query: "?stream&window=1e9" },
    { ...pcm(";rate=8000", "a query of nobody", tone, 400), query: "?" + "a=1&".repeat(1000) },
  ];
}

/** Pictures that are damaged, bombs, or larger than anybody's memory. */
export function hostilePictures(): HostileBody[] {
  const end: [string, Uint8Array] = ["IEND", new Uint8Array()];
  const bomb = zlibSync(new Uint8Array(20e6));
  const sof = (width: number, height: number) => [
    ...[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255],
    ...[1, 1, 0x11, 0],
  ];
  const scans = Array(2000).fill([0xff, 0xda, 0, 2]).flat();
  const picture = (type: string, name: string, body: Uint8Array, status: number): HostileBody => ({
    ...{ name: `${type}: ${name}`, type, body, status },
  });
  const png = (name: string, body: Uint8Array, status: number) =>
    picture("image/png", name, body, status);
  const jpeg = (name: string, body: Uint8Array, status: number) =>
    picture("image/jpeg", name, body, status);
  const raw = (parameters: string, name: string, bytes: number, status: number) =>
    picture(`video/raw${parameters}`, name, new Uint8Array(bytes), status);
  return [
    png("8K", pngOf([["IHDR", ihdr(7680, 4320)]]), 413),
    png("2^31 pixels a side", pngOf([["IHDR", ihdr(2 ** 31 - 1, 2 ** 31 - 1)]]), 413),
    png("0 pixels", pngOf([["IHDR", ihdr(0, 0)], end]), 422),
    png("a bomb", pngOf([["IHDR", ihdr(8, 8)], ["IDAT", bomb], end]), 422),
    png("an interlaced bomb", pngOf([["IHDR", ihdr(8, 8, 8, 2, 1)], ["IDAT", bomb], end]), 422),
    png(
      "a bomb as colour profile",
      pngOf([
        ["IHDR", ihdr(1, 1)],
        ["iCCP", new Uint8Array([...text("icc\0\0"), ...bomb])],
        ["IDAT", zlibSync(new Uint8Array([0, 1, 2, 3]))],
        end,
      ]),
      422, // There is no face in one pixel.
    ),
    png("cut", pngFile().slice(0, 50), 422),
    png("no data", pngOf([["IHDR", ihdr(8, 8)], end]), 422),
    png("noise for data", pngOf([["IHDR", ihdr(8, 8)], ["IDAT", noise(500)], end]), 422),
    png("text", text("a picture, honestly"), 422),
    jpeg("8K", new Uint8Array(sof(7680, 4320)), 413),
    jpeg("65535 pixels a side", new Uint8Array(sof(65535, 65535)), 413),
    jpeg("0 pixels", new Uint8Array(sof(0, 0)), 422),
    jpeg("2000 passes", new Uint8Array([...sof(16, 16), ...scans]), 422),
    jpeg("cut", jpegFile([1, 2, 3], 64, 64).slice(0, 400), 422),
    jpeg("noise", new Uint8Array([0xff, 0xd8, ...noise(5000)]), 422),
    jpeg("without a picture", new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), 422),
    picture("image/gif", "GIF", text("GIF89a"), 415),
    picture("image/svg+xml", "SVG", text("<svg/>"), 415),
    picture("image/webp", "WebP", text("RIFF....WEBP"), 415),
    raw("; width=7680; height=4320; fps=30", "8K", 1000, 413),
    raw("; width=1e9; height=1e9; fps=30", "1e9 pixels a side", 1000, 413),
    raw("; width=0; height=10; fps=30", "no width", 1000, 422),
    raw("; width=NaN; height=10; fps=30", "a width of NaN", 1000, 422),
    raw("; width=10; height=10", "no fps", 300, 422),
    raw("; width=10; height=10; fps=1e9", "1e9 fps", 300, 422),
    raw("; width=10; height=10; fps=30", "half a frame", 301, 422),
    raw("; width=1; height=1; fps=240", "4000 frames", 12_000, 413),
    raw("; sampling=YCbCr-4:2:0; width=10; height=10; fps=30", "YCbCr", 300, 415),
    raw("; width=10; height=10; fps=30", "a faceless grey", 300, 422),
  ];
}

/** JSON and forms that are broken or do not fit together. */
export function hostileDocuments(featureSize: number): HostileBody[] {
  const json = (name: string, value: unknown, status: number): HostileBody => ({
    ...{ name: `json: ${name}`, type: "application/json", status },
    body: text(typeof value === "string" ? value : JSON.stringify(value)),
  });
  const form = (name: string, body: string | Uint8Array, status: number, boundary = "x") => ({
    ...{ name: `form: ${name}`, status, body: typeof body === "string" ? text(body) : body },
    type: boundary === "" ? "multipart/form-data" : `multipart/form-data; boundary=${boundary}`,
  });
  const part = (field: string, content = "a", more = "") =>
    `--x\r\nContent-Disposition: form-data; name="${field}"${more}\r\n\r\n${content}\r\n`;
  const huge = base64(pngOf([["IHDR", ihdr(65535, 65535)]]));
  const samples = (values: string) => `{"sampleRate": 8000, "samples": ${values}}`;
  return [
    json("none", "audio, please", 400),
    json("cut", '{"samples": [0, 0.1', 400),
    json("a million brackets", "[".repeat(1e6), 422),
    json("a million objects", `[${"{},".repeat(3e5)}{}]`, 422),
    json("NaN", samples("[NaN]"), 400),
    json("an empty object", {}, 422),
    json("an array", [1, 2], 422),
    json("null", samples("[null]"), 422),
    json("numbers as text", samples('["1"]'), 422),
    json("1e999", samples(`[${"1e999,".repeat(8000)}0]`), 422),
    json("no rate", { samples: [0, 1] }, 422),
    json("no base64", samples('"%%%"'), 422),
    json("NaN in base64", samples(`"${base64(floats(...Array(8000).fill(NaN)))}"`), 422),
    json("too long", samples(`[${"0,".repeat(50_000)}0]`), 413),
    json("a prototype", '{"__proto__": {"samples": [1]}}', 422),
    json("8K frames", { frames: { data: "", width: 7680, height: 4320, fps: 30 } }, 413),
    json("huge pictures", { frames: { images: [huge], fps: 30 } }, 413),
    json("embeddings of another size", { embeddings: { data: [1, 2, 3], fps: 30 } }, 422),
    json("embeddings of nothing", { embeddings: { data: [], fps: 30 } }, 422),
    json(
      "embeddings of NaN",
      { embeddings: { data: base64(floats(...Array(featureSize).fill(NaN))), fps: 30 } },
      422,
    ),
    { ...json("UTF-16", "", 400), body: new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]) },
    form("no boundary", part("clip"), 400, ""),
    form("a boundary of 100", part("clip"), 400, "x".repeat(100)),
    form("another boundary", `${part("clip")}--x--`, 400, "y"),
    form("not closed", part("clip"), 400),
    form("no part", "--x--", 400),
    form("no name", "--x\r\n\r\na\r\n--x--", 400),
    form("a header of 100 KB", `--x\r\nA: ${"a".repeat(100_000)}\r\n\r\na\r\n--x--`, 400),
    form("5000 parts", part("frames").repeat(5000) + "--x--", 413),
    form("an unknown field", `${part("model")}--x--`, 422),
    form("two clips", `${part("clip")}${part("clip")}--x--`, 422),
    form("a path as file name", `${part("clip", "a", '; filename="../../etc/passwd"')}--x--`, 422),
    form("fps of words", `${part("frames")}${part("fps", "many")}--x--`, 422),
    form("no text for names", new Uint8Array([...text(part("\x01")), 0xff, ...text("--x--")]), 400),
    { ...form("of another kind", "--x--", 415), type: "multipart/mixed; boundary=x" },
  ];
}

/** Bodies of types that are not taken, or that lie about their type. */
export function hostileTypes(): HostileBody[] {
  const zip = new Uint8Array([0x50, 0x4b, 3, 4, ...noise(3000)]);
  const typed = (type: string, body: Uint8Array, status: number, name = type): HostileBody => ({
    ...{ name: `type: ${name}`, type, body, status },
  });
  return [
    typed("text/html", text("<p>"), 415),
    typed("text/plain", text("a"), 415),
    typed("application/xml", text("<a/>"), 415),
    typed("application/x-www-form-urlencoded", text("clip=a"), 415),
    typed("application/zip", zip, 415),
    typed("audio", text("a"), 415, "half a type"),
    typed("\x7f/\x7f", text("a"), 400, "control characters"),
    typed("a/b;" + ";".repeat(3000), text("a"), 415, "3000 empty parameters"),
    {
      ...typed("audio/wav", zlibSync(wavFile(toneBytes(800))), 415, "deflated"),
      headers: { "Content-Encoding": "deflate" },
    },
    typed("video/mp4", zip, 422, "a zip as MP4"),
    typed("video/mp4", text("Dear diary, ".repeat(500)), 422, "text as MP4"),
    typed("video/mp4", noise(50_000), 422, "noise as MP4"),
    typed("audio/mpeg", noise(50_000), 422, "noise as MP3"),
    typed("application/octet-stream", noise(3), 422, "3 bytes"),
    typed("video/mp4", text("\0\0\0\x18ftypmp42"), 422, "the first box of an MP4"),
    typed("video/mp4", text("\xff".repeat(100)), 422, "boxes of 4 GB"),
    typed("audio/ogg", text("OggS" + "\0".repeat(1000)), 422, "an empty Ogg"),
    typed(
      "application/vnd.apple.mpegurl",
      text("#EXTM3U\nfile:///etc/passwd\n"),
      415,
      "a playlist",
    ),
    typed("video/mp4", text("#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n"), 422, "a playlist as MP4"),
    typed("video/mp4", text("ffconcat version 1.0\nfile /etc/passwd\n"), 422, "a list as MP4"),
  ];
}
