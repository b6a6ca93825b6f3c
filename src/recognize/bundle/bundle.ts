import { commandLine } from "../../runtime/invocation.ts";
import { sha256Hex } from "../../../models/sha256.ts";
import type { SavedModel } from "../../classify/model_state.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type TensorMap,
} from "../../numeric/safetensors.ts";
import { BundleError } from "./bundle_error.ts";
import { checkCard } from "./check_card.ts";
import type { ModelCard } from "./model_card.ts";
import { type PackedType, packTensors, unpackTensors } from "./pack_tensors.ts";

/** Names of the models that a bundle is made of. */
export type PartName =
  | "audio-scaler"
  | "audio-classifier"
  | "audio-ear"
  | "video-scaler"
  | "video-classifier"
  | "video-head"
  | "video-backbone"
  | "video-detector"
  | "video-mesh";

/** A card and the models it describes. */
export interface Bundle {
  /** What the model says of itself. */
  readonly card: ModelCard;
  /** The fitted models and the networks. */
  readonly parts: Readonly<Partial<Record<PartName, SavedModel>>>;
}

/** A bundle that was read. */
export interface ReadBundle extends Bundle {
  /** SHA-256 that the file states of its content. */
  readonly sha256: string;
}

/** The version of the layout of bytes that this version of Emofuse writes, and the newest it reads. */
export const BUNDLE_VERSION = 1;

/** Eight bytes that no text and no other format begins with. */
const MAGIC = Uint8Array.of(0x89, 0x45, 0x4d, 0x4f, 0x46, 0x55, 0x53, 0x45);

/** Offsets: the version, the length of the card, the hash, the card. */
const AT = { version: 8, cardLength: 12, hash: 16, card: 48 } as const;

/**
 * Parts that are stored as they are: those that are small and on which all that follows, or what is said of a clip,
 * depends; and the ear, which is rounded by its own rules, a step an output, before it becomes a part.
 */
const AS_THEY_ARE: ReadonlySet<PartName> = new Set([
  ...["video-detector", "video-mesh", "audio-ear"] as const,
]);

/** Every part's settings, by name, and the types to restore, in the metadata of the tensors. */
interface Contents {
  readonly parts: Record<string, Pick<SavedModel, "model" | "settings">>;
  readonly types: Record<string, PackedType>;
}

/**
 * Writes a bundle: eight bytes of magic number, the version and the length of the card as 32-bit
 * little-endian numbers, the SHA-256 of all else, the card as JSON, and the weights as safetensors,
 * rounded to `card.dtype` but for the face detector, the mesh and the ear. The same bundle always gives the same bytes.
 *
 * @throws {BundleError} If the card is not valid.
 */
