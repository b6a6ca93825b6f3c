/**
 * `deno task weights`: imports weights of VGG16 or of Whisper's encoder, from a file or an address, and lists the imported ones.
 *
 * @module
 */

import { basename, dirname, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { BACKBONES, type BackboneSpec } from "../models/registry.ts";
import { VGG16_PREPROCESSING, type Vgg16Preprocessing } from "../models/vgg16_preprocessing.ts";
import { WeightsError } from "../models/weights_error.ts";
import { startProgress } from "../src/report/progress.ts";
import { importFile } from "../src/weights/import_file.ts";
import type { ImportedWeights, ImportOptions } from "../src/weights/import_weights.ts";
import { importWeightsFromUrl } from "../src/weights/import_weights_from_url.ts";
import type { ImportedWhisper } from "../src/weights/import_whisper.ts";
import { listWeights, readRegistry } from "../src/weights/weights_registry.ts";
import { choice, command, parsed, runCommand, UsageError } from "./command.ts";
import { resolvePath } from "./paths.ts";

const spec: BackboneSpec = BACKBONES["vgg16-face"];
const { defaultPath } = spec.userWeights!;

const weights = command("weights", "Import weights of VGG16 or Whisper, or list the imported ones")
  .argument(
    "[what]",
    "a .h5 file of keras_vggface, deepface or Keras Applications, a .safetensors file, Whisper's " +
      "model.safetensors or CTranslate2 model.bin, or: list",
  )
  .argument("[dir]", `the folder to list (default: ${dirname(defaultPath)})`)
  .option("--url <address>", "download the file from there")
  .option("--out <file>", `the .safetensors file to write (default: in ${dirname(defaultPath)})`)
  .addOption(
    choice(
      "--dtype <type>",
      "how numbers are stored; float16 takes half of the room, int8 (Whisper only) a quarter",
      ["float32", "float16", "int8"],
    ).default("float32"),
  )
  .addOption(
    choice(
      "--preprocessing <name>",
      "how pictures are prepared (default: as the file's origin calls for)",
      Object.keys(VGG16_PREPROCESSING),
    ),
  )
  .addOption(parsed("--sha256 <hex>", "the SHA-256 that the imported file must have", sha256));

await runCommand(weights, async (options, [what, dir]) => {
  const { url, out, ...rest } = options as { url?: string } & ImportOptions;
  if (what === "list" && url === undefined) {
    return await list(dir === undefined ? resolve(dirname(defaultPath)) : resolvePath(dir));
  }
  if (dir !== undefined) throw new UsageError(`${dir} is one argument too many; allowed: one file`);
  if ((what === undefined) === (url === undefined)) {
    throw new UsageError(
      what === undefined
        ? "there is nothing to import; allowed: a file, --url <address> or list"
        : "a file and --url are two things to import; allowed: one of the two",
    );
  }
  const settings: ImportOptions = out === undefined ? rest : { ...rest, out: resolvePath(out) };
  const before = await readRegistry(dirname(settings.out ?? resolve(defaultPath)));
  const imported = url === undefined
    ? await importFile(resolvePath(what), settings)
    : await fetchAndImport(url, settings);
  print(imported);
  const replaced = before[basename(imported.out)];
  if (replaced !== undefined && replaced.weightsHash !== imported.weightsHash) {
    console.log(
      `it replaced     ${replaced.source.name} ${replaced.dtype} (${replaced.source.file})`,
    );
  }
}, [WeightsError]);

async function fetchAndImport(
  url: string,
  options: ImportOptions,
): Promise<ImportedWeights | ImportedWhisper> {
  const progress = startProgress("download", "MB");
  const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
  try {
    return await importWeightsFromUrl(url, {
      ...options,
      onProgress: (done, total = done) => progress.update(megabytes(done), megabytes(total)),
    });
  } finally {
    progress.stop();
  }
}

function print(imported: ImportedWeights | ImportedWhisper): void {
  console.log(`found           ${imported.description}`);
  if ("sizes" in imported) {
    const { name, layers, width, heads } = imported.sizes;
    console.log(`  ${name}: ${layers} layers of width ${width}, ${heads} heads`);
  } else {
    for (const { name, from, kernel } of imported.layers) {
      const origin = from === name ? "" : `  from ${from}`;
      console.log(`  ${name}  ${kernel.join(" x ")}${origin}`);
    }
  }
  console.log(`parameters      ${imported.parameters}`);
  printPreprocessing("", imported.preprocessing);
  console.log(`source SHA-256  ${imported.source.sha256}`);
  console.log(`weights hash    ${imported.weightsHash}`);
  console.log(`licence         ${imported.licence}`);
  console.log(`written to      ${imported.out} (${imported.dtype}, ${imported.bytes} bytes)`);
}

async function list(dir: string): Promise<void> {
  const listed = await listWeights(dir);
  if (listed.length === 0) console.log(`no weights were imported into ${dir}`);
  for (const { file, state, source, dtype, bytes, weightsHash, preprocessing, licence } of listed) {
    console.log(`${file}  ${state}`);
    console.log(`  source          ${source.name}: ${source.url ?? source.file}`);
    console.log(`  source SHA-256  ${source.sha256}`);
    console.log(`  stored as       ${dtype}, ${bytes} bytes`);
    printPreprocessing("  ", preprocessing);
    console.log(`  weights hash    ${weightsHash}`);
    console.log(`  licence         ${licence}`);
  }
}

function printPreprocessing(indent: string, preprocessing: Vgg16Preprocessing | undefined): void {
  if (preprocessing === undefined) return;
  const { channels, means } = preprocessing;
  console.log(`${indent}preprocessing   ${channels} minus ${means.join(", ")}`);
}

function sha256(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text;
  throw new InvalidArgumentError("Allowed: 64 hexadecimal digits.");
}
