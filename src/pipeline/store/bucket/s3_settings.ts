import process from "node:process";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { loadConfig } from "@smithy/core/config";
import { Hash } from "@smithy/hash-node";
import { SignatureV4 } from "@smithy/signature-v4";
import type { S3Settings } from "./bucket_options.ts";

/** Where AWS's own programs look when nothing is said. */
const DEFAULT_REGION = "us-east-1";

/**
 * What the machine says of a bucket, as AWS's own programs would read it: region and endpoint from the environment or
 * the profile, credentials from the environment, the profile, single sign-on, a web identity, a container's or an
 * instance's role. Nothing of it is kept anywhere.
 *
 * @throws {RangeError} If the endpoint is no address.
 * @throws {Error} If the runtime lets nobody ask, or the profile cannot be read.
 */
export async function readS3Settings(bucket: string): Promise<S3Settings> {
  const region = await setting(["AWS_REGION", "AWS_DEFAULT_REGION"], "region") ?? DEFAULT_REGION;
  const endpoint = await setting(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"], "endpoint_url");
  const signer = new SignatureV4({
    service: "s3",
    region,
    // Asked for anew before they expire.
    credentials: defaultProvider(),
    sha256: Hash.bind(null, "sha256"),
    // S3 signs a path as it is sent; other services escape it twice.
    uriEscapePath: false,
  });
  return {
    base: baseAddress(bucket, region, endpoint),
    sign: async (request) => await signer.sign(request),
  };
}

/** A setting of the environment, or else of the profile. */
async function setting(names: readonly string[], inProfile: string): Promise<string | undefined> {
  const found = names.map((name) => process.env[name]).find((value) => value);
  if (found) return found;
  const value = await loadConfig<string>({
    environmentVariableSelector: () => undefined,
    configFileSelector: (profile) => profile[inProfile],
    default: "",
  })();
  return value || undefined;
}

function baseAddress(bucket: string, region: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) {
    if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
      throw new RangeError("the endpoint of AWS_ENDPOINT_URL or the profile is no http address");
    }
    const { origin, pathname } = new URL(endpoint);
    return `${origin}${pathname.replace(/\/$/, "")}/${bucket}`;
  }
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  // No certificate is for a name with more dots.
  return bucket.includes(".")
    ? `https://s3.${region}.${domain}/${bucket}`
    : `https://${bucket}.s3.${region}.${domain}`;
}
