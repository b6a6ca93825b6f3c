import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import manifest from "../../../deno.json" with { type: "json" };
import { bundlePackage } from "../../../adapters/npm/bundle_package.ts";
import { testWith } from "../../needs.ts";
import { ravdessDir } from "../../ravdess.ts";
import { installedFiles, namesIn, programFolder } from "./installed_package.ts";
import { runNode, runProgram } from "./run_program.ts";

const EMOFUSE = join("node_modules", "emofuse", "dist", "command.js");

/** What does not belong into a package. */
function checkFiles(files: ReadonlyMap<string, Uint8Array>): void {
  const names = [...files.keys()];
  assert.deepEqual(names.filter((name) => /(^|\/)tests?\/|_test\.|(?<!\.d)\.ts$/.test(name)), []);
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  assert(bytes < 35e6, `${bytes} bytes`);
  const { exports, bin, dependencies } = JSON.parse(
    new TextDecoder().decode(files.get("package.json")),
  );
  const entries = Object.entries<{ types?: string } | string>(exports);
  const code = entries.filter(([, of]) => typeof of === "object").map(([name]) => name);
  assert.deepEqual(code, Object.keys(manifest.exports));
  for (const file of entries.flatMap(([, of]) => typeof of === "object" ? Object.values(of) : of)) {
    assert(files.has(file.replace("./", "")), `${file} is missing`);
  }
  assert(files.has(bin.emofuse));
  // They would be 300 MB and 66 MB: what is used of them lies in the package.
  const heavy = Object.keys(dependencies).filter((name) =>
    /^@(tensorflow|vladmandic)\//.test(name)
  );
  assert.deepEqual(heavy, []);
  const source = names.filter((name) =>
    name.endsWith(".d.ts") &&
    /from "\.[^"]*(?<!\.d)\.ts"/.test(new TextDecoder().decode(files.get(name)))
  );
  assert.deepEqual(source, [], "declarations that name sources");
  const licences = new TextDecoder().decode(files.get("LICENSES.txt"));
  for (const name of ["@tensorflow/tfjs-core", "@vladmandic/human", "core-js"]) {
    assert(licences.includes(`${name} `), name);
  }
}