export async function encodeBundle({ card, parts }: Bundle): Promise<Uint8Array<ArrayBuffer>> {
  checkCard(card);
  const names = Object.keys(parts).sort() as PartName[];
  const all: TensorMap = {};
  const contents: Contents = { parts: {}, types: {} };
  for (const name of names) {
    const { model, settings, tensors } = parts[name]!;
    const packed = packTensors(tensors, AS_THEY_ARE.has(name) ? "float32" : card.dtype);
    contents.parts[name] = { model, settings };
    for (const [tensor, data] of Object.entries(packed.tensors)) all[`${name}/${tensor}`] = data;
    for (const tensor of Object.keys(packed.types).sort()) {
      contents.types[`${name}/${tensor}`] = packed.types[tensor];
    }
  }
  const json = new TextEncoder().encode(JSON.stringify(card));
  const weights = encodeSafetensors(all, { contents: JSON.stringify(contents) });
  const bytes = new Uint8Array(AT.card + json.length + weights.length);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  view.setUint32(AT.version, BUNDLE_VERSION, true);
  view.setUint32(AT.cardLength, json.length, true);
  bytes.set(json, AT.card);
  bytes.set(weights, AT.card + json.length);
  const hash = await hashOf(hashedBytes(bytes, json.length));
  for (let i = 0; i < 32; i++) {
    bytes[AT.hash + i] = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/**
 * Reads what {@linkcode encodeBundle} wrote. The hash tells of damage, not of forgery: who changes a
 * bundle on purpose can change its hash, so take bundles from those you trust.
 *
 * @throws {BundleError} If the bytes are no bundle, of a newer version, or damaged.
 */
export async function decodeBundle(bytes: Uint8Array): Promise<ReadBundle> {
  if (!(bytes instanceof Uint8Array)) {
    throw new BundleError(
      "a bundle is read from its bytes, a Uint8Array, not from a path or anything else",
    );
  }
  if (bytes.length < AT.card || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new BundleError(
      `this is not an Emofuse bundle (a file that ${commandLine("train")} writes)`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(AT.version, true);
  if (version > BUNDLE_VERSION) {
    throw new BundleError(
      `this bundle has version ${version} and this Emofuse reads ${BUNDLE_VERSION}: update Emofuse ` +
        "(or the file is damaged)",
    );
  }
  const stored = Array.from(
    bytes.subarray(AT.hash, AT.card),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
  const cardLength = view.getUint32(AT.cardLength, true);
  // A copy of its own, which nobody can change between the check and the reading.
  const hashed = hashedBytes(bytes, cardLength);
  if (await hashOf(hashed) !== stored) {
    throw new BundleError(
      "this bundle is damaged or was changed: its content does not match its SHA-256",
    );
  }
  const end = AT.hash + cardLength;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(hashed.subarray(AT.hash, end));
    const card = checkCard(JSON.parse(text));
    return { card, parts: readParts(hashed.subarray(end)), sha256: stored };
  } catch (cause) {
    if (cause instanceof BundleError) throw cause;
    if (
      !(cause instanceof SyntaxError || cause instanceof TypeError) &&
      !(cause instanceof SafetensorsError)
    ) throw cause;
    throw new BundleError(`this bundle is not valid: ${cause.message}`, { cause });
  }
}

function readParts(weights: Uint8Array): Bundle["parts"] {
  // The ear's are the largest and are read once. Those of a scaler are kept, and would keep all of the bundle.
  const views = (name: string) => name.startsWith("audio-ear/" satisfies `${PartName}/`);
  const { tensors, metadata } = decodeSafetensors(weights, { views });
  const { parts, types } = JSON.parse(metadata.contents ?? "{}") as Partial<Contents>;
  if (typeof parts !== "object" || parts === null || typeof types !== "object" || types === null) {
    throw new BundleError("this bundle does not say what its weights are");
  }
  const all = Object.entries(unpackTensors({ tensors, types }));
  return Object.fromEntries(
    Object.entries(parts).map(([name, { model, settings }]) => {
      const prefix = `${name}/`;
      const own = all.filter(([tensor]) => tensor.startsWith(prefix))
        .map(([tensor, data]) => [tensor.slice(prefix.length), data] as const);
      return [name, { model, settings, tensors: Object.fromEntries(own) }];
    }),
  );
}

/**
 * A copy of what the hash is of: all bytes but those of the hash itself, the card right behind its length. It lies in
 * its buffer so that the weights behind the card begin at a multiple of eight and can be used where they are.
 */
function hashedBytes(bytes: Uint8Array, cardLength: number): Uint8Array<ArrayBuffer> {
  const length = bytes.length - (AT.card - AT.hash);
  const shift = 7 - (AT.hash + cardLength + 7) % 8;
  const hashed = new Uint8Array(new ArrayBuffer(shift + length), shift);
  hashed.set(bytes.subarray(0, AT.hash));
  hashed.set(bytes.subarray(AT.card), AT.hash);
  return hashed;
}

async function hashOf(hashed: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new BundleError(
      "a bundle's SHA-256 cannot be checked here: browsers allow it on https pages and localhost only",
    );
  }
  return await sha256Hex(hashed);
}
