import assert from "node:assert/strict";
import { join } from "node:path";
import { buildPage } from "../../tasks/page.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "../recognize/voice_bundle.ts";
import { wavFile } from "../serve/clips.ts";
import { taskCommand } from "../tasks/cli.ts";
import { rawHttp } from "./raw_http.ts";

/** `deno task serve`, without making the page first. */
function serveTask(...args: string[]): Deno.ChildProcess {
  return taskCommand("serve", args, { stdout: "piped", stderr: "piped" }).spawn();
}

/** The first line that a server prints, without the words before its address. */
async function urlOf(server: Deno.ChildProcess): Promise<string> {
  const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the server ended: ${await server.stderr.text()}`);
    text += value;
  }
  reader.releaseLock();
  return /^listening on (\S+)$/m.exec(text)![1];
}

/** A folder with a bundle in it, removed afterwards. */
async function withModel(work: (file: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "emofuse-serve-" });
  try {
    await Deno.writeFile(join(dir, "voice.emofuse"), await voiceBundle());
    await work(join(dir, "voice.emofuse"));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Two seconds of a tone as a 16-bit .wav. */
function wav(label: 0 | 1): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(tone(label), (value) => value * 32767);
  return wavFile(new Uint8Array(samples.buffer), { sampleRate: SAMPLE_RATE });
}

const post = (url: string, query = "", body: BodyInit = wav(1)) =>
  fetch(`${url}/v1/predict${query}`, { method: "POST", body });

Deno.test("deno task serve predicts, and ends with 0 when it is asked to", async () => {
  await withModel(async (model) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const server = serveTask("--model", model, "--port", "0");
      const url = await urlOf(server);
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
      for (const label of [0, 1] as const) {
        const response = await post(url, "", wav(label));
        assert.equal(response.status, 200);
        assert.equal((await response.json()).label, ["calm", "angry"][label]);
      }
      assert.match(await (await post(url, "?stream&hop=1")).text(), /event: end\n/);
      // A prediction under way when the signal comes is finished.
      const last = post(url, "?stream&hop=0.02");
      await last;
      server.kill(signal);
      // A terminal's Ctrl-C reaches all, and deno task hands it on: that is asked once.
      server.kill(signal);
      assert.match(await (await last).text(), /event: end\n/);
      const [{ code }, said] = await Promise.all([server.status, server.stderr.text()]);
      assert.equal(code, 0, said);
      assert.match(said, /predictions under way are finished/);
    }
  });
});

Deno.test("deno task serve shows the page that deno task page made, with its own model", async () => {
  await buildPage();
  await withModel(async (model) => {
    const server = serveTask("--model", model, "--port", "0");
    const url = await urlOf(server);
    assert.match(await (await fetch(url)).text(), /<script[^>]* src="page\.js"/);
    const code = await fetch(`${url}/page.js`);
    assert.equal(code.status, 200);
    await code.body?.cancel();
    const bytes = await (await fetch(`${url}/model.emofuse`)).bytes();
    assert.deepEqual(bytes, await Deno.readFile(model));
    server.kill("SIGTERM");
    assert.equal((await server.status).code, 0);
    await server.stderr.cancel();
  });
});

Deno.test("deno task serve answers to the names and origins that its flags allow", async () => {
  await withModel(async (model) => {
    const access = ["--allowed-hosts", "emofuse.example,*.lab.example"];
    const origins = ["--allowed-origins", "https://app.example"];
    const server = serveTask("--model", model, "--port", "0", ...access, ...origins);
    const url = await urlOf(server);
    const ask = async (host: string, more = "") => {
      const request = `GET /v1/model HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
      const { status, body, headers } = await rawHttp(url, [request], 10);
      return { status, headers, detail: JSON.parse(body).detail };
    };
    for (const host of ["localhost", "127.0.0.1", "emofuse.example", "a.lab.example:80"]) {
      assert.equal((await ask(host)).status, 200, host);
    }
    const other = await ask("evil.example");
    assert.equal(other.status, 421);
    assert.match(other.detail, /names given by --allowed-hosts$/);
    const foreign = await ask("localhost", "Origin: http://evil.example\r\n");
    assert.equal(foreign.status, 403);
    assert.match(foreign.detail, /origins given by --allowed-origins$/);
    const allowed = await ask("localhost", "Origin: https://app.example\r\n");
    assert.equal(allowed.status, 200);
    assert.equal(allowed.headers["access-control-allow-origin"], "https://app.example");
    server.kill("SIGTERM");
    assert.equal((await server.status).code, 0);
    await server.stderr.cancel();
  });
});