await testWith(["node", "npm package"], "the npm package works in Node", async (t) => {
  await using place = await programFolder();
  const { folder } = place;

  await t.step("it holds what it exports, and no tests or sources", async () => {
    checkFiles(await installedFiles());
  });

  await t.step("of processes that find a lock that was left one alone takes it over", async () => {
    const path = join(folder, "race.lock");
    const { files } = await bundlePackage({ lock: "src/runtime/files/lock_file.ts" }, {});
    for (const [name, bytes] of files) {
      await writeFile(join(folder, name.replace("dist/", "")), bytes);
    }
    await writeFile(
      join(folder, "race.js"),
      `import { lockFile } from "./lock.js";
while (Date.now() < Number(process.argv[2])) {}
const lock = await lockFile(${JSON.stringify(path)});
console.log(lock ? "mine" : "taken");
await new Promise((resolve) => setTimeout(resolve, 1500));
await lock?.release();
`,
    );
    // No process has this number.
    const left = JSON.stringify({ pid: 2 ** 30, host: hostname(), id: "left" });
    await writeFile(`${path}.pid`, left);
    const start = String(Date.now() + 1500);
    const racers = Array.from({ length: 4 }, () => runNode(folder, "race.js", start));
    const said = (await Promise.all(racers)).map(({ out, err }) => err || out.trim());
    assert.deepEqual(said.sort(), ["mine", "taken", "taken", "taken"]);
    const { out } = await runNode(folder, "race.js", "0");
    assert.equal(out.trim(), "mine", "it was not given back");
    // As in a container, where the program has the same number each time.
    await writeFile(
      join(folder, "again.js"),
      `import { hostname } from "node:os";
import { writeFileSync } from "node:fs";
const holder = { pid: process.pid, host: hostname(), id: "an earlier one" };
writeFileSync(${JSON.stringify(`${path}.pid`)}, JSON.stringify(holder));
process.argv[2] = "0";
await import("./race.js");
`,
    );
    assert.equal((await runNode(folder, "again.js")).out.trim(), "mine");
    await Deno.remove(join(folder, "again.js"));
    for (const name of ["dist/race.js", ...files.keys()]) {
      await Deno.remove(join(folder, name.replace("dist/", "")));
    }
  });

  await t.step("emofuse tells its commands, and each its flags by that name", async () => {
    const { code, out } = await runNode(folder, EMOFUSE, "--help");
    assert.equal(code, 0);
    const commands = Array.from(out.matchAll(/^ {2}([a-z]+) {2,}/gm), ([, name]) => name);
    assert(commands.includes("predict") && commands.includes("run"));
    for (const command of commands) {
      const { code, out, err } = await runNode(folder, EMOFUSE, command, "--help");
      assert.equal(code, 0, err);
      assert.match(out, new RegExp(`^Usage: emofuse ${command}`));
      assert.doesNotMatch(out, /deno task/);
    }
  });

  await t.step("emofuse help tells the flags of a command", async () => {
    const [asked, own] = [
      await runNode(folder, EMOFUSE, "help", "predict"),
      await runNode(folder, EMOFUSE, "predict", "--help"),
    ];
    assert.deepEqual(asked, own);
    assert.equal((await runNode(folder, EMOFUSE, "help", "prophesy")).code, 2);
  });

  await t.step("a shell is told which commands, flags, values and files there may be", async () => {
    const told = async (...words: string[]) => {
      const { code, out, err } = await runNode(folder, EMOFUSE, "complete", "--", ...words);
      assert.equal(code, 0, err);
      return out.trim().split("\n").map((line) => line.split("\t")[0]);
    };
    assert.deepEqual(await told("pr"), ["predict", "pretrain", ":4"]);
    assert.deepEqual(await told("predict", "--decoder", ""), ["wasm", "native", ":4"]);
    assert((await told("run", "--rec")).includes("--recipes"));
    assert.deepEqual(await told("predict", "cli"), [":0"]);
    assert.deepEqual(await told("completion", "z"), ["zsh", ":4"]);
  });

  await t.step(
    "the script for bash is one that can be read twice, and falls back on files",
    async () => {
      const { out } = await runNode(folder, EMOFUSE, "completion", "bash");
      assert.match(out, /complete -o default -F __emofuse_complete emofuse\n$/);
      await writeFile(join(folder, "script.sh"), out);
      const twice = ["-c", "source ./script.sh && source ./script.sh"];
      assert.deepEqual(await runProgram(folder, "bash", twice), { code: 0, out: "", err: "" });
      await Deno.remove(join(folder, "script.sh"));
      const wrong = await runNode(folder, EMOFUSE, "completion", "dash");
      assert.equal(wrong.code, 2);
      assert.match(wrong.err, /bash, zsh, fish, powershell/);
    },
  );

  await t.step("a wrong command or flag ends with 2 and what is allowed", async () => {
    const wrong = await runNode(folder, EMOFUSE, "prophesy");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /^error: prophesy is no command; allowed: predict, /);
    const flag = await runNode(folder, EMOFUSE, "predict", "--colour", "x.wav");
    assert.equal(flag.code, 2);
    assert.match(flag.err, /unknown option '--colour'; allowed: --model/);
  });

  await t.step("a clip that is not there is named, and nothing is left behind", async () => {
    const before = await namesIn(folder);
    const { code, err } = await runNode(folder, EMOFUSE, "predict", "none.wav");
    assert.equal(code, 1);
    assert.match(err, /none\.wav: no such file/);
    assert.deepEqual(await namesIn(folder), before);
  });
});

await testWith(
  ["node", "ravdess", "npm package"],
  "emofuse follows faces and serves a page that decodes any clip, in Node",
  async () => {
    await using place = await programFolder();
    const { folder } = place;
    const clip = join(ravdessDir()!, "crops/Actor_05/01-01-03-01-01-01-05.mp4");
    const { code, out, err } = await runNode(
      folder,
      EMOFUSE,
      "predict",
      "--json",
      "--faces",
      "all",
      clip,
    );
    assert.equal(code, 0, err);
    assert.match(JSON.parse(out)[0].label, /^[a-z]+$/);
    const server = new Deno.Command("node", {
      args: [EMOFUSE, "serve", "--port", "0"],
      cwd: folder,
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH") ?? "", HOME: folder },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    try {
      const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let said = "";
      while (!said.includes("\n")) said += (await reader.read()).value ?? "";
      const url = said.trim().replace("listening on ", "");
      for (const file of ["", "ffmpeg-core.js", "ffmpeg-core.wasm", "model.emofuse"]) {
        const response = await fetch(`${url}/${file}`);
        assert.equal(response.status, 200, file);
        await response.body?.cancel();
      }
      await reader.cancel();
    } finally {
      server.kill("SIGTERM");
      await server.status;
    }
  },
);
