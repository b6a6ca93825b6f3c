import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { SignatureV4 } from "@smithy/signature-v4";
import { Hash } from "@smithy/hash-node";
import { DEFAULT_CONFIG, type RunConfig, type RunPlaces } from "../../src/pipeline/config.ts";
import { runPipeline } from "../../src/pipeline/run/run.ts";
import type { S3Settings } from "../../src/pipeline/store/bucket/bucket_options.ts";
import { S3Bucket } from "../../src/pipeline/store/bucket/s3_bucket.ts";
import { MotoServer } from "../moto.ts";
import { testWith } from "../needs.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { callTask } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { FAULTS, withFaultyProxy } from "./faulty_proxy.ts";

/** Short clips at few frames a second: every stage for real, in seconds instead of minutes. */
const SMALL: RunConfig = { ...DEFAULT_CONFIG, seconds: 1, fps: 4 };
const KEYS = { accessKeyId: "AKIAOFATEST", secretAccessKey: "hush-this-is-secret" };

function signer() {
  return new SignatureV4({
    service: "s3",
    region: "us-east-1",
    credentials: KEYS,
    sha256: Hash.bind(null, "sha256"),
    uriEscapePath: false,
  });
}

/** All files below a folder, but for what is beside the entries. */
function filesBelow(dir: string, from = dir): string[] {
  return Array.from(Deno.readDirSync(dir)).flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(dir, name), from) : [relative(from, join(dir, name))]
  ).sort();
}

/** Asks a bucket for an object, or for itself. */
async function askBucket(url: string, path: string, method = "GET", query = {}): Promise<Response> {
  const { hostname, port, host } = new URL(url);
  const { headers } = await signer().sign({
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path,
    query,
    headers: { host },
  });
  const { host: _, ...sent } = headers;
  const asked = new URL(`${url}${path}?${new URLSearchParams(query)}`);
  const answer = await fetch(asked, { method, headers: sent });
  assert.equal(answer.status, 200, `${method} ${path}`);
  return answer;
}

/** The names of a bucket's objects. */
async function namesOf(url: string): Promise<string[]> {
  const list = await (await askBucket(url, "/corpora", "GET", { "list-type": "2" })).text();
  assert(list.includes("<IsTruncated>false"));
  return Array.from(list.matchAll(/<Key>([^<]*)<\/Key>/g), ([, name]) => name).sort();
}

await testWith(
  ["moto"],
  "a run with its store in a bucket that fails, stalls and restarts gives the bytes of one with a folder",
  () =>
    withFolder(async (dir) => {
      const data = await syntheticCorpus(2);
      const run = (out: string, places: Pick<RunPlaces, "store" | "bucket">) =>
        runPipeline(SMALL, { data, out: join(dir, out), workers: 2, ...places });
      await run("with folder", { store: join(dir, "store") });

      await using moto = await MotoServer.start(dir);
      await (await askBucket(moto.url, "/corpora", "PUT")).body?.cancel();
      const restart = async () => {
        await moto.kill();
        await moto.begin();
      };
      const place = "s3://corpora/features";
      const patience = { attempts: 12, pauseSeconds: 0.1, stallSeconds: 3 };
      await withFaultyProxy({ to: moto.url, at: { request: 30, work: restart } }, async (proxy) => {
        const settings: S3Settings = {
          base: `${proxy.url}/corpora`,
          sign: async (request) => await signer().sign(request),
        };
        const cache = { dir: join(dir, "cache"), bytes: 1e9 };
        await run("with bucket", { store: place, bucket: { cache, patience, settings } });

        // Every entry is whole: it has the bytes of the folder's.
        const entries = filesBelow(join(dir, "store"));
        assert(entries.length >= 32, `${entries.length} entries`);
        const names = entries.map((name) => `features/${name}`);
        const all = [...names, "features/emofuse-store.json"];
        assert.deepEqual(await namesOf(moto.url), all.sort());
        const bucket = new S3Bucket(place, settings, patience);
        for (const name of entries) {
          const object = await bucket.get(`features/${name}`);
          assert.deepEqual(object?.bytes, await Deno.readFile(join(dir, "store", name)), name);
        }
        for (const fault of [...FAULTS, "silence", "half an answer", "outage"]) {
          assert(
            proxy.happened.has(fault),
            `${fault} never happened in ${proxy.requests} requests`,
          );
        }
      });

      // Models and all: only what tells when, where and how fast may differ.
      const files = filesBelow(join(dir, "with folder"));
      assert.deepEqual(filesBelow(join(dir, "with bucket")), files);
      const told = new Set(["results.json", "report.json"]);
      for (const file of files.filter((file) => !told.has(file))) {
        const [one, other] = ["with folder", "with bucket"].map((out) =>
          Deno.readFileSync(join(dir, out, file))
        );
        assert.deepEqual(other, one, file);
      }
      const results = ["with folder", "with bucket"].map((out) => {
        const text = Deno.readTextFileSync(join(dir, out, "results.json"));
        return text.slice(0, text.indexOf('"provenance"'));
      });
      assert.equal(results[1], results[0]);
      assert(results[0].length > 1000);

      await commandsReach(moto.url, { data, dir });
    }),
);

/** The commands reach a bucket where they may, by what the environment says, and write nothing of it. */
async function commandsReach(
  endpoint: string,
  { data, dir }: { data: string; dir: string },
): Promise<void> {
  const args = ["--data", data, "--features", "mfcc", "--store", "s3://corpora/features"];
  const flags = [
    ...args,
    "--seconds",
    "1",
    "--fps",
    "4",
    "--store-cache",
    join(dir, "second cache"),
  ];
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const out = join(dir, "table.csv");
  const allowed = await callTask("features:bucket", [...flags, "--out", out], { env });
  assert.equal(allowed.code, 0, allowed.said);
  const folder = [...args.slice(0, -1), join(dir, "store"), "--seconds", "1", "--fps", "4"];
  const same = await callTask("features", [...folder, "--out", join(dir, "same.csv")]);
  assert.equal(same.code, 0, same.said);
  assert.equal(await Deno.readTextFile(out), await Deno.readTextFile(join(dir, "same.csv")));

  const refused = await callTask("features", [...flags, "--out", join(dir, "no.csv")], { env });
  assert.deepEqual([refused.code, refused.err.length], [1, 1], refused.said);
  assert.match(
    refused.said,
    /^error: s3:\/\/corpora\/features is in a bucket, which this task may/,
  );

  for (const file of filesBelow(dir).filter((file) => /\.(json|html|csv)$/.test(file))) {
    const text = await Deno.readTextFile(join(dir, file));
    for (const secret of [...Object.values(KEYS), endpoint]) assert(!text.includes(secret), file);
  }
}
