import assert from "node:assert/strict";
import { join } from "node:path";
import { parseBucketPlace } from "../../../src/pipeline/store/bucket/bucket_place.ts";
import { readS3Settings } from "../../../src/pipeline/store/bucket/s3_settings.ts";

/** What the environment says, and nothing else of AWS. */
async function withEnv(env: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = Object.entries(Deno.env.toObject()).filter(([name]) => name.startsWith("AWS_"));
  for (const [name] of before) Deno.env.delete(name);
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  try {
    await work();
  } finally {
    for (const name of Object.keys(env)) Deno.env.delete(name);
    for (const [name, value] of before) Deno.env.set(name, value);
  }
}

/** Who asks, of which region, as a signed request says it. */
async function signedBy(bucket = "corpora"): Promise<Readonly<Record<string, string>>> {
  const { sign } = await readS3Settings(bucket);
  const { headers } = await sign({
    method: "PUT",
    protocol: "https:",
    hostname: "s3.example",
    path: "/corpora/a",
    query: {},
    headers: { host: "s3.example", "if-none-match": "*" },
    body: new Uint8Array(3),
  });
  return headers;
}

/** Files of profiles. */
async function withProfiles(
  [config, credentials]: [config: string, credentials: string],
  work: (env: Record<string, string>) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const files = { AWS_CONFIG_FILE: join(dir, "c"), AWS_SHARED_CREDENTIALS_FILE: join(dir, "s") };
  await Deno.writeTextFile(files.AWS_CONFIG_FILE, config);
  await Deno.writeTextFile(files.AWS_SHARED_CREDENTIALS_FILE, credentials);
  try {
    await work(files);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("readS3Settings() takes keys, region and endpoint from the environment", () =>
  withEnv({
    AWS_ACCESS_KEY_ID: "KEY1",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL: "http://127.0.0.1:9000/minio/",
  }, async () => {
    const headers = await signedBy();
    assert.match(headers.authorization, /Credential=KEY1\/\d{8}\/eu-central-1\/s3\/aws4_request/);
    // The server checks condition and content.
    assert.match(headers.authorization, /SignedHeaders=host;if-none-match;x-amz-content-sha256/);
    assert.match(headers["x-amz-content-sha256"], /^[0-9a-f]{64}$/);
    assert.equal(headers["x-amz-security-token"], "token");
    const { base } = await readS3Settings("corpora");
    assert.equal(base, "http://127.0.0.1:9000/minio/corpora");
  }));

Deno.test("readS3Settings() takes them from a profile", () =>
  withProfiles([
    "[profile lab]\nregion = ap-south-1\nendpoint_url = https://s3.lab.example\n",
    "[lab]\naws_access_key_id = KEY2\naws_secret_access_key = secret\n",
  ], (files) =>
    withEnv({ ...files, AWS_PROFILE: "lab" }, async () => {
      assert.match((await signedBy()).authorization, /Credential=KEY2\/\d{8}\/ap-south-1\//);
      const { base } = await readS3Settings("corpora");
      assert.equal(base, "https://s3.lab.example/corpora");
    })));

Deno.test("readS3Settings() addresses AWS where no endpoint is named", () =>
  withEnv({ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }, async () => {
    const baseOf = async (bucket: string) => (await readS3Settings(bucket)).base;
    assert.equal(await baseOf("corpora"), "https://corpora.s3.us-east-1.amazonaws.com");
    assert.equal(await baseOf("my.corpora"), "https://s3.us-east-1.amazonaws.com/my.corpora");
    Deno.env.set("AWS_DEFAULT_REGION", "cn-north-1");
    assert.equal(await baseOf("corpora"), "https://corpora.s3.cn-north-1.amazonaws.com.cn");
    Deno.env.delete("AWS_DEFAULT_REGION");
  }));

Deno.test("readS3Settings() refuses an endpoint that is no address", () =>
  withEnv({ AWS_ENDPOINT_URL_S3: "minio" }, () =>
    assert.rejects(readS3Settings("corpora"), {
      name: "RangeError",
      message: "the endpoint of AWS_ENDPOINT_URL or the profile is no http address",
    })));

Deno.test("parseBucketPlace() names what is wrong, and repeats no password", () => {
  assert.deepEqual(parseBucketPlace("s3://corpora"), { bucket: "corpora", prefix: "" });
  assert.deepEqual(parseBucketPlace("S3://corpora/a/b/"), { bucket: "corpora", prefix: "a/b/" });
  for (const place of ["s3://", "s3:///a", "s3://No_Bucket/a", "s3://corpora:80/a"]) {
    assert.throws(() => parseBucketPlace(place), /: its bucket has no name that S3 knows/, place);
  }
  for (
    const place of ["s3://corpora//a", "s3://corpora/../a", "s3://corpora/a?b", "s3://corpora/ä"]
  ) {
    assert.throws(() => parseBucketPlace(place), /: its prefix is not made of/, place);
  }
  assert.throws(() => parseBucketPlace("s3://key:hush@corpora/a"), (error: Error) => {
    assert(!error.message.includes("hush"));
    return true;
  });
});
