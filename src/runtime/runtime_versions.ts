import process from "node:process";

/** Names of systems as Deno gives them. */
const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };
/** Names of processors as Deno gives them. */
const PROCESSORS: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64" };
/** Runtimes, those first that also give the version of another. */
const RUNTIMES = { deno: "Deno", bun: "Bun", node: "Node" } as const;

type Versions = Readonly<Record<string, string | undefined>>;

function runtime(): { readonly key: keyof typeof RUNTIMES; readonly version: string } {
  const versions = process.versions as Versions;
  const keys = Object.keys(RUNTIMES) as (keyof typeof RUNTIMES)[];
  const key = keys.find((key) => versions[key]) ?? "node";
  return { key, version: versions[key] ?? "of unknown version" };
}

/** The runtime and its version: `Deno 2.9.6`. */
export function runtimeName(): string {
  const { key, version } = runtime();
  return `${RUNTIMES[key]} ${version}`;
}

/** The versions of the runtime, under its name, and of V8. */
export function runtimeVersions(): Readonly<Record<string, string>> {
  const { key, version } = runtime();
  const { v8 } = process.versions as Versions;
  return { [key]: version, ...(v8 && { v8 }) };
}

/** The operating system and the processor: `linux x86_64`. */
export function platformName(): string {
  const { platform, arch } = process;
  return `${SYSTEMS[platform] ?? platform} ${PROCESSORS[arch] ?? arch}`;
}
