import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CREMA_D } from "../../src/corpus/crema_d/crema_d.ts";
import { EMO_DB } from "../../src/corpus/emo_db/emo_db.ts";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import { SAVEE } from "../../src/corpus/savee/savee.ts";
import { scanCorpus } from "../../src/corpus/scan.ts";
import type { FileChoice } from "../../src/download/choose_files.ts";
import { fetchOffer } from "../../src/download/fetch_offer.ts";
import { offerCorpus } from "../../src/download/offer_corpus.ts";
import { cut, refuse, stall, swap, withFaultyServer } from "../faulty_server.ts";
import { withFolder } from "../with_folder.ts";
import { archivePath, type Files, publishRecord } from "./published_corpora.ts";
import { noise, zipOf } from "./zips.ts";
import {
  ARCHIVES,
  downloadRavdess,
  filesIn,
  some,
  underWay,
  withRavdess,
} from "./ravdess_download.ts";

const SOUNDS = "Audio_Speech_Actors_01-24.zip";
const FILMS = "Video_Speech_Actor_01.zip";

Deno.test("all of RAVDESS comes in whole archives, is scanned as such, and is not fetched twice", () =>
  withRavdess(async (root, server) => {
    const offer = await downloadRavdess(root, server);
    assert.deepEqual(offer.licence, {
      title: "record 1188976",
      terms: "cc-by-nc-sa-4.0 (Doe, Jane; Roe, Richard)",
      page: "https://zenodo.org/records/1188976",
    });
    assert.deepEqual(offer.parcels.map(({ name, bytes }) => [name, bytes]), [
      ...Object.entries(ARCHIVES).map(([name, zip]) => [name, zip.length]),
    ]);
    assert.deepEqual(filesIn(root), some(/./));
    assert.deepEqual(underWay(root), []);
    assert(server.asked.every(({ range }) => range === undefined));
    const { corpus, clips, skipped } = await scanCorpus(root);
    assert.deepEqual([corpus.name, clips.length, skipped.length], ["ravdess", 36, 0]);
    server.asked.length = 0;
    await downloadRavdess(root, server);
    assert.deepEqual(server.asked.map(({ path }) => path), ["/zenodo.org/api/records/1188976"]);
  }));

const CHOICES: Readonly<Record<string, [choice: FileChoice, pattern: RegExp, ranges: number]>> = {
  "the films of an actor": [
    { filter: { actors: [1] }, carries: ["av", "video"] },
    /Actor_01\/0[12]/,
    0,
  ],
  "everything of an actor": [{ filter: { actors: [2] } }, /-02\.(wav|mp4)$/, 2],
  "films with their sound": [{ carries: ["av"] }, /\/01-/, 4],
  "the sounds": [{ carries: ["audio"] }, /\/03-/, 0],
  "one emotion of one actor": [
    { filter: { emotions: ["calm"], speakers: ["1"] } },
    /\/..-01-02-.*-01\./,
    // Two directories; the takes with sound, those without, and the sounds.
    5,
  ],
};

for (const [what, [choice, pattern, ranges]] of Object.entries(CHOICES)) {
  Deno.test(`of RAVDESS, ${what} are fetched and nothing else`, () =>
    withRavdess(async (root, server) => {
      const { parcels } = await downloadRavdess(root, server, choice);
      assert.deepEqual(Object.keys(filesIn(root)), Object.keys(some(pattern)));
      assert.deepEqual(filesIn(root), some(pattern));
      assert.equal(server.asked.filter(({ range }) => range).length, ranges);
      const wanted = Object.values(some(pattern)).reduce((sum, { length }) => sum + length, 0);
      const bytes = parcels.reduce((sum, { bytes }) => sum + bytes, 0);
      assert(bytes >= wanted && bytes < wanted + 200_000, `${bytes} for ${wanted}`);
      server.asked.length = 0;
      await downloadRavdess(root, server, choice);
      const directories = parcels.filter(({ files }) => files !== undefined).length;
      assert.equal(server.asked.length, 1 + directories);
      // More is fetched beside what is there.
      await downloadRavdess(root, server);
      assert.deepEqual(filesIn(root), some(/./));
    }));
}

