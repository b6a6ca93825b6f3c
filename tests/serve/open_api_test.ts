import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import assert from "node:assert/strict";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { openApi } from "../../src/serve/openapi/open_api.ts";
import { voiceBundle } from "../recognize/voice_bundle.ts";
import { toneBytes, wavFile } from "./clips.ts";
import { CARD, fakeRecognizer } from "./fake_recognizer.ts";
import { fakeApp } from "./fake_app.ts";

const limits = serveLimits({ maxBytes: 100_000, queue: 1, timeoutSeconds: 0.2 });
const document = openApi(CARD, limits, false);
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(document, "api");

type Responses = Record<string, {
  headers?: Record<string, { required?: boolean }>;
  content: Record<string, unknown>;
}>;

/** Checks a response against what the document says of its path, method, status and type. */
async function assertDocumented(path: string, method: "get" | "post", response: Response) {
  const paths = document.paths as unknown as Record<
    string,
    Record<string, { responses: Responses }>
  >;
  const documented = paths[path][method].responses[`${response.status}`];
  assert.ok(documented, `${method} ${path} ${response.status} is not documented`);
  for (const [name, { required }] of Object.entries(documented.headers ?? {})) {
    if (required) assert.ok(response.headers.has(name), `${response.status} has no ${name}`);
  }
  const type = response.headers.get("content-type")!.split(";")[0];
  assert.ok(type in documented.content, `${type} is not documented`);
  const pointer = [path, method, "responses", `${response.status}`, "content", type, "schema"]
    .map((key) => key.replaceAll("/", "~1")).join("/");
  const isJson = type.endsWith("json");
  const body = isJson ? await response.json() : await response.text();
  validate(`api#/paths/${pointer}`, body);
}

function validate(ref: string, value: unknown): void {
  assert.ok(ajv.validate(ref, value), `${ref}: ${ajv.errorsText()}`);
}

Deno.test("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  assert.ok(valid, JSON.stringify(errors));
});

Deno.test("what the endpoint answers is what the document says", async () => {
  const recognizer = fakeRecognizer();
  const inline = new InlineRunner(recognizer, limits);
  let slow = false;
  const app = createApp({
    limits,
    onError: () => {},
    runner: {
      card: CARD,
      predict: (source) => slow ? new Promise(() => {}) : inline.predict(source),
      enrol: (source, former) => inline.enrol(source, former),
      stream: (source, options) => inline.stream(source, options),
    },
  });
  const get = (path: string, headers = {}) =>
    app.fetch(new Request(`http://localhost${path}`, { headers }));
  const post = (body: BodyInit | null, type = "audio/wav", query = "", more = {}) =>
    app.fetch(
      new Request(`http://localhost/v1/predict${query}`, {
        ...{ method: "POST", body, headers: { "content-type": type, ...more } },
      }),
    );
  const wav = () => wavFile(toneBytes(8000));
  const defect = new Uint8Array(new Float32Array(800).fill(100).buffer);
  const endless = new ReadableStream({ pull: () => new Promise(() => {}) });
  const cases: [number, () => Promise<Response>][] = [
    [200, () => post(wav())],
    [200, () => post(wav(), "audio/wav", "?stream")],
    [403, () => post(wav(), "audio/wav", "", { origin: "http://evil.example" })],
    [421, () => post(wav(), "audio/wav", "", { host: "evil.example" })],
    [400, () => post("", "audio/wav")],
    [408, () => post(endless)],
    [411, () => post(null)],
    [413, () => post(new Uint8Array(100_001))],
    [415, () => post("a", "text/html")],
    [422, () => post("a", "audio/wav")],
    [500, () => post(defect, "audio/pcm;rate=8000;encoding=f32le")],
  ];
  for (const [status, ask] of cases) {
    const response = await ask();
    assert.equal(response.status, status);
    await assertDocumented("/v1/predict", "post", response);
  }
  slow = true;
  const answers = await Promise.all([post(wav()), post(wav()), post(wav())]);
  const statuses = answers.map(({ status }) => status);
  for (const status of [429, 504]) assert.ok(statuses.includes(status), `${statuses}`);
  for (const response of answers) await assertDocumented("/v1/predict", "post", response);
  for (const path of ["/v1/model", "/healthz", "/metrics"]) {
    await assertDocumented(path, "get", await get(path));
    for (const headers of [{ host: "" }, { host: "a.example" }, { origin: "http://a.example" }]) {
      await assertDocumented(path, "get", await get(path, headers));
    }
  }
  assert.deepEqual(await (await get("/openapi.json")).json(), document);
  app.drain();
  await assertDocumented("/v1/predict", "post", await post(wav()));
  await assertDocumented("/healthz", "get", await get("/healthz"));
});

