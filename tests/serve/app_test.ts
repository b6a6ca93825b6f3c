import assert from "node:assert/strict";
import { makeAsset } from "../../src/serve/assets.ts";
import { Problem } from "../../src/serve/problem.ts";
import type { DecodeClip } from "../../src/serve/runner.ts";
import { base64, jpegFile, pngFile, toneBytes, wavFile } from "./clips.ts";
import { CARD } from "./fake_recognizer.ts";
import { fakeApp } from "./fake_app.ts";

Deno.test("POST /v1/predict answers a WAV with a prediction", async () => {
  const { post } = fakeApp();
  const response = await post(wavFile(toneBytes(8000)), "audio/wav");
  assert.equal(response.status, 200);
  const { label, probabilities, used, fallback } = await response.json();
  assert.equal(label, "calm");
  assert.ok(Math.abs(probabilities.angry - 0.5) < 1e-3);
  assert.deepEqual(used, ["audio"]);
  assert.equal(fallback, "one modality is missing");
});

Deno.test("POST /v1/predict takes every kind of clip that needs no decoder", async () => {
  const { post } = fakeApp();
  const tone = toneBytes(800);
  const swapped = tone.slice();
  for (let i = 0; i < swapped.length; i += 2) swapped.set([tone[i + 1], tone[i]], i);
  const frames = new Uint8Array(2 * 4 * 3 * 3).fill(255);
  const rgba = new Uint8Array(2 * 4 * 3 * 4).fill(255);
  const form = new FormData();
  form.append("audio", new Blob([wavFile(tone)], { type: "audio/wav" }), "a.wav");
  form.append("frames", new Blob([jpegFile()], { type: "image/jpeg" }), "0.jpg");
  form.append("frames", new Blob([pngFile()], { type: "image/png" }), "1.png");
  form.append("fps", "10");
  const embedded = new FormData();
  embedded.append("embeddings", new Blob([new Float32Array(8)]), "e");
  embedded.append("fps", "10");
  const json = (value: unknown) => JSON.stringify(value);
  const raw = "video/raw; sampling=RGB; width=4; height=3; fps=10";
  const cases: [string, BodyInit, string?][] = [
    ["wav", wavFile(tone), "audio/x-wav"],
    ["wav by its bytes", wavFile(tone)],
    ["octets", wavFile(tone), "application/octet-stream"],
    ["pcm", tone, "audio/pcm; rate=8000"],
    ["floats", new Uint8Array(new Float32Array(800).buffer), "audio/pcm;rate=8000;encoding=f32le"],
    ["L16", swapped, "audio/L16; rate=8000; channels=1"],
    ["jpeg", jpegFile(), "image/jpeg"],
    ["png", pngFile()],
    ["rgb", frames, raw],
    ["rgba", rgba, raw.replace("RGB", "RGBA")],
    ["form", form],
    ["embedded form", embedded],
    ["json", json({ samples: [0, 0.25], sampleRate: 16000 }), "application/json"],
    [
      "json in base64",
      json({ samples: base64(new Uint8Array(new Float32Array(800).buffer)), sampleRate: 8000 }),
      "application/json; charset=utf-8",
    ],
    [
      "json of frames",
      json({ frames: { data: base64(frames), n: 2, width: 4, height: 3, fps: 30 } }),
      "application/json",
    ],
    [
      "json of pictures",
      json({ frames: { images: [base64(jpegFile()), base64(pngFile())], fps: 30 } }),
      "application/json",
    ],
    [
      "json of embeddings",
      json({ embeddings: { data: [1, 2, 3, 4], fps: 30 } }),
      "application/json",
    ],
  ];
  for (const [name, body, type] of cases) {
    const response = await post(body, type);
    assert.equal(response.status, 200, `${name}: ${await response.clone().text()}`);
    assert.ok("label" in await response.json());
  }
});

