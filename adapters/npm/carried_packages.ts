import { BACKBONES } from "../../models/registry.ts";
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { FACE_DETECTOR_FILES } from "../../src/vision/load_face_detector.ts";

/** Where the entries are of the packages of which the npm package brings some files along. */
const ENTRIES: Readonly<Record<string, string>> = {
  "@tensorflow/tfjs-backend-wasm": import.meta.resolve("@tensorflow/tfjs-backend-wasm"),
  "@vladmandic/face-api": import.meta.resolve("@vladmandic/face-api"),
  "@vladmandic/human": import.meta.resolve("@vladmandic/human"),
};

/** Packages of which the npm package brings along those files that Emofuse reads: they weigh twenty times as much. */
export const CARRIED: readonly string[] = Object.keys(ENTRIES);

/**
 * The folder of the npm package, in it, that stands for the one where the entry of a carried package is.
 *
 * @param name One of {@linkcode CARRIED}.
 */
export function carriedFolder(name: string): string {
  return `packages/${inPackages(new URL("./", ENTRIES[name]))}`;
}

/** The files that are brought along, by their paths in the npm package. */
export async function carriedFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = [
    ...Object.values(BACKBONES).flatMap(({ packageFiles }) => packageFiles ?? []),
    ...FACE_DETECTOR_FILES,
    { packageName: "@tensorflow/tfjs-backend-wasm", path: "tfjs-backend-wasm-simd.wasm" },
  ];
  const files = new Map<string, Uint8Array>();
  for (const { packageName, path } of wanted) {
    const url = new URL(path, ENTRIES[packageName]);
    files.set(`packages/${inPackages(url)}`, await readBytes(url));
  }
  return files;
}

/** A path that begins with the name of the package. */
function inPackages({ pathname }: URL): string {
  return pathname.replace(/^.*\/node_modules\//, "");
}
