import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { NativeDecoder } from "../../src/media/native_decoder.ts";
import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { missing, testWith } from "../needs.ts";
import { ravdessDir } from "../ravdess.ts";
import { assertRejectsBadClips } from "./bad_clips.ts";
import { maxDifference, meanDifference, movingFrames, tone } from "./synthetic_clip.ts";
import { withFolder } from "../with_folder.ts";

function nativeTest(name: string, fn: () => Promise<void>): Promise<void> {
  return testWith(["ffmpeg", "ffprobe"], name, fn);
}

/** Decodes and inspects `path` with both decoders and compares. */
async function assertSameClip(path: string): Promise<void> {
  const wasm = new WasmDecoder();
  const native = await NativeDecoder.open();
  try {
    const [a, b] = [await wasm.decode(path), await native.decode(path)];
    assert.ok(a.frameCount > 0 && a.samples.length > 0);
    assert.equal(a.frameCount, b.frameCount);
    assert.equal(a.samples.length, b.samples.length);
    assert.ok(meanDifference(a.frames, b.frames) < 1, "grey levels");
    assert.ok(maxDifference(a.samples, b.samples) < 1e-3, "samples");
    assert.deepEqual([a.silent, a.hasSound], [b.silent, b.hasSound]);
    assert.deepEqual(await wasm.inspect(path), await native.inspect(path));
  } finally {
    await wasm.close();
    await native.close();
  }
}

await nativeTest("NativeDecoder.decode() gives the values of the WebAssembly decoder", async () => {
  await withFolder(async (dir) => {
    // A name that ffmpeg would take for a protocol, were it given as it is.
    const path = `${dir}/concat:a|b.mp4`;
    const frames = movingFrames(50, 160, 90);
    const samples = tone(16_000);
    const bytes = await encodeClip({ frames, width: 160, height: 90, fps: 25, samples }, "mp4");
    await Deno.writeFile(path, bytes);
    await assertSameClip(path);
  });
});

Deno.test("createDecoder() refuses a name that it does not know", async () => {
  await assert.rejects(createDecoder("wasmm" as "wasm"), {
    name: "RangeError",
    message: 'there is no decoder "wasmm"; allowed: wasm, native',
  });
});

await testWith(
  ["ravdess", "ffmpeg", "ffprobe"],
  "NativeDecoder gives the WebAssembly decoder's values on a published clip",
  () => assertSameClip(`${ravdessDir()}/original/Actor_01/01-01-01-01-01-01-01.mp4`),
);

await nativeTest(
  "NativeDecoder.decode() rejects bad clips with a reason and works on",
  async () => {
    await withFolder(async (dir) => {
      const decoder = await createDecoder("native");
      assert.equal(decoder.name, "native");
      await assertRejectsBadClips(decoder, dir);
      await decoder.close();
    });
  },
);

/** Runs a script that has `open` for `NativeDecoder.open`, and gives what it prints. */
async function runScript(
  dir: string,
  body: string,
  options: { allowRun: boolean; env: Record<string, string> },
): Promise<string> {
  const media = new URL("../../src/media/native_decoder.ts", import.meta.url).href;
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  await Deno.writeTextFile(
    `${dir}/script.ts`,
    `import { NativeDecoder } from ${JSON.stringify(media)};
    const open = NativeDecoder.open;
    const say = (error: Error) => console.log(error.name + ": " + error.message);
    ${body}`,
  );
  const permissions = options.allowRun ? ["--allow-run", "--allow-read"] : ["--allow-read"];
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--config", config, ...permissions, "script.ts"],
    cwd: dir,
    env: options.env,
  }).output();
  return new TextDecoder().decode(stdout);
}

/** Writes an ffmpeg and an ffprobe into `dir` that do what `line` says to the shell. */
async function writePrograms(dir: string, line: string): Promise<void> {
  for (const program of ["ffmpeg", "ffprobe"]) {
    await Deno.writeTextFile(`${dir}/${program}`, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
}

await testWith(
  ["deno"],
  "NativeDecoder.open() says what to do where ffmpeg is not installed or may not be run",
  async () => {
    await withFolder(async (dir) => {
      assert.equal(
        await runScript(dir, "await open().catch(say);", { allowRun: true, env: { PATH: dir } }),
        "NativeDecoderError: the native decoder needs ffmpeg, which is not on PATH; " +
          "install ffmpeg or use the decoder wasm, which needs nothing installed\n",
      );
      await writePrograms(dir, "exit 0");
      assert.match(
        await runScript(dir, "await open().catch(say);", { allowRun: false, env: { PATH: dir } }),
        /^NativeDecoderError: ffmpeg may not be run; allow it \(--allow-run=ffmpeg,ffprobe\)/,
      );
    });
  },
);

Deno.test({
  name: "NativeDecoder.decode() ends a program that takes longer than the time limit",
  ignore: Deno.build.os === "windows" || await missing("deno") !== "",
  async fn() {
    await withFolder(async (dir) => {
      // Programs that know their version but never finish a clip.
      await writePrograms(dir, 'if [ "$1" != "-version" ]; then exec sleep 600; fi');
      await Deno.writeTextFile(`${dir}/a.mp4`, "anything");
      const body = `const decoder = await open({ timeLimitSeconds: 1 });
        await decoder.decode("a.mp4").catch(say);
        await decoder.close();
        await decoder.decode("a.mp4").catch(say);`;
      const env = { PATH: `${dir}:/usr/bin:/bin` };
      assert.equal(
        await runScript(dir, body, { allowRun: true, env }),
        "MediaError: a.mp4: took longer than 1 s\nError: the decoder is closed\n",
      );
    });
  },
});
