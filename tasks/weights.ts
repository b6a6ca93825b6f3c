/**
 * `deno task weights FILE.h5`: imports VGG16-Face weights from a Keras file.
 *
 * @module
 */

import { resolve } from "node:path";
import { BACKBONES, type BackboneSpec } from "../models/registry.ts";
import { WeightsError } from "../models/weights_error.ts";
import { importKerasWeights } from "../src/vision/import_keras_weights.ts";
import { command, runCommand } from "./command.ts";
import { resolvePath } from "./paths.ts";

const spec: BackboneSpec = BACKBONES["vgg16-face"];
const { defaultPath } = spec.userWeights!;

const weights = command("weights", "Import VGG16-Face weights from a Keras .h5 file")
  .argument("<file>", "the Keras file: rcmalli_vggface_tf_notop_vgg16.h5 of keras_vggface")
  .option("--out <file>", `the .safetensors file to write (default: ${defaultPath})`);

await runCommand(weights, async ({ out }, [file]) => {
  const imported = await importKerasWeights(
    resolvePath(file),
    out === undefined ? resolve(defaultPath) : resolvePath(String(out)),
  );
  for (const { name, kernel } of imported.layers) console.log(`${name}  ${kernel.join(" x ")}`);
  console.log(`parameters      ${imported.parameters}`);
  console.log(`source SHA-256  ${imported.sourceSha256}`);
  console.log(`weights hash    ${imported.weightsHash}`);
  console.log(`licence         ${spec.licence}`);
  console.log(`written to      ${imported.out}`);
}, [WeightsError]);
