import assert from "node:assert/strict";
import { HeldBytes } from "../../src/serve/held_bytes.ts";
import { readClip } from "../../src/serve/input/read_clip.ts";
import { readJsonClip } from "../../src/serve/input/read_json_clip.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { mediaType } from "../../src/serve/media_type.ts";
import { parseUpload } from "../../src/serve/parse_upload.ts";
import { readBody } from "../../src/serve/read_body.ts";
import { base64, jpegFile, toneBytes, wavFile } from "./clips.ts";
import { CARD } from "./fake_recognizer.ts";

const limits = serveLimits({ maxSeconds: 2, maxFrames: 3, maxBytes: 1000, timeoutSeconds: 0.1 });
const text = (value: string) => new TextEncoder().encode(value);
const problem = (status: number, message?: RegExp) => (error: Error & { status?: number }) => {
  assert.equal(error.status, status, error.message);
  if (message) assert.match(error.message, message);
  return true;
};

/** A request whose body is a stream of `chunks`; a number among them is a pause in milliseconds. */
function streamed(chunks: (Uint8Array | number | Error)[], headers: Record<string, string> = {}) {
  const rest = [...chunks];
  const body = new ReadableStream({
    async pull(controller) {
      const next = rest.shift();
      if (next === undefined) controller.close();
      else if (next instanceof Error) controller.error(next);
      else if (typeof next === "number") {
        await new Promise((resolve) => setTimeout(resolve, next));
        controller.enqueue(new Uint8Array(1));
      } else controller.enqueue(next);
    },
  });
  return new Request("http://localhost/", { method: "POST", body, headers });
}

Deno.test("readBody() joins chunks and counts them as held", async () => {
  const held = new HeldBytes(2000);
  const body = await readBody(streamed([text("ab"), text("c")]), limits, held);
  assert.equal(new TextDecoder().decode(body), "abc");
  assert.equal(held.held, 3);
});

Deno.test("readBody() refuses what is empty, too large, too slow, broken off or compressed", async () => {
  const held = new HeldBytes(2000);
  const post = (init: RequestInit) => new Request("http://localhost/", { method: "POST", ...init });
  const cases: [string, Request, number][] = [
    ["none", post({}), 411],
    ["empty", post({ body: "" }), 400],
    ["empty stream", streamed([]), 400],
    ["empty by its own account", streamed([], { "content-length": "0" }), 400],
    ["too large", streamed([new Uint8Array(600), new Uint8Array(600)]), 413],
    ["too large by its own account", streamed([text("a")], { "content-length": "1001" }), 413],
    ["too slow", streamed([text("a"), 60, 60, 60]), 408],
    ["broken off", streamed([text("a"), new Error("reset")]), 400],
    ["compressed", streamed([text("a")], { "content-encoding": "gzip" }), 415],
  ];
  for (const [name, request, status] of cases) {
    await assert.rejects(readBody(request, limits, held), problem(status), name);
    assert.equal(held.held, 0, name);
  }
});

Deno.test("parseUpload() refuses broken forms", () => {
  const form = (body: string, type = "multipart/form-data; boundary=x") =>
    parseUpload(type, text(body), limits);
  const part = (name: string, content = "a") =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
  assert.equal(form(`${part("clip", "hello")}--x--\r\n`).parts[0].bytes.length, 5);
  for (
    const [body, type] of [
      ["", undefined],
      ["hello", undefined],
      ["--x--\r\n", undefined],
      [part("clip"), undefined],
      ["--x\r\n\r\na\r\n--x--", undefined],
      [`${part("clip")}--x--`, "multipart/form-data"],
      [`${part("clip")}--x--`, `multipart/form-data; boundary=${"x".repeat(71)}`],
      [`--x\r\nA: ${"a".repeat(9000)}\r\n\r\na\r\n--x--`, undefined],
    ]
  ) {
    assert.throws(() => form(body!, type), problem(400), body!.slice(0, 40));
  }
  assert.throws(() => form(part("frames").repeat(12) + "--x--"), problem(413, /11 parts/));
  assert.throws(() => form("a", "multipart/mixed; boundary=x"), problem(415));
  const latin = new Uint8Array([...text('--x\r\nContent-Disposition: form-data; name="'), 0xff]);
  const bytes = new Uint8Array([...latin, ...text('"\r\n\r\na\r\n--x--')]);
  assert.throws(() => parseUpload("multipart/form-data; boundary=x", bytes, limits), problem(400));
});

Deno.test("mediaType() refuses what is none", () => {
  for (const header of ["audio", "audio/", "/wav", "a b/c", "audio/wav/x", "\0"]) {
    assert.throws(() => mediaType(header), problem(415), header);
  }
  assert.equal(mediaType(null).type, "");
});