Deno.test("POST /v1/predict hands containers to the decoder, and refuses them without one", async () => {
  const given: Uint8Array[] = [];
  const decodeClip: DecodeClip = (bytes) => {
    given.push(bytes);
    return Promise.resolve({ samples: new Float32Array(800).fill(0.75), sampleRate: 8000 });
  };
  const { post } = fakeApp({ decodeClip });
  const bytes = new TextEncoder().encode("\0\0\0\x18ftypmp42");
  const response = await post(bytes, "video/mp4");
  assert.equal((await response.json()).probabilities.angry, 0.75);
  const form = new FormData();
  form.append("clip", new Blob([bytes]), "a.mp4");
  assert.equal((await post(form)).status, 200);
  assert.deepEqual(given.map(({ length }) => length), [12, 12]);
  // Compressed sound in a .wav is the decoder's, too.
  assert.equal((await post(wavFile(toneBytes(8), { tag: 7 }), "audio/wav")).status, 200);
  form.append("fps", "10");
  assert.equal((await post(form)).status, 422);

  const without = fakeApp();
  assert.equal((await without.post(bytes, "video/mp4")).status, 415);
  assert.equal((await without.post(wavFile(toneBytes(8), { tag: 7 }), "audio/wav")).status, 415);
});

Deno.test("types are taken by all their names, and what is alike is told apart by its bytes", async () => {
  const given: string[] = [];
  const decodeClip: DecodeClip = (bytes) => {
    given.push(new TextDecoder().decode(bytes.subarray(4, 8)));
    return Promise.resolve({ samples: new Float32Array(800), sampleRate: 8000 });
  };
  const { post } = fakeApp({ decodeClip });
  const wav = () => wavFile(toneBytes(800));
  const mp4 = () => new TextEncoder().encode("\0\0\0\x18ftypM4A ");
  const usedOf = async (body: Uint8Array<ArrayBuffer>, type: string) => {
    const response = await post(body, type);
    assert.equal(response.status, 200, `${type}: ${await response.clone().text()}`);
    return (await response.json()).used;
  };
  for (
    const type of [
      "image/jpeg",
      "image/jpg",
      "image/pjpeg",
      "image/png",
      "image/x-png",
      "IMAGE/JPG",
    ]
  ) {
    for (const picture of [jpegFile(), pngFile()]) {
      assert.deepEqual(await usedOf(picture, type), ["video"], type);
    }
  }
  const sounds = ["wav", "wave", "x-wav", "x-pn-wav", "vnd.wave"].map((name) => `audio/${name}`);
  const containers = [
    ...["audio/mp4", "audio/x-m4a", "audio/mpeg", "audio/webm", "audio/ogg", "audio/aac"],
    ...["video/mp4", "video/x-m4v", "video/quicktime", "video/x-matroska", "video/webm"],
    ...["application/mp4", "application/ogg", "application/x-matroska"],
    "application/octet-stream",
  ];
  for (const type of [...sounds, ...containers]) {
    assert.deepEqual(await usedOf(wav(), type), ["audio"], type);
    assert.deepEqual(given, [], `${type}: a WAV needs no decoder`);
  }
  for (const type of [...sounds, ...containers]) {
    await usedOf(mp4(), type);
    assert.deepEqual(given.splice(0), ["ftyp"], `${type}: an MP4 needs one`);
  }
});

Deno.test("a type that is not taken is refused before its body is read", async () => {
  const { app } = fakeApp();
  for (
    const type of [
      ...["text/html", "text/plain", "image/heic", "image/webp", "application/zip", "audio"],
      ...["multipart/mixed; boundary=x", "application/x-www-form-urlencoded"],
      // There is no decoder.
      ...["video/mp4", "audio/mpeg", "application/mp4", "application/x-matroska"],
    ]
  ) {
    let asked = false;
    const body = new ReadableStream({
      pull() {
        asked = true;
        return new Promise(() => {});
      },
    }, { highWaterMark: 0 });
    const request = { method: "POST", body, headers: { "content-type": type } };
    const response = await app.fetch(new Request("http://localhost/v1/predict", request));
    assert.equal(response.status, 415, type);
    assert.equal(asked, false, type);
  }
});

