import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workplace } from "../../src/download/workplace.ts";
import { openFile } from "../../src/download/zip/file_source.ts";
import { readDirectory } from "../../src/download/zip/read_directory.ts";
import { unpack } from "../../src/download/zip/unpack.ts";
import { withFolder } from "../with_folder.ts";
import { changed, noise, zip64Of, zipOf } from "./zips.ts";

const A = noise(50_000, 1);
const B = noise(90_000, 2);
const TEXT = new TextEncoder().encode("file,label\n".repeat(1000));

/** Unpacks an archive into a folder of its own, and gives what `look` finds there. */
function unpacked<T>(
  zip: Uint8Array,
  look: (root: string, outside: string[]) => T | Promise<T>,
): Promise<T> {
  return withFolder(async (dir) => {
    const root = join(dir, "corpus");
    writeFileSync(join(dir, "a.zip"), zip);
    const to = await Workplace.open(root, {}, () => {});
    const source = await openFile(join(dir, "a.zip"), "a.zip");
    try {
      await unpack(source, await readDirectory(source), to);
    } catch (error) {
      assert.deepEqual(readdirSync(to.work).filter((name) => name !== "done.jsonl"), []);
      await look(root, readdirSync(dir));
      throw error;
    } finally {
      await source.close();
    }
    return await look(root, readdirSync(dir));
  });
}

Deno.test("unpack() writes what an archive holds, stored and deflated, but for what systems put into it", async () => {
  const zip = zipOf({
    "Actor_01/a.wav": [A, { level: 0 }],
    "Actor_01/": new Uint8Array(),
    "__MACOSX/._a.wav": A,
    "Actor_01/.DS_Store": A,
    "list.csv": TEXT,
  });
  await unpacked(zip, (root) => {
    assert.deepEqual(readdirSync(root).sort(), [".download", "Actor_01", "list.csv"]);
    assert.deepEqual(readdirSync(join(root, "Actor_01")), ["a.wav"]);
    assert.deepEqual(new Uint8Array(readFileSync(join(root, "Actor_01/a.wav"))), A);
    assert.deepEqual(new Uint8Array(readFileSync(join(root, "list.csv"))), TEXT);
  });
});

Deno.test("unpack() reads Zip64", async () => {
  await unpacked(await zip64Of({ "a.wav": A, "x/list.csv": TEXT }), (root) => {
    assert.deepEqual(new Uint8Array(readFileSync(join(root, "a.wav"))), A);
    assert.deepEqual(new Uint8Array(readFileSync(join(root, "x/list.csv"))), TEXT);
  });
});

const GOOD = zipOf({ "a.wav": [A, { level: 0 }], "b.wav": [B, { level: 0 }] });

/** Unix's mode of a link, as an archive holds it. */
const LINK = { os: 3, attrs: 0o120777 << 16 >>> 0 };

const UNSAFE: Readonly<Record<string, [zip: () => Uint8Array, message: RegExp]>> = {
  "a path that leads out": [
    () => zipOf({ "a.wav": A, "../evil.wav": B }),
    /^a\.zip: the path "\.\.\/evil\.wav" leads out of the folder/,
  ],
  "a path that leads out in its middle": [
    () => zipOf({ "a.wav": A, "x/../../evil.wav": B }),
    /"x\/\.\.\/\.\.\/evil\.wav" leads out/,
  ],
  "an absolute path": [
    () => zipOf({ "a.wav": A, "/tmp/evil.wav": B }),
    /"\/tmp\/evil\.wav" leads out/,
  ],
  "the letter of a drive": [() => zipOf({ "a.wav": A, "C:/evil.wav": B }), /"C:\/evil\.wav" leads/],
  "a path of Windows": [
    () => zipOf({ "a.wav": A, "..\\evil.wav": B }),
    /evil\.wav" leads out of the folder/,
  ],
  "a link": [
    () => zipOf({ "a.wav": A, "out": [new TextEncoder().encode("/etc"), LINK], "out/passwd": B }),
    /^a\.zip: "out" is a link; nothing of it was unpacked/,
  ],
  "a device": [
    () => zipOf({ "a.wav": A, "b.wav": [B, { os: 3, attrs: 0o060666 << 16 >>> 0 }] }),
    /"b\.wav" is no file/,
  ],
  "two files of one name": [() => zipOf({ "a.wav": A, "A.WAV": B }), /"A\.WAV" is in it twice/],
  "far more than it has room for": [
    () => changed(GOOD, (view, [first]) => view.setUint32(first + 24, 3e9, true)),
    /would unpack its \d+ bytes to 3000090000: that is made to fill disks/,
  ],
  "members that share their bytes": [
    () =>
      changed(GOOD, (view, [first, second]) => {
        // Both names stand for the larger member.
        for (const at of [16, 20, 24, 42]) {
          view.setUint32(first + at, view.getUint32(second + at, true), true);
        }
      }),
    /that is made to fill disks/,
  ],
  "an encrypted file": [
    () => changed(GOOD, (view, [first]) => view.setUint16(first + 8, 1, true)),
    /"a\.wav" is encrypted/,
  ],
  "a directory that was cut off": [
    () => GOOD.slice(0, GOOD.length - 60),
    /^a\.zip is no complete zip archive: /,
  ],
  "a directory that lists less than it says": [
    () =>
      changed(GOOD, (view) => {
        for (const at of [8, 10]) view.setUint16(GOOD.length - 22 + at, 9, true);
      }),
    /^a\.zip is no complete zip archive: /,
  ],
  "something that is no archive": [() => noise(5000), /^a\.zip is no complete zip archive: /],
  "nothing": [() => new Uint8Array(), /^a\.zip is no complete zip archive: /],
};

