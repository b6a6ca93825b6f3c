import assert from "node:assert/strict";
import { join } from "node:path";
import { scanCorpus } from "../../../src/corpus/scan.ts";
import { readSyntheticManifest } from "../../../src/corpus/synthetic/manifest.ts";
import {
  type SyntheticClip,
  writeSyntheticCorpus,
} from "../../../src/corpus/synthetic/write_synthetic_corpus.ts";
import { withFolder } from "../../with_folder.ts";

/** Stands for an encoder: a few bytes that depend on picture and sound. */
async function encode({ frames, samples }: SyntheticClip): Promise<Uint8Array> {
  const picture = await crypto.subtle.digest("SHA-256", frames);
  const sound = await crypto.subtle.digest("SHA-256", samples);
  return new Uint8Array([...new Uint8Array(picture), ...new Uint8Array(sound)]);
}

async function everything(dir: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const entry of Deno.readDir(dir)) {
    const path = join(dir, entry.name);
    if (entry.isDirectory) {
      for (const [name, hex] of await everything(path)) found.set(`${entry.name}/${name}`, hex);
    } else found.set(entry.name, (await Deno.readFile(path)).toHex());
  }
  return new Map([...found].sort());
}

Deno.test("writeSyntheticCorpus() writes a corpus that says it is synthetic, and reuses it", async () => {
  await withFolder(async (dir) => {
    const target = join(dir, "new", "corpus");
    const seen: [number, number][] = [];
    const onProgress = (done: number, total: number) => seen.push([done, total]);
    const options = { speakers: 1, seed: 3, onProgress };
    assert.deepEqual(await writeSyntheticCorpus(target, encode, options), {
      written: 8,
      reused: 0,
    });
    assert.deepEqual(seen, Array.from({ length: 8 }, (_, i) => [i + 1, 8]));
    const files = await everything(target);
    assert.equal(files.size, 10, [...files.keys()].join(" "));
    assert.match(
      await Deno.readTextFile(join(target, "SYNTHETIC.txt")),
      /THESE CLIPS ARE SYNTHETIC/,
    );
    assert.equal((await readSyntheticManifest(target))?.seed, 3);

    const { clips, skipped } = await scanCorpus(target);
    assert.deepEqual(skipped, []);
    assert.equal(clips.length, 8);
    assert.equal(new Set(clips.map((clip) => clip.take)).size, 6);

    const damaged = clips[2].path;
    await Deno.writeTextFile(damaged, "damaged");
    await Deno.remove(clips[5].path);
    assert.deepEqual(await writeSyntheticCorpus(target, encode, options), {
      written: 2,
      reused: 6,
    });
    assert.deepEqual(await everything(target), files);
  });
});

Deno.test("writeSyntheticCorpus() makes the clips anew for another seed and removes surplus actors", async () => {
  await withFolder(async (dir) => {
    // The surplus clip stands for an earlier corpus of two actors.
    const surplus = "Actor_02/01-01-02-01-01-01-02.mp4";
    const manifest = {
      ...{ schema: "emofuse.synthetic/1", generator: 1, seed: 1, actors: 2 },
      files: { [surplus]: "00", "../escape.mp4": "00" },
    };
    await Deno.mkdir(join(dir, "corpus", "Actor_02"), { recursive: true });
    await Deno.writeTextFile(join(dir, "corpus", surplus), "old");
    await Deno.writeTextFile(join(dir, "escape.mp4"), "not ours");
    await Deno.writeTextFile(join(dir, "corpus", "synthetic.json"), JSON.stringify(manifest));
    const done = await writeSyntheticCorpus(join(dir, "corpus"), encode, { speakers: 1 });
    assert.deepEqual(done, { written: 8, reused: 0 });
    const { clips } = await scanCorpus(join(dir, "corpus"));
    assert.deepEqual([...new Set(clips.map(({ speaker }) => speaker))], ["1"]);
    assert.equal(await Deno.readTextFile(join(dir, "escape.mp4")), "not ours");
  });
});

Deno.test("writeSyntheticCorpus() refuses a folder of anything else, and a file", async () => {
  await withFolder(async (dir) => {
    await Deno.writeTextFile(join(dir, "01-01-05-01-01-01-01.mp4"), "a real clip");
    await assert.rejects(writeSyntheticCorpus(dir, encode), {
      name: "CorpusError",
      message: /holds 01-01-05-01-01-01-01\.mp4, so it is not a synthetic corpus/,
    });
    assert.equal((await everything(dir)).size, 1);
    const file = join(dir, "01-01-05-01-01-01-01.mp4");
    await assert.rejects(writeSyntheticCorpus(file, encode), {
      name: "CorpusError",
      message: /is a file, not a folder/,
    });
    await assert.rejects(writeSyntheticCorpus(join(file, "below"), encode), {
      name: "CorpusError",
    });
  });
});

Deno.test("writeSyntheticCorpus() stops when told to and goes on where it stopped", async () => {
  await withFolder(async (dir) => {
    const stop = new AbortController();
    const options = { speakers: 1, concurrency: 1 };
    await assert.rejects(
      writeSyntheticCorpus(dir, encode, {
        ...options,
        signal: stop.signal,
        onProgress: (done) => done === 2 && stop.abort(new Error("enough")),
      }),
      { message: "enough" },
    );
    assert.equal((await scanCorpus(dir)).clips.length, 2);
    assert.deepEqual(await writeSyntheticCorpus(dir, encode, options), { written: 6, reused: 2 });
  });
});

Deno.test("writeSyntheticCorpus() passes an encoder's error on and leaves no half file", async () => {
  await withFolder(async (dir) => {
    const failing = () => Promise.reject(new Error("encoder failed"));
    await assert.rejects(writeSyntheticCorpus(dir, failing, { speakers: 1, concurrency: 1 }), {
      message: "encoder failed",
    });
    assert.deepEqual([...(await everything(dir)).keys()], ["SYNTHETIC.txt", "synthetic.json"]);
  });
});

Deno.test("readSyntheticManifest() tells synthetic from real and refuses a damaged manifest", async () => {
  await withFolder(async (dir) => {
    assert.equal(await readSyntheticManifest(dir), undefined);
    assert.equal(await readSyntheticManifest(join(dir, "missing")), undefined);
    for (const text of ["{", "null", '{"schema":"emofuse.synthetic/0"}']) {
      await Deno.writeTextFile(join(dir, "synthetic.json"), text);
      await assert.rejects(readSyntheticManifest(dir), {
        name: "CorpusError",
        message: /not a manifest of this version of Emofuse; delete the folder/,
      });
    }
  });
});