Deno.test("wrong queries are refused with 400", async () => {
  const { post } = fakeApp();
  for (
    const query of [
      "?stram",
      "?hop=1",
      "?stream&hop=0",
      "?stream&hop=x",
      "?stream&hop=1&hop=2",
      "?stream=no",
      "?minConfidence=",
      "?minConfidence=1.1",
      "?minConfidence=high",
    ]
  ) {
    const response = await post(wavFile(toneBytes(8)), "audio/wav", query);
    assert.equal(response.status, 400, query);
  }
});

Deno.test("below the least confidence of a request, or else of the server, the label is uncertain", async () => {
  const clip = wavFile(toneBytes(800));
  const labelsOf = async (app: ReturnType<typeof fakeApp>, query: string) => {
    const { label, likeliest } = await (await app.post(clip, "audio/wav", query)).json();
    return [label, likeliest];
  };
  const plain = fakeApp();
  assert.deepEqual(await labelsOf(plain, ""), ["calm", "calm"]);
  assert.deepEqual(await labelsOf(plain, "?minConfidence=0.9"), ["uncertain", "calm"]);
  const events = await plain.post(clip, "audio/wav", "?stream&minConfidence=0.9");
  assert.match(await events.text(), /^event: prediction\ndata: \{"label":"uncertain"/);
  const careful = fakeApp({ minConfidence: 0.9 });
  assert.deepEqual(await labelsOf(careful, ""), ["uncertain", "calm"]);
  assert.deepEqual(await labelsOf(careful, "?minConfidence=0.1"), ["calm", "calm"]);
  assert.throws(() => fakeApp({ minConfidence: 2 }), /minConfidence is 2; allowed/);
});

Deno.test("a window or hop that no stream takes is refused by its name, one at the edge is taken", async () => {
  const { post } = fakeApp();
  const ask = (query: string) => post(wavFile(toneBytes(8)), "audio/wav", `?stream&${query}`);
  for (const query of ["window=100", "window=0.4", "hop=0.01", "hop=61", "hop=x"]) {
    const [name, value] = query.split("=");
    const response = await ask(query);
    assert.equal(response.status, 400, query);
    const { detail } = await response.json();
    assert.match(detail, new RegExp(`^${name} is "${value}"; allowed: .* to 60$`));
  }
  for (const query of ["window=0.5&hop=0.02", "window=60&hop=60"]) {
    const response = await ask(query);
    assert.equal(response.status, 200, query);
    await response.text();
  }
});

Deno.test("rates that the recogniser does not take are refused with its own limits", async () => {
  const { get, post } = fakeApp();
  const form = (fps: string) => {
    const data = new FormData();
    data.append("frames", new Blob([jpegFile()], { type: "image/jpeg" }), "0.jpg");
    data.append("fps", fps);
    return data;
  };
  const detail = async (body: BodyInit, type?: string) => {
    const response = await post(body, type);
    assert.equal(response.status, 422);
    return (await response.json()).detail;
  };
  for (const fps of ["0.05", "241", "many", " "]) {
    assert.match(await detail(form(fps)), /^fps is .*; allowed: a number from 0\.1 to 240$/);
  }
  assert.equal((await post(form("0.2"))).status, 200);
  assert.match(await detail(toneBytes(8), "audio/pcm; rate=999"), /allowed: 1000 to 768000$/);
  const { Clip } = (await (await get("/openapi.json")).json()).components.schemas;
  const { sampleRate, frames } = Clip.properties;
  assert.deepEqual([sampleRate.minimum, sampleRate.maximum], [1000, 768_000]);
  assert.deepEqual([frames.properties.fps.minimum, frames.properties.fps.maximum], [0.1, 240]);
});

Deno.test("who lets curl name the type is told which header to give", async () => {
  const { post } = fakeApp();
  const detail = async (type: string) => {
    const response = await post(wavFile(toneBytes(8)), type);
    assert.equal(response.status, 415);
    return (await response.json()).detail;
  };
  const hint = /give the clip's own type, as with curl -H 'Content-Type: video\/mp4'$/;
  assert.match(await detail("application/x-www-form-urlencoded"), hint);
  assert.doesNotMatch(await detail("text/html"), hint);
});

Deno.test("GET routes answer, HEAD too, other methods get 405 and other paths 404", async () => {
  const html = { bytes: new TextEncoder().encode("<p>"), type: "text/html" };
  const { get } = fakeApp({ assets: new Map([["/index.html", html], ["/a.js", html]]) });
  assert.deepEqual(await (await get("/v1/model")).json(), CARD);
  assert.deepEqual(await (await get("/healthz")).json(), { status: "ok" });
  assert.equal((await (await get("/openapi.json")).json()).openapi, "3.1.0");
  assert.equal(await (await get("/")).text(), "<p>");
  assert.equal(await (await get("/index.html")).text(), "<p>");
  assert.equal((await get("/healthz", "HEAD")).status, 200);
  for (const path of ["/v1/model", "/healthz", "/metrics", "/openapi.json", "/", "/a.js"]) {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      const response = await get(path, method);
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), "GET, HEAD");
    }
  }
  const predict = await get("/v1/predict");
  assert.equal(predict.status, 405);
  assert.equal(predict.headers.get("allow"), "POST");
  for (
    const path of ["/nothing", "/v1", "/v1/predict/", "//healthz", "/%2e%2e/deno.json", "/a.js/.."]
  ) {
    const { status, headers } = await get(path);
    assert.equal(status, path === "/a.js/.." ? 200 : 404, path);
    if (status === 404) assert.equal(headers.get("content-type"), "application/problem+json");
  }
});

