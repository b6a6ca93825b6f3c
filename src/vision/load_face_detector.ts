import {
  createFaceDetector,
  type FaceDetector,
  type FaceDetectorFiles,
} from "../../models/face_detector.ts";
import type { PackageFile } from "../../models/registry.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { initBackend } from "../nn/backend.ts";
import { packageFilePath, readPackageFile } from "../weights/package_file.ts";

/** The files of the npm package that the face detector is in: JSON, then weights. */
export const FACE_DETECTOR_FILES: readonly PackageFile[] = [
  { packageName: "@vladmandic/human", path: "../models/blazeface.json" },
  { packageName: "@vladmandic/human", path: "../models/blazeface.bin" },
];

/**
 * Loads the face detector from the npm package that it ships in and makes tfjs's WASM backend ready.
 *
 * @example
 * ```ts
 * import { loadFaceDetector } from "./load_face_detector.ts";
 * import assert from "node:assert/strict";
 *
 * const detector = await loadFaceDetector();
 * assert.deepEqual(detector.detect(new Uint8Array(48 * 64 * 3), 48, 64), []);
 * detector.dispose();
 * ```
 *
 * @throws {WeightsError} If the package's files are not there or damaged.
 * @throws {BackendError} If tfjs's WASM backend does not start.
 */
export async function loadFaceDetector(): Promise<FaceDetector> {
  const files = await readFaceDetectorFiles();
  await initBackend();
  return await createFaceDetector(files);
}

/**
 * Reads the detector's files from the npm package that they ship in.
 *
 * @throws {WeightsError} If they are not there.
 */
export async function readFaceDetectorFiles(): Promise<FaceDetectorFiles> {
  const [manifest, weights] = await Promise.all(FACE_DETECTOR_FILES.map(readPackageFile));
  return { manifest: new TextDecoder().decode(manifest), weights };
}

/** Absolute paths of the files that {@linkcode loadFaceDetector} reads. */
export function faceDetectorPaths(): string[] {
  return FACE_DETECTOR_FILES.map(packageFilePath);
}

/**
 * The hash that the loaded detector will report, without loading it: part of the key under which crops
 * are cached.
 *
 * @throws {WeightsError} If the package's files are not there.
 */
export async function faceDetectorHash(): Promise<string> {
  return await sha256Hex(await readPackageFile(FACE_DETECTOR_FILES[1]));
}