Deno.test("a server that breaks off, stalls, is busy and changes its mind is overcome", () =>
  withRavdess(async (root, server) => {
    const { faults } = server;
    faults.set("/zenodo.org/api/records/1188976", [refuse(429, { "retry-after": "0" })]);
    faults.set(archivePath("1188976", SOUNDS), [cut(1_000_000), stall(500_000)]);
    faults.set(archivePath("1188976", FILMS), [cut(60_000), cut(900_000), stall(100), refuse(503)]);
    await downloadRavdess(root, server, { carries: ["av", "audio"] });
    assert.deepEqual(filesIn(root), some(/\/0[13]-/));
    assert.deepEqual(underWay(root), []);
  }));

Deno.test("a download that was given up goes on from the byte that it had", () =>
  withRavdess(async (root, server) => {
    const [path, three] = [archivePath("1188976", SOUNDS), [refuse(503), refuse(503)]];
    server.faults.set(path, [cut(1_000_000), ...three]);
    const choice: FileChoice = { carries: ["audio"] };
    await assert.rejects(downloadRavdess(root, server, choice), {
      name: "DownloadError",
      message: new RegExp(`${path}.* answered 503`),
    });
    assert.deepEqual(filesIn(root), {});
    assert.deepEqual(underWay(root), [`${SOUNDS}.part`, `${SOUNDS}.part.json`]);
    server.asked.length = 0;
    await downloadRavdess(root, server, choice);
    assert.equal(server.asked.at(-1)?.range, "bytes=1000000-");
    assert.match(server.asked.at(-1)?.ifRange ?? "", /^"md5:/);
    assert.deepEqual(filesIn(root), some(/\/03-/));
  }));

Deno.test("members that were there when a server gave up are not fetched again", () =>
  withRavdess(async (root, server) => {
    const path = archivePath("1188976", FILMS);
    const choice: FileChoice = { carries: ["av"], filter: { actors: [1] } };
    const offer = await offerCorpus(RAVDESS, root, { choice, mirror: server.url });
    server.faults.set(path, [cut(700_000)]);
    await assert.rejects(fetchOffer(offer, root, { accepts: () => true }), {
      name: "DownloadError",
      message: /Video_Speech_Actor_01\.zip.* broke off/,
    });
    assert.equal(Object.keys(filesIn(root)).length, 2);
    assert.deepEqual(underWay(root), []);
    server.asked.length = 0;
    await downloadRavdess(root, server, choice);
    assert.deepEqual(filesIn(root), some(/\/01-.*-01\.mp4/));
    const first = Number(server.asked.at(-1)?.range?.match(/=(\d+)/)?.[1]);
    assert(first > 600_000, `from byte ${first}`);
  }));

Deno.test("a server without ranges sends whole archives, of which the chosen files are unpacked", () =>
  withRavdess(async (root, server) => {
    const { files } = server;
    for (const name of Object.keys(ARCHIVES)) {
      const path = archivePath("1188976", name);
      files.set(path, { ...files.get(path)!, noRanges: true });
    }
    const { remarks } = await downloadRavdess(root, server, { carries: ["av"] });
    assert.deepEqual(remarks, [
      "Video_Speech_Actor_01.zip is fetched whole: the server sends no parts of files",
      "Video_Speech_Actor_02.zip is fetched whole: the server sends no parts of files",
    ]);
    assert.deepEqual(filesIn(root), some(/\/01-/));
    assert.deepEqual(underWay(root), []);
  }));

Deno.test("an archive of another MD5, a changed one and a cut one are refused by name, and nothing stays", () =>
  withRavdess(async (root, server) => {
    const path = archivePath("1188976", SOUNDS);
    const zip = ARCHIVES[SOUNDS];
    const other = zip.map((byte, i) => i === 1_000_000 ? byte ^ 1 : byte);
    const choice: FileChoice = { carries: ["audio"] };
    server.faults.set(path, [swap({ bytes: other })]);
    await assert.rejects(downloadRavdess(root, server, choice), {
      name: "DownloadError",
      message: /Audio_Speech_Actors_01-24\.zip.* has the MD5 [0-9a-f]{32}, expected .*deleted/,
    });
    server.faults.set(path, [swap({ bytes: zip.slice(0, -100) })]);
    await assert.rejects(downloadRavdess(root, server, choice), {
      name: "DownloadError",
      message: /is said to have \d+ bytes, and the server sends \d+/,
    });
    assert.deepEqual([filesIn(root), underWay(root)], [{}, []]);
    // A part of it, whose file in the archive was damaged: its CRC-32 tells.
    server.files.set(path, { bytes: other, etag: '"other"' });
    await assert.rejects(downloadRavdess(root, server, { ...choice, filter: { actors: [1] } }), {
      name: "DownloadError",
      message: /^Audio_Speech_Actors_01-24\.zip: Actor_01\/03-01-0\S+\.wav is damaged/,
    });
    assert.equal(Object.keys(filesIn(root)).length, 3);
    assert.deepEqual(underWay(root), []);
    server.files.set(path, { bytes: zip, etag: '"md5"' });
    await downloadRavdess(root, server, choice);
    assert.deepEqual(filesIn(root), some(/\/03-/));
  }));

Deno.test("an archive that leads out of the folder is refused, and removed", () =>
  withFolder((dir) =>
    withFaultyServer(async (server) => {
      const zip = zipOf({ "Actor_01/03-01-01-01-01-01-01.wav": noise(99), "../../evil": noise(9) });
      publishRecord(server, "1188976", { [SOUNDS]: zip });
      const root = join(dir, "in", "ravdess");
      await assert.rejects(downloadRavdess(root, server), {
        name: "DownloadError",
        message: /^Audio_Speech_Actors_01-24\.zip: the path "\.\.\/\.\.\/evil" leads out/,
      });
      assert.deepEqual([filesIn(root), underWay(root)], [{}, []]);
      assert.deepEqual(readdirSync(dir), ["in"]);
    })
  ));

Deno.test("a record that is not what it should be is refused before anything is fetched", () =>
  withFolder((dir) =>
    withFaultyServer(async (server) => {
      const offered = () => offerCorpus(RAVDESS, dir, { mirror: server.url });
      await assert.rejects(offered(), /api\/records\/1188976 answered 404/);
      const files = (change: (file: Record<string, unknown>) => void) =>
        publishRecord(server, "1188976", { [SOUNDS]: ARCHIVES[SOUNDS] }, (record) => {
          change((record.files as Record<string, unknown>[])[0]);
        });
      files((file) => delete file.checksum);
      await assert.rejects(offered(), /says of the file Audio_\S+ no size or no MD5/);
      files((file) => file.size = "large");
      await assert.rejects(offered(), /no size or no MD5/);
      files((file) => file.key = "../../evil.zip");
      await assert.rejects(offered(), /"\.\.\/\.\.\/evil\.zip" leads out of the folder/);
      publishRecord(server, "1188976", {});
      await assert.rejects(offered(), /does not describe a record with files/);
    })
  ));

Deno.test("EMO-DB comes with its tables, whole or of chosen speakers", () =>
  withFolder((dir) =>
    withFaultyServer(async (server) => {
      const files: Files = {
        "emodb/db.yaml": noise(2000, 1),
        "emodb/wav/03a01Fa.wav": noise(400_000, 2),
        "emodb/wav/08a01Na.wav": noise(400_000, 3),
      };
      publishRecord(server, "7447302", { "emodb.zip": zipOf(files) });
      const fetched = async (root: string, choice: FileChoice) => {
        const offer = await offerCorpus(EMO_DB, root, { choice, mirror: server.url });
        await fetchOffer(offer, root, { accepts: () => true });
        return Object.keys(filesIn(root));
      };
      assert.deepEqual(await fetched(join(dir, "a"), {}), Object.keys(files));
      assert.deepEqual(await fetched(join(dir, "b"), { filter: { speakers: ["8"] } }), [
        "emodb/db.yaml",
        "emodb/wav/08a01Na.wav",
      ]);
      const nobody = fetched(join(dir, "c"), { filter: { speakers: ["99"] } });
      await assert.rejects(nobody, /nothing that is published of EMO-DB passes what is chosen/);
      await assert.rejects(fetched(join(dir, "c"), { filter: { actors: [1] } }), {
        name: "CorpusError",
        message: /clips of EMO-DB cannot be chosen by "actors"; allowed: /,
      });
      await assert.rejects(fetched(join(dir, "c"), { filter: { labels: ["smug"] } }), {
        name: "CorpusError",
        message: /no clip has the label "smug"; there are: neutral, happy/,
      });
      await assert.rejects(offerCorpus(SAVEE, dir), /SAVEE is not published where it could be/);
      assert(CREMA_D.publication !== undefined);
      assert.equal(existsSync(join(dir, "c")), false);
    })
  ));