Deno.test("a file is not sent again to who has it", async () => {
  const asset = await makeAsset("a.js", new TextEncoder().encode("1"));
  const { app } = fakeApp({ assets: new Map([["/a.js", asset]]) });
  const ask = (headers: Record<string, string> = {}) =>
    app.fetch(new Request("http://localhost/a.js", { headers }));
  const first = await ask();
  assert.equal(await first.text(), "1");
  const etag = first.headers.get("etag")!;
  assert.match(etag, /^"[0-9a-f]{64}"$/);
  const again = await ask({ "if-none-match": `W/"old", ${etag}` });
  assert.deepEqual([again.status, await again.text()], [304, ""]);
  assert.equal((await ask({ "if-none-match": '"another"' })).status, 200);
});

Deno.test("/metrics counts requests by route and status, and never a client's own words", async () => {
  const { get, post } = fakeApp();
  await post(wavFile(toneBytes(800)), "audio/wav");
  await post("x", "text/html");
  await (await post(wavFile(toneBytes(800)), "audio/wav", "?stream")).text();
  await get('/"}evil');
  const response = await get("/metrics");
  assert.match(response.headers.get("content-type")!, /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  assert.match(text, /^emofuse_requests_total\{path="\/v1\/predict",status="200"\} 2$/m);
  assert.match(text, /^emofuse_requests_total\{path="\/v1\/predict",status="415"\} 1$/m);
  assert.match(text, /^emofuse_requests_total\{path="other",status="404"\} 1$/m);
  // The refused one is not counted.
  assert.match(text, /^emofuse_clip_seconds_count 2$/m);
  assert.match(
    text,
    /^# TYPE emofuse_workers_replaced_total counter\nemofuse_workers_replaced_total 0$/m,
  );
  assert.match(text, /^emofuse_held_bytes 0$/m);
  assert.doesNotMatch(text, /evil/);
});

Deno.test("a defect is answered with 500 without its message, and logged", async () => {
  const { post, errors } = fakeApp();
  const samples = new Uint8Array(new Float32Array(800).fill(100).buffer);
  const response = await post(samples, "audio/pcm; rate=8000; encoding=f32le");
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /a defect/);
  assert.equal((errors[0] as Error).message, "a defect");
});

Deno.test("a decoder's problem is the answer", async () => {
  const decodeClip: DecodeClip = () => Promise.reject(new Problem(422, "the clip: file is empty"));
  const { post } = fakeApp({ decodeClip });
  const response = await post("x", "video/mp4");
  assert.equal(response.status, 422);
  assert.equal((await response.json()).detail, "the clip: file is empty");
});
