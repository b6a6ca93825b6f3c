import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../needs.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "../recognize/voice_bundle.ts";
import { wavFile } from "../serve/clips.ts";
import { withFolder } from "../with_folder.ts";
import { imageSettings, inBox, makeRoot } from "./image_root.ts";

/** Clients that ask at once, each again as soon as it was answered. */
const CLIENTS = 8;

/** How a client fared. */
interface Asked {
  /** Predictions that it was given, each with its label. */
  predicted: number;
  /** Whether it was told to come again, and by which words. */
  refusal?: string;
}

const ended = new TextDecoder();

await testWith(
  ["bwrap"],
  "the image answers in an empty, read-only root without capabilities, and SIGTERM loses no request",
  async (t) => {
    await withFolder(async (dir) => {
      const root = join(dir, "root");
      await makeRoot(root);
      await Deno.mkdir(join(dir, "models"));
      await Deno.writeFile(join(dir, "models/voice.emofuse"), await voiceBundle());
      const { entrypoint, command } = await imageSettings();

      await t.step("nothing of it can be written, and there is no shell", async () => {
        const write = 'Deno.writeTextFileSync("/app/x", "")';
        const { success, stderr } = await (await inBox(root, [entrypoint[0], "eval", write]))
          .output();
        assert.equal(success, false);
        assert.match(ended.decode(stderr), /Read-only file system/);
        await assert.rejects(Deno.stat(join(root, "bin/sh")), Deno.errors.NotFound);
      });

      const status = join(dir, "status.json");
      const box = await inBox(root, [
        ...[...entrypoint, ...command, "--port", "0", "--model", "/tmp/models/voice.emofuse"],
      ], { binds: { [join(dir, "models")]: "/tmp/models" }, status });
      const server = box.spawn();
      const lines = server.stdout.pipeThrough(new TextDecoderStream());
      let said = "";
      for await (const text of lines) {
        said += text;
        if (said.includes("\n")) break;
      }
      const port = /^listening on http:\/\/0\.0\.0\.0:(\d+)$/m.exec(said)?.[1];
      assert(port, said || await server.stderr.text());
      const url = `http://127.0.0.1:${port}`;
      const pid: number = JSON.parse((await Deno.readTextFile(status)).split("\n")[0])["child-pid"];

      await t.step("it is process 1 and may do nothing that needs a privilege", async () => {
        const { stdout } = await new Deno.Command("cat", { args: [`/proc/${pid}/status`] })
          .output();
        const text = ended.decode(stdout);
        assert.match(text, /^NSpid:\s+\d+\s+1$/m);
        assert.match(text, /^CapEff:\s+0+$/m);
        assert.match(text, /^CapBnd:\s+0+$/m);
        assert.match(text, /^NoNewPrivs:\s+1$/m);
        assert.equal(
          (await fetch(`${url}/healthz`).then((response) => response.json())).status,
          "ok",
        );
      });

      await t.step(
        "whoever asked before it was told to end is answered, and it ends with 0",
        async () => {
          const clients = Array.from({ length: CLIENTS }, () => askUntilRefused(url));
          // All of them are being worked on, or wait.
          while (await waiting(url) < CLIENTS - 1);
          Deno.kill(pid, "SIGTERM");
          const asked = await Promise.all(clients);
          const [{ code }, log] = await Promise.all([server.status, server.stderr.text()]);
          assert.equal(code, 0, log);
          for (const { predicted, refusal } of asked) {
            assert(predicted >= 1, `a client was answered ${predicted} times: ${refusal}`);
            assert.match(refusal!, /^503 .* 5$|[Cc]onnection refused/);
          }
          assert.match(log, /predictions under way are finished/);
        },
      );
    });
  },
);

/** Asks until the server says that it is stopping, or is gone; fails where a request gets no answer. */
async function askUntilRefused(url: string): Promise<Asked> {
  const asked: Asked = { predicted: 0 };
  const samples = Int16Array.from(tone(1), (value) => value * 32767);
  const body = wavFile(new Uint8Array(samples.buffer), { sampleRate: SAMPLE_RATE });
  for (;;) {
    try {
      const response = await fetch(`${url}/v1/predict`, { method: "POST", body });
      const answer = await response.json();
      if (response.status === 200) {
        assert.equal(answer.label, "angry");
        asked.predicted++;
      } else {
        const { status, headers } = response;
        return { ...asked, refusal: `${status} ${answer.detail} ${headers.get("retry-after")}` };
      }
    } catch (error) {
      // Nothing was sent to a server that takes no more connections.
      const { message, cause } = error as Error;
      return { ...asked, refusal: `${message} ${(cause as Error | undefined)?.message ?? ""}` };
    }
  }
}

/** How many clips wait. */
async function waiting(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^emofuse_clips_waiting (\d+)$/m.exec(text)![1]);
}
