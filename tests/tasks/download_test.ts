import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publishRecord, ravdessFiles, zipsOf } from "../download/published_corpora.ts";
import { type FaultyServer, refuse, withFaultyServer } from "../faulty_server.ts";
import { testWith } from "../needs.ts";
import { runInTerminal } from "../terminal.ts";
import { withFolder } from "../with_folder.ts";
import { callTask, newcomersEnv, ROOT, taskArgs } from "./cli.ts";

function withRavdess(work: (dir: string, server: FaultyServer) => Promise<void>): Promise<void> {
  return withFolder((dir) =>
    withFaultyServer(async (server) => {
      publishRecord(server, "1188976", zipsOf(ravdessFiles()));
      await work(dir, server);
    })
  );
}

Deno.test("download says what it would fetch, fetches it off a mirror, and describe finds the clips", () =>
  withRavdess(async (dir, server) => {
    const choice = ["ravdess", "--from", server.url, "--actors", "1", "--modality", "audio"];
    const dry = await callTask("download", [...choice, "--dry-run"], { from: dir });
    assert.equal(dry.code, 0, dry.said);
    assert.match(dry.out, /Audio_Speech_Actors_01-24\.zip +│ +6 +│ +1\.8 MB/);
    assert.match(dry.out, /record 1188976\nlicence: cc-by-nc-sa-4\.0 .*Doe, Jane/);
    assert.deepEqual(readdirSync(dir), []);

    const refused = await callTask("download", choice, { from: dir });
    assert.equal(refused.code, 2);
    assert.match(refused.said, /nobody can be asked; allowed: --accept-licence/);
    assert.deepEqual(readdirSync(dir), []);

    server.faults.set("/zenodo.org/api/records/1188976", [refuse(503)]);
    const fetched = await callTask("download", [...choice, "--accept-licence"], { from: dir });
    assert.equal(fetched.code, 0, fetched.said);
    assert.match(fetched.said, /answered 503 Service Unavailable; it is asked again in \d s/);
    assert.match(fetched.said, /RAVDESS: 1\.8 MB into /);
    assert.equal(fetched.out, `${join(dir, "ravdess")}\n`);
    assert.equal(readdirSync(join(dir, "ravdess", "Actor_01")).length, 6);

    // What was accepted once is not asked about again.
    const again = await callTask("download", choice, { from: dir });
    assert.equal(again.code, 0, again.said);
    const described = await callTask("describe", ["--data", join(dir, "ravdess"), "--json"]);
    assert.equal(JSON.parse(described.out).skipped.length, 6, "noise is no sound");
  }));

Deno.test("download tells in one line what it was refused, and names wrong flags", () =>
  withRavdess(async (dir, server) => {
    const cases: [args: string[], code: number, message: RegExp][] = [
      [["savee"], 2, /savee.*Allowed choices are ravdess, crema-d, emo-db/],
      [["ravdess", "--modality", "smell"], 2, /--modality.*allowed: av, audio, video/],
      [["ravdess", "--from", "nas"], 2, /--from nas is no address; allowed: one that begins/],
      [["emo-db", "--from", server.url], 1, /zenodo\.org\/api\/records\/7447302 answered 404/],
      [["ravdess", "--from", server.url, "--levels", "low"], 1, /cannot be chosen by "levels"/],
      [
        ["ravdess", "--from", server.url, "--actors", "24"],
        1,
        /nothing that is published of RAVDESS passes what is chosen/,
      ],
    ];
    for (const [args, code, message] of cases) {
      const result = await callTask("download", args, { from: dir });
      assert.equal(result.code, code, result.said);
      assert.match(result.err.at(-1) ?? "", message);
    }
    assert.deepEqual(readdirSync(dir), []);
  }));

await testWith(
  ["script"],
  "download shows the terms in a terminal and asks whether they are accepted",
  () =>
    withRavdess(async (dir, { url }) => {
      const args = [...taskArgs("download"), "ravdess", "--from", url, "--modality", "audio"];
      const env = { ...newcomersEnv(), INIT_CWD: dir };
      const answer = (text: string) =>
        runInTerminal(Deno.execPath(), args, {
          ...{ columns: 80, env, cwd: ROOT },
          typed: { after: /accept these terms\? yes\/no: /, text: `${text}\n` },
        });
      const no = await answer("maybe");
      assert.match(no.text, /licence: cc-by-nc-sa-4\.0[^]*Do you accept these terms\? yes\/no: /);
      assert.match(no.text, /error: the terms of record 1188976 are not accepted/);
      assert.equal(no.code, 1);
      assert.equal(existsSync(join(dir, "ravdess")), false);
      const yes = await answer("yes");
      assert.equal(yes.code, 0, yes.text);
      assert.equal(readdirSync(join(dir, "ravdess", "Actor_01")).length, 6);
    }),
);

Deno.test("download takes up where it was killed", () =>
  withRavdess(async (dir, server) => {
    const path = "/zenodo.org/records/1188976/files/Audio_Speech_Actors_01-24.zip";
    const { bytes } = server.files.get(path)!;
    const args = ["ravdess", "--from", server.url, "--modality", "audio", "--accept-licence"];
    let reached = () => {};
    const half = new Promise<void>((resolve) => reached = resolve);
    server.faults.set(path, [(_, response) => {
      response.writeHead(200, { "content-length": bytes.length, etag: '"v1"' });
      response.write(bytes.subarray(0, 1_500_000), () => reached());
    }]);
    server.files.set(path, { bytes, etag: '"v1"' });
    const command = new Deno.Command(Deno.execPath(), {
      args: [...taskArgs("download"), ...args],
      ...{ cwd: ROOT, clearEnv: true, env: { ...newcomersEnv(), INIT_CWD: dir }, stdin: "null" },
      ...{ stdout: "null", stderr: "null" },
    }).spawn();
    await half;
    const part = join(dir, "ravdess", ".download", "Audio_Speech_Actors_01-24.zip.part");
    while (!existsSync(part) || readFileSync(part).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    command.kill("SIGKILL");
    await command.status;
    const { length } = readFileSync(part);
    server.asked.length = 0;
    const again = await callTask("download", args, { from: dir });
    assert.equal(again.code, 0, again.said);
    assert.equal(server.asked.at(-1)?.range, `bytes=${length}-`);
    assert.equal(readdirSync(join(dir, "ravdess", "Actor_02")).length, 6);
  }));