Deno.test("the events of a stream are those that the document describes", async () => {
  const app = createApp({ limits, runner: new InlineRunner(fakeRecognizer(), limits) });
  const response = await app.fetch(
    new Request("http://localhost/v1/predict?stream", {
      method: "POST",
      body: wavFile(toneBytes(8000)),
    }),
  );
  const events = [...(await response.text()).matchAll(/^event: prediction\ndata: (.*)$/gm)];
  assert.equal(events.length, 2);
  for (const [, data] of events) {
    validate("api#/components/schemas/TimedPrediction", JSON.parse(data));
  }
});

Deno.test("an event of a silent window is as the document describes it", async () => {
  const recognizer = await loadRecognizer(await voiceBundle());
  const silentAjv = new Ajv2020({ strict: false });
  silentAjv.addSchema(openApi(recognizer.card, limits, false), "api");
  const app = createApp({ limits, runner: new InlineRunner(recognizer, limits) });
  const response = await app.fetch(
    new Request("http://localhost/v1/predict?stream", {
      method: "POST",
      body: wavFile(new Uint8Array(2 * 2 * 8000)),
    }),
  );
  const [, data] = /^event: prediction\ndata: (.*)$/m.exec(await response.text())!;
  const event = JSON.parse(data);
  assert.equal(event.label, "");
  assert.ok(
    silentAjv.validate("api#/components/schemas/TimedPrediction", event),
    silentAjv.errorsText(),
  );
  // The answer for a whole clip always names a label.
  const { start: _, end: __, ...whole } = event;
  assert.equal(silentAjv.validate("api#/components/schemas/Prediction", whole), false);
});

Deno.test("an enrolment goes from one request to the next, as the document describes it", async () => {
  const { app } = fakeApp();
  const ask = (path: string, parts: Record<string, Blob | string>) => {
    const body = new FormData();
    for (const [name, part] of Object.entries(parts)) body.append(name, part);
    return app.fetch(new Request(`http://localhost/v1/${path}`, { method: "POST", body }));
  };
  const audio = new Blob([wavFile(toneBytes(8000))], { type: "audio/wav" });
  const first = await (await ask("enrolment", { audio })).json();
  validate("api#/components/schemas/Enrolment", first);
  assert.equal(first.audio.clips, 1);
  const again = await (await ask("enrolment", { audio, enrolment: JSON.stringify(first) })).json();
  assert.equal(again.audio.clips, 2);
  const enrolment = new Blob([JSON.stringify(again)], { type: "application/json" });
  const { probabilities } = await (await ask("predict", { audio, enrolment })).json();
  assert.ok(probabilities.angry < 1e-3);
  const events = await (await ask("predict?stream", { audio, enrolment })).text();
  assert.match(events, /"likeliest":"calm"/);

  const wrong: [string, Record<string, Blob | string>, number, RegExp][] = [
    ["predict", { audio, enrolment: "{" }, 400, /the enrolment is not JSON/],
    ["predict", { audio, enrolment: new Blob([Uint8Array.of(255)]) }, 400, /not UTF-8/],
    ["predict", { audio, enrolment: "[".repeat(9) }, 422, /more objects and arrays/],
    ["predict", { audio, enrolment: `"${"x".repeat(2 ** 20)}"` }, 413, /allowed: 1048576/],
    ["predict", { enrolment }, 422, /neither sound nor picture/],
    ["enrolment?stream", { audio }, 400, /takes no query/],
    ["enrolment", { audio, more: "x" }, 422, /a field "more"; allowed: .*enrolment/],
    ["enrolment", { audio, enrolment: '{"audio":{"clips":1,"mean":[2]}}' }, 422, /impossible/],
  ];
  for (const [path, parts, status, reason] of wrong) {
    const response = await ask(path, parts);
    const { detail } = await response.json();
    assert.deepEqual([response.status, reason.test(detail)], [status, true], detail);
  }
  const twice = new FormData();
  for (const _ of [1, 2]) twice.append("enrolment", "{}");
  const request = new Request("http://localhost/v1/predict", { method: "POST", body: twice });
  assert.equal((await app.fetch(request)).status, 422);
});

Deno.test("the document's schemas refuse what a prediction is not", () => {
  const schema = "api#/components/schemas/Prediction";
  const probabilities = { calm: 0.5, angry: 0.5 };
  const good = {
    label: "calm",
    likeliest: "calm",
    probabilities,
    modalities: {},
    used: ["audio"],
    quality: [],
    warnings: [],
  };
  validate(schema, good);
  validate(schema, { ...good, label: "uncertain" });
  for (
    const bad of [
      { ...good, label: "bored" },
      { ...good, likeliest: "uncertain" },
      { ...good, probabilities: { calm: 1 } },
      { ...good, probabilities: { calm: 2, angry: -1 } },
      { ...good, used: ["smell"] },
      { ...good, more: 1 },
    ]
  ) assert.equal(ajv.validate(schema, bad), false);
});