for (const [what, [zip, message]] of Object.entries(UNSAFE)) {
  Deno.test(`unpack() refuses an archive of ${what} before it writes anything`, async () => {
    let inside: string[] = [], beside: string[] = [];
    const refused = unpacked(zip(), (root, outside) => {
      [inside, beside] = [readdirSync(root), outside.sort()];
    });
    await assert.rejects(refused, { name: "DownloadError", message });
    assert.deepEqual([inside, beside], [[".download"], ["a.zip", "corpus"]]);
  });
}

const DAMAGED: Readonly<Record<string, () => Uint8Array>> = {
  "a wrong byte": () => changed(GOOD, (view) => view.setUint8(A.length + 1000, 7)),
  "a wrong CRC-32": () => changed(GOOD, (view, [, second]) => view.setUint32(second + 16, 5, true)),
  "a size that is too small": () =>
    changed(zipOf({ "a.wav": A, "b.wav": TEXT }), (view, [, second]) => {
      view.setUint32(second + 24, 100, true);
    }),
};

for (const [what, zip] of Object.entries(DAMAGED)) {
  Deno.test(`unpack() names the member with ${what}, and leaves nothing of it`, async () => {
    let inside: string[] = [];
    const refused = unpacked(zip(), (root) => {
      inside = readdirSync(root).sort();
    });
    await assert.rejects(refused, {
      name: "DownloadError",
      message: /^a\.zip: b\.wav is (damaged|larger)/,
    });
    assert.deepEqual(inside, [".download", "a.wav"]);
  });
}

Deno.test("unpack() keeps what is there, and writes over nothing that is not its own", () =>
  withFolder(async (dir) => {
    const root = join(dir, "corpus");
    writeFileSync(join(dir, "a.zip"), GOOD);
    mkdirSync(root);
    writeFileSync(join(root, "a.wav"), A);
    const source = await openFile(join(dir, "a.zip"), "a.zip");
    try {
      const members = await readDirectory(source);
      const into = () => Workplace.open(root, {}, () => {});
      assert.deepEqual(await unpack(source, members, await into()), { kept: 1, written: 1 });
      assert.deepEqual(await unpack(source, members, await into()), { kept: 2, written: 0 });
      // Its own file was cut by somebody: it is written anew.
      writeFileSync(join(root, "b.wav"), B.subarray(0, 10));
      assert.deepEqual(await unpack(source, members, await into()), { kept: 1, written: 1 });
      assert.deepEqual(new Uint8Array(readFileSync(join(root, "b.wav"))), B);
      const other = join(dir, "other");
      mkdirSync(other);
      writeFileSync(join(other, "b.wav"), "mine");
      const elsewhere = await Workplace.open(other, {}, () => {});
      await assert.rejects(unpack(source, members, elsewhere), {
        name: "OccupiedError",
        message: /other[/\\]b\.wav is there already and is another file: move it away/,
      });
      assert.equal(readFileSync(join(other, "b.wav"), "utf8"), "mine");
    } finally {
      await source.close();
    }
  }));
