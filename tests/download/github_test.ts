import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CREMA_D } from "../../src/corpus/crema_d/crema_d.ts";
import { scanCorpus } from "../../src/corpus/scan.ts";
import type { FileChoice } from "../../src/download/choose_files.ts";
import { fetchOffer } from "../../src/download/fetch_offer.ts";
import { offerCorpus } from "../../src/download/offer_corpus.ts";
import { cut, type FaultyServer, refuse, stall, swap, withFaultyServer } from "../faulty_server.ts";
import { withFolder } from "../with_folder.ts";
import {
  type Files,
  LFS_PATHS,
  objectPath,
  oidOf,
  publishCremaD,
  rawPath,
} from "./published_corpora.ts";
import { noise } from "./zips.ts";

const PATIENCE = { attempts: 3, stallSeconds: 1, pauseSeconds: 0.01 };

const encoder = new TextEncoder();
const TABLES: Files = {
  "LICENSE.txt": encoder.encode("Open Database\n License 1.0"),
  "VideoDemographics.csv": encoder.encode(
    "ActorID,Age,Sex,Race,Ethnicity\n1001,51,Male,Caucasian,Not Hispanic\n",
  ),
  "finishedResponses.csv": noise(9000),
  "processedResults/summaryTable.csv": encoder.encode(
    "FileName,VoiceVote,FaceVote,MultiModalVote\n",
  ),
  "processedResults/other.csv": encoder.encode("x\n"),
};

const CLIPS: Files = Object.fromEntries(
  ["1001_DFA_ANG_XX", "1001_IEO_HAP_HI", "1002_DFA_ANG_XX"].flatMap((name, i) => [
    [`AudioWAV/${name}.wav`, noise(50_000, 3 * i + 1)],
    [`AudioMP3/${name}.mp3`, noise(20_000, 3 * i + 2)],
    [`VideoFlash/${name}.flv`, noise(90_000, 3 * i + 3)],
  ]),
);

const KEPT_TABLES = ["LICENSE.txt", "VideoDemographics.csv", "processedResults/summaryTable.csv"];

async function downloadCremaD(root: string, server: FaultyServer, choice: FileChoice = {}) {
  const options = { choice, mirror: server.url, patience: PATIENCE };
  const offer = await offerCorpus(CREMA_D, root, options);
  await fetchOffer(offer, root, { accepts: () => true, patience: PATIENCE });
  return offer;
}

function withCremaD(work: (root: string, server: FaultyServer) => Promise<void>): Promise<void> {
  return withFolder((dir) =>
    withFaultyServer(async (server) => {
      publishCremaD(server, TABLES, CLIPS);
      await work(join(dir, "crema-d"), server);
    })
  );
}

function pathsIn(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.\w+$/.test(path) && !/^\.download|^licence\.json$/.test(path)).sort();
}

function underWay(root: string): string[] {
  return readdirSync(join(root, ".download")).filter((name) =>
    name !== "done.jsonl" && name !== "lock"
  );
}

Deno.test("CREMA-D comes with its tables, without MP3s, is scanned as such, and is not fetched twice", () =>
  withCremaD(async (root, server) => {
    const { licence, parcels } = await downloadCremaD(root, server);
    assert.deepEqual(licence, {
      title: "CREMA-D",
      terms: "Open Database License 1.0",
      page: "https://github.com/CheyneyComputerScience/CREMA-D",
    });
    assert.deepEqual(parcels.map(({ name, files, bytes }) => [name, files, bytes]).slice(1), [
      ["AudioWAV", 3, 150_000],
      ["VideoFlash", 3, 270_000],
    ]);
    const clips = Object.entries(CLIPS).filter(([path]) => !path.endsWith(".mp3"));
    assert.deepEqual(pathsIn(root), [...KEPT_TABLES, ...clips.map(([path]) => path)].sort());
    for (const [path, bytes] of clips) {
      assert.deepEqual(new Uint8Array(readFileSync(join(root, path))), bytes);
    }
    const scanned = await scanCorpus(root);
    assert.deepEqual([scanned.corpus.name, scanned.clips.length], ["crema-d", 6]);
    assert.equal(scanned.clips[0].attributes.sex, "male");
    server.asked.length = 0;
    await downloadCremaD(root, server);
    const again = server.asked.map(({ path }) => path);
    assert.deepEqual(again.filter((path) => !path.startsWith("/api.github.com")), [
      rawPath("LICENSE.txt"),
    ]);
    assert.deepEqual(underWay(root), []);
  }));

Deno.test("a clip of which the authors have another by now is fetched again, and it alone", () =>
  withCremaD(async (root, server) => {
    await downloadCremaD(root, server);
    const path = "AudioWAV/1002_DFA_ANG_XX.wav";
    const bytes = noise(50_000, 99);
    publishCremaD(server, TABLES, { ...CLIPS, [path]: bytes });
    server.asked.length = 0;
    await downloadCremaD(root, server);
    assert.deepEqual(new Uint8Array(readFileSync(join(root, path))), bytes);
    const objects = server.asked.map(({ path }) => path).filter((path) => /^.objects/.test(path));
    assert.deepEqual(objects, [objectPath(bytes)]);
  }));