Deno.test("readJsonClip() refuses what is not a clip", () => {
  const frames = { width: 2, height: 1, fps: 10 };
  const two = base64(new Uint8Array(12));
  const cases: [unknown, number][] = [
    [null, 422],
    [[], 422],
    ["samples", 422],
    [{ sample: [] }, 422],
    [{ samples: [0] }, 422],
    [{ samples: [], sampleRate: 0 }, 422],
    [{ samples: [0], sampleRate: "8000" }, 422],
    [{ samples: [0], sampleRate: 1 }, 422],
    [{ samples: [null], sampleRate: 8000 }, 422],
    [{ samples: ["0"], sampleRate: 8000 }, 422],
    [{ samples: { length: 5 }, sampleRate: 8000 }, 422],
    [{ samples: "!!", sampleRate: 8000 }, 422],
    [{ samples: btoa("abc"), sampleRate: 8000 }, 422],
    [{ samples: Array(16001).fill(0), sampleRate: 8000 }, 413],
    [{ frames: [] }, 422],
    [{ frames: { ...frames } }, 422],
    [{ frames: { ...frames, data: two, n: 3 } }, 422],
    [{ frames: { ...frames, data: two, channels: 5 } }, 422],
    [{ frames: { ...frames, data: two, width: 1e5, height: 1e5 } }, 413],
    [{ frames: { images: [], fps: 1 } }, 422],
    [{ frames: { images: [1], fps: 1 } }, 422],
    [{ frames: { images: ["", "", "", ""], fps: 30 } }, 413],
    [{ embeddings: { data: [1, 2, 3], fps: 30 } }, 422],
    [{ embeddings: { data: [1, 2, 3, 4] } }, 422],
    [{ embeddings: { data: [1, 2, 3, 4], n: 2, fps: 30 } }, 422],
    [{ embeddings: { data: Array(16).fill(0), fps: 30 } }, 413],
  ];
  for (const [clip, status] of cases) {
    const written = JSON.stringify(clip);
    assert.throws(
      () => readJsonClip(text(written), CARD, limits),
      problem(status),
      written.slice(0, 80),
    );
  }
  for (const broken of ["{", "NaN", '{"samples": [NaN]}', "[".repeat(8), "\xff"]) {
    assert.throws(() => readJsonClip(text(broken), CARD, limits), problem(400));
  }
  assert.throws(() => readJsonClip(new Uint8Array([0xff, 0xfe]), CARD, limits), problem(400));
});

Deno.test("readJsonClip() refuses what would take gigabytes, without parsing it", () => {
  for (const piece of ["[", "[],", "{},", '"",', '{"a":']) {
    const body = text(piece.repeat(Math.floor(20e6 / piece.length)));
    assert.throws(() => readJsonClip(body, CARD, limits), problem(422, /more objects/), piece);
  }
});

Deno.test("readClip() refuses forms whose parts do not fit together", () => {
  const wav = { name: "audio", type: "audio/wav", parameters: {}, bytes: wavFile(toneBytes(80)) };
  const jpeg = { name: "frames", type: "image/jpeg", parameters: {}, bytes: jpegFile() };
  const fps = { name: "fps", type: "", parameters: {}, bytes: text("10") };
  const read = (...parts: (typeof wav)[]) => readClip({ parts }, CARD, limits);
  assert.equal(read(wav, jpeg, fps).frames!.fps, 10);
  const bad: [string, (typeof wav)[], number][] = [
    ["unknown field", [{ ...wav, name: "sound" }], 422],
    ["two sounds", [wav, wav], 422],
    ["the sound twice", [{ ...wav, name: "clip" }, wav], 422],
    ["fps alone", [fps], 422],
    ["fps of words", [jpeg, { ...fps, bytes: text("many") }], 422],
    ["a picture as sound", [{ ...jpeg, name: "audio" }], 415],
    ["sound as picture", [{ ...wav, name: "frames" }], 415],
    ["embeddings without fps", [{ ...fps, name: "embeddings", bytes: new Uint8Array(16) }], 422],
    ["odd embeddings", [{ ...fps, name: "embeddings", bytes: new Uint8Array(15) }, fps], 422],
    ["text", [{ ...wav, name: "clip", type: "text/plain" }], 415],
    ["a type of nobody", [{ ...wav, type: "font/woff" }], 415],
  ];
  for (const [name, parts, status] of bad) {
    assert.throws(() => read(...parts), problem(status), name);
  }
  const voice = { ...CARD, video: undefined };
  const embeddings = { ...fps, name: "embeddings", bytes: new Uint8Array(16) };
  assert.throws(() => readClip({ parts: [embeddings, fps] }, voice, limits), problem(422, /look/));
});