Deno.test("a second signal ends deno task serve at once, also if it is another one", async () => {
  await withModel(async (model) => {
    const server = serveTask("--model", model, "--port", "0");
    const url = await urlOf(server);
    // An upload that does not end keeps the server from stopping.
    const started = Promise.withResolvers<void>();
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1000));
        started.resolve();
        return new Promise(() => {});
      },
    });
    const upload = fetch(`${url}/v1/predict`, { method: "POST", body });
    const failed = assert.rejects(upload);
    await started.promise;
    while (!/emofuse_held_bytes [1-9]/.test(await (await fetch(`${url}/metrics`)).text()));
    server.kill("SIGINT");
    const stderr = server.stderr.pipeThrough(new TextDecoderStream()).getReader();
    for (let said = ""; !said.includes("stopping");) said += (await stderr.read()).value ?? "";
    server.kill("SIGTERM");
    assert.equal((await server.status).code, 143);
    await stderr.cancel();
    await failed;
  });
});

Deno.test("200 clients at once: each gets a prediction, or is told when to come again", async () => {
  await withModel(async (model) => {
    const server = serveTask("--model", model, "--port", "0", "--queue", "50");
    const url = await urlOf(server);
    const body = wav(1);
    const answers = await Promise.all(Array.from({ length: 200 }, async () => {
      const response = await post(url, "", body);
      const { label, status } = await response.json();
      return { response, label, status };
    }));
    for (const { response, label, status } of answers) {
      if (response.status === 200) assert.equal(label, "angry");
      else {
        assert.ok([429, 503].includes(response.status), `${response.status}`);
        assert.equal(status, response.status);
        assert.ok(Number(response.headers.get("retry-after")) >= 1);
      }
    }
    const predicted = answers.filter(({ response }) => response.status === 200).length;
    assert.ok(predicted >= 51, `only ${predicted} were predicted`);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const counted = [
      ...metrics.matchAll(/^emofuse_requests_total\{path="\/v1\/predict".*\} (\d+)$/gm),
    ]
      .reduce((sum, [, count]) => sum + Number(count), 0);
    assert.equal(counted, 200);
    assert.match(metrics, /^emofuse_held_bytes 0$/m);
    server.kill("SIGTERM");
    assert.equal((await server.status).code, 0);
    await server.stderr.cancel();
  });
});

Deno.test("deno task serve says what is wrong with its flags and its model", async () => {
  const run = async (...args: string[]) => {
    const { code, stderr } = await serveTask(...args).output();
    return { code, said: new TextDecoder().decode(stderr).trim() };
  };
  for (
    const [flag, value] of [
      ["--port", "70000"],
      ["--host", "10.1.2.3"],
      ["--concurrency", "0"],
      ["--queue", "-1"],
      ["--max-mb", "0"],
      ["--max-seconds", "long"],
      ["--timeout", "0"],
      ["--allowed-hosts", "emofuse.example:8000"],
      ["--allowed-origins", "app.example"],
    ]
  ) {
    const { code, said } = await run("--model", "a", flag, value);
    assert.equal(code, 2, flag);
    assert.match(said, new RegExp(flag));
    assert.ok(!said.includes("\n"));
  }
  const absent = await run("--model", "no-such.emofuse");
  assert.equal(absent.code, 2);
  assert.match(absent.said, /^error: --model no-such\.emofuse cannot be read: /);
  const other = await run("--model", "deno.json");
  assert.equal(other.code, 1);
  assert.match(other.said, /^error: --model deno\.json: this is not an Emofuse bundle/);
});