Deno.test("of CREMA-D, what is chosen is asked for and nothing else", () =>
  withCremaD(async (root, server) => {
    await downloadCremaD(root, server, {
      filter: { actors: ["1001"], emotions: ["angry"] },
      carries: ["audio"],
    });
    assert.deepEqual(pathsIn(root), ["AudioWAV/1001_DFA_ANG_XX.wav", ...KEPT_TABLES]);
    assert.deepEqual(server.asked.filter(({ path }) => /^\/objects/.test(path)).length, 1);
    assert(server.asked.every(({ path }) => !/Flash|MP3|1002|HAP/.test(path)));
    await assert.rejects(
      downloadCremaD(root, server, { carries: ["video"] }),
      /nothing that is published of CREMA-D passes what is chosen/,
    );
  }));

Deno.test("where GitHub lends no more, the authors' mirror does, by the same hashes", () =>
  withCremaD(async (root, server) => {
    const [github, mirror] = LFS_PATHS;
    const over = "This repository exceeded its LFS budget.";
    server.posts.set(github, () => [403, { message: over }]);
    await downloadCremaD(root, server, { carries: ["audio"] });
    assert.deepEqual(pathsIn(root).length, KEPT_TABLES.length + 3);
    assert.deepEqual(server.asked.filter(({ method }) => method === "POST").map((a) => a.path), [
      github,
      mirror,
    ]);
    server.posts.set(mirror, (json) => {
      const { objects: [{ oid, size }] } = json as { objects: { oid: string; size: number }[] };
      return [200, { objects: [{ oid, size, error: { code: 404, message: "no such object" } }] }];
    });
    const { message } = await downloadCremaD(root, server).then(
      () => assert.fail("it should have failed"),
      (error) => error as Error,
    );
    assert.match(message, /github\.com\/\S+ answered 403 Forbidden: This repository exceeded/);
    assert.match(message, /; and \S+gitlab\.com\S+ lacks [0-9a-f]{64}: no such object/);
  }));

Deno.test("objects whose server breaks off, stalls or is busy are fetched all the same", () =>
  withCremaD(async (root, server) => {
    const path = (name: string) => objectPath(CLIPS[name]);
    const { faults } = server;
    faults.set(path("AudioWAV/1001_DFA_ANG_XX.wav"), [cut(20_000)]);
    faults.set(path("AudioWAV/1001_IEO_HAP_HI.wav"), [stall(10_000)]);
    faults.set(path("AudioWAV/1002_DFA_ANG_XX.wav"), [refuse(503)]);
    faults.set(rawPath("AudioWAV/1002_DFA_ANG_XX.wav"), [refuse(429, { "retry-after": "0" })]);
    faults.set(LFS_PATHS[0], [refuse(502)]);
    await downloadCremaD(root, server, { carries: ["audio"] });
    assert.equal(pathsIn(root).length, KEPT_TABLES.length + 3);
    assert.deepEqual(underWay(root), []);
    const ranges = server.asked.filter(({ range }) => range).map(({ range }) => range).sort();
    assert.deepEqual(ranges, ["bytes=10000-", "bytes=20000-"]);
  }));

Deno.test("an object of another hash is refused by its path, and nothing of it stays", () =>
  withCremaD(async (root, server) => {
    const name = "AudioWAV/1001_IEO_HAP_HI.wav";
    const other = CLIPS[name].map((byte) => byte ^ 1);
    server.files.set(objectPath(CLIPS[name]), { bytes: other });
    await assert.rejects(downloadCremaD(root, server, { carries: ["audio"] }), {
      name: "DownloadError",
      message: new RegExp(`^${name}: .* has the SHA-256 ${oidOf(other)}, expected .*deleted`),
    });
    assert.equal(pathsIn(root).includes(name), false);
    assert.deepEqual(underWay(root), []);
    server.files.set(objectPath(CLIPS[name]), { bytes: CLIPS[name] });
    await downloadCremaD(root, server, { carries: ["audio"] });
    assert(pathsIn(root).includes(name));
  }));

Deno.test("a pointer or a table that is not what Git lists is refused", () =>
  withCremaD(async (root, server) => {
    const path = rawPath("AudioWAV/1001_IEO_HAP_HI.wav");
    const { bytes } = server.files.get(path)!;
    const forged = encoder.encode(
      new TextDecoder().decode(bytes).replace(/sha256:..../, "sha256:0000"),
    );
    server.faults.set(path, [swap({ bytes: forged })]);
    await assert.rejects(downloadCremaD(root, server), {
      name: "DownloadError",
      message: /AudioWAV\/1001_IEO_HAP_HI\.wav is the Git blob [0-9a-f]{40}, expected /,
    });
    assert.equal(existsSync(root), false);
    const table = rawPath("VideoDemographics.csv");
    server.files.set(table, { bytes: TABLES["VideoDemographics.csv"].slice(1) });
    await assert.rejects(downloadCremaD(root, server), /VideoDemographics\.csv is the Git blob/);
    assert.deepEqual(pathsIn(root), ["LICENSE.txt"]);
  }));
