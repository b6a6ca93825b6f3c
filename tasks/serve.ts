/**
 * `deno task serve`: a trained model over HTTP.
 *
 * @module
 */

import { once } from "node:events";
import { askedToEnd } from "../src/runtime/asked_to_end.ts";
import { asCalled } from "../src/runtime/invocation.ts";
import { readPage } from "../adapters/deno/read_assets.ts";
import { serveModel } from "../adapters/deno/serve_model.ts";
import { BackendError } from "../src/nn/backend.ts";
import { BundleError } from "../src/recognize/bundle/bundle_error.ts";
import { InputError } from "../src/recognize/input_error.ts";
import { nameRule } from "../src/serve/access/name_rule.ts";
import { originRule } from "../src/serve/access/origin_rule.ts";
import {
  choice,
  command,
  integer,
  listOf,
  parsed,
  positive,
  runCommand,
  UsageError,
} from "./command.ts";
import { minConfidenceFlag } from "./flags/min_confidence_flag.ts";
import { modelFlag, readModel } from "./shared/read_model.ts";

/** Where `deno task page` puts the page. */
const PAGE = new URL("../build/page/", import.meta.url);

/** What the permission set `serve` of deno.json allows to listen on. */
const HOSTS = ["127.0.0.1", "localhost", "::1", "0.0.0.0", "::"];

const serve = command("serve", "Serve a model over HTTP.")
  .addOption(modelFlag())
  .addOption(
    choice(
      "--host <address>",
      "address to listen on; the last two are reached from everywhere",
      HOSTS,
    )
      .default(HOSTS[0]),
  )
  .addOption(parsed("--port <n>", "port, 0 takes a free one", integer(0, 65535)).default(8000))
  .addOption(
    parsed(
      "--allowed-hosts <names>",
      "names to answer to beside localhost and addresses, as in a.example,*.b.example; * for all",
      listOf(nameRule),
    ),
  )
  .addOption(
    parsed(
      "--allowed-origins <origins>",
      "other sites whose pages may ask, as in https://app.example; * for all",
      listOf(originRule),
    ),
  )
  .addOption(
    parsed("--max-mb <n>", "largest upload, in MB (2^20 bytes)", positive(1024)).default(32),
  )
  .addOption(parsed("--max-seconds <n>", "longest clip, in seconds", positive(600)).default(60))
  .addOption(
    parsed("--concurrency <n>", "clips worked on at once, each in a worker", integer(1, 64))
      .default(1),
  )
  .addOption(
    parsed("--queue <n>", "clips that may wait; more get 429", integer(0, 10_000)).default(32),
  )
  .addOption(
    parsed(
      "--timeout <s>",
      "seconds that an upload, its wait and its prediction may each take",
      positive(3600),
    )
      .default(60),
  )
  .addOption(minConfidenceFlag());

await runCommand(serve, async (options) => {
  const {
    model,
    host,
    port,
    maxMb,
    maxSeconds,
    concurrency,
    queue,
    timeout,
    minConfidence,
    ...access
  } = options as
    & Record<"port" | "maxMb" | "maxSeconds" | "concurrency" | "queue" | "timeout", number>
    & { model?: string; host: string; minConfidence?: number }
    & { allowedHosts?: string[]; allowedOrigins?: string[] };
  const asked = askedToEnd();
  const assets = await readPage(PAGE);
  const limits = {
    maxBytes: Math.floor(maxMb * 2 ** 20),
    maxSeconds,
    concurrency,
    queue,
    timeoutSeconds: timeout,
  };
  const settingNames = { hosts: "--allowed-hosts", origins: "--allowed-origins" };
  const serving = { host, port, assets, limits, minConfidence, ...access, settingNames };
  const server = await readModel(model, async (bundle) => {
    try {
      return await serveModel({ bundle, ...serving });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
      throw new UsageError(`--port ${port} is taken by another program; allowed: a free one, or 0`);
    }
  });
  console.error(`${server.card.name}: ${server.card.labels.join(", ")}`);
  if (assets === undefined) console.error(asCalled("without the page: deno task page makes it"));
  console.log(`listening on ${server.url}`);
  if (!asked.aborted) await once(asked, "abort");
  console.error("stopping: predictions under way are finished");
  await server.stop();
}, [BundleError, BackendError, InputError]);
