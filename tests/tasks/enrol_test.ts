import assert from "node:assert/strict";
import { join } from "node:path";
import { tone, voiceBundle } from "../recognize/voice_bundle.ts";
import { wavFile } from "../serve/clips.ts";
import { runTask } from "./cli.ts";

const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));
const at = (...parts: string[]) => join(dir, ...parts);

await Deno.writeFile(at("tones.emofuse"), await voiceBundle());
await Deno.mkdir(at("me"));
await Deno.mkdir(at("empty"));
const write = (name: string, samples: Float32Array) => {
  const pcm = Int16Array.from(samples, (sample) => 32_000 * sample);
  return Deno.writeFile(at(name), wavFile(new Uint8Array(pcm.buffer)));
};
for (const variant of [0, 1, 2]) await write(`me/${variant}.wav`, tone(1, 2, variant));
await Deno.writeTextFile(at("me", "notes.txt"), "no clip");
await Deno.writeTextFile(at("me", "text.wav"), "no clip either");
await write("clip.wav", tone(1, 2, 4));

const predict = (...args: string[]) =>
  runTask("predict", at("clip.wav"), "--model", at("tones.emofuse"), "--json", ...args);

Deno.test("predict goes by what it learned of the person in a folder, and keeps it in a file", async () => {
  const [stranger] = JSON.parse((await predict()).out);
  const enrolled = await predict("--enrol", at("me"), "--enrolment", at("me.json"));
  assert.equal(enrolled.code, 0, enrolled.said);
  assert.ok(
    enrolled.err.some((line) => /not enrolled by .*text\.wav: .*not a media file/.test(line)),
  );
  const [known] = JSON.parse(enrolled.out);
  assert.ok(known.probabilities.angry < stranger.probabilities.angry - 0.05);
  assert.equal(JSON.parse(await Deno.readTextFile(at("me.json"))).audio.clips, 3);
  const again = await predict("--enrolment", at("me.json"));
  assert.deepEqual(JSON.parse(again.out), [known]);
  const files = [0, 1, 2].map((variant) => at("me", `${variant}.wav`)).join(",");
  assert.deepEqual(JSON.parse((await predict("--enrol", files)).out), [known]);
});

Deno.test("predict says uncertain below --min-confidence, in the table too", async () => {
  const [sure] = JSON.parse((await predict()).out);
  const [unsure] = JSON.parse((await predict("--min-confidence", "1")).out);
  assert.deepEqual(unsure, { ...sure, label: "uncertain" });
  const args = [at("clip.wav"), "--model", at("tones.emofuse"), "--min-confidence", "1"];
  assert.match((await runTask("predict", ...args)).out, /uncertain.*likeliest: angry/s);
});

Deno.test("predict names what is wrong with an enrolment", async () => {
  await Deno.writeTextFile(at("broken.json"), "{");
  await Deno.writeTextFile(at("other.json"), '{"schema":"emofuse.enrolment/1","bundle":"ab"}');
  const cases: [args: string[], code: number, line: RegExp][] = [
    [["--enrol", at("gone")], 1, /^not enrolled by .*gone: /],
    [["--enrol", at("empty")], 1, /^error: .*empty.*no audio or video file/],
    [
      ["--enrol", at("me", "text.wav")],
      1,
      /^error: --enrol .*text\.wav: none of 1 clips says anything of the person/,
    ],
    [["--enrolment", at("gone.json")], 2, /^error: --enrolment .*gone\.json cannot be read: /],
    [["--enrolment", at("broken.json")], 2, /^error: --enrolment .*broken\.json is not JSON: /],
    [["--enrolment", at("other.json")], 1, /^error: --enrolment .*other\.json: .* bundle "ab"/],
    [["--enrol", at("me"), "--enrolment", "/nowhere/me.json"], 2, /--enrolment .* be written/],
    [["--min-confidence", "2"], 2, /--min-confidence .*Allowed: a number from 0 to 1/],
  ];
  for (const [args, code, line] of cases) {
    const result = await predict(...args);
    assert.equal(result.code, code, `${args}: ${result.said}`);
    assert.ok(result.err.some((text) => line.test(text)), `${line}: ${result.said}`);
  }
});
