import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { PredictionOptions } from "../../src/recognize/recognizer.ts";
import type { AccessOptions } from "../../src/serve/access/access.ts";
import { type Asset, type Assets, makeAsset } from "../../src/serve/assets.ts";
import { createApp } from "../../src/serve/create_app.ts";
import { MIN_CONFIDENCE_HEADER } from "../../src/serve/min_confidence_header.ts";
import { type ServeLimits, serveLimits } from "../../src/serve/limits.ts";
import { WorkerRunner } from "../../src/serve/worker/worker_runner.ts";
import { boundNames } from "../http/bound_names.ts";
import { listen } from "../http/listen.ts";
import { createDecodeClip } from "./create_decode_clip.ts";
import { spawnPredictWorker } from "./spawn_predict_worker.ts";

/** What to serve, where, to whom, and at which cost. */
export interface ServeModelOptions extends AccessOptions, PredictionOptions {
  /** The model's bundle. */
  readonly bundle: Uint8Array<ArrayBuffer>;
  /**
   * Address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  readonly host?: string;
  /**
   * Port; 0 takes a free one.
   *
   * @default {8000}
   */
  readonly port?: number;
  /** What requests may cost. Default: those of `serveLimits`. */
  readonly limits?: Partial<ServeLimits>;
  /**
   * The files of the page; the bundle is served beside them as `/model.emofuse`.
   *
   * @default {none}
   */
  readonly assets?: Assets;
}

/** A model that is being served. */
export interface ModelServer {
  /** The address, as in `http://127.0.0.1:8000`. */
  readonly url: string;
  /** The card of the model. */
  readonly card: ModelCard;
  /** Finishes what is under way, refuses what is new, and closes. */
  stop(): Promise<void>;
}

/**
 * Serves a model over HTTP: predictions in workers that may only read WebAssembly, decoding in a worker
 * that may do nothing, where the runtime restricts workers.
 *
 * @throws {BundleError} If the bundle cannot be used.
 * @throws {RangeError} If a limit is out of range, or an allowed host or origin is none.
 * @throws {InputError} If the least confidence is no share.
 * @throws {Error} If the address cannot be had; its `code` says why, as in `EADDRINUSE`.
 */
export async function serveModel(options: ServeModelOptions): Promise<ModelServer> {
  const { bundle, host = "127.0.0.1", port = 8000, assets } = options;
  const { allowedHosts = [], allowedOrigins, settingNames, minConfidence } = options;
  const limits = serveLimits(options.limits);
  const runner = await WorkerRunner.start({ spawn: spawnPredictWorker, bundle, limits });
  const decoder = new WasmDecoder({
    workers: limits.concurrency,
    timeLimitSeconds: limits.timeoutSeconds,
  });
  const close = async () => {
    runner.close();
    await decoder.close();
  };
  try {
    const files = assets && new Map<string, Asset>([
      ...assets,
      [
        "/model.emofuse",
        await makeAsset(
          "model.emofuse",
          bundle,
          minConfidence === undefined ? {} : { [MIN_CONFIDENCE_HEADER]: `${minConfidence}` },
        ),
      ],
    ]);
    const app = createApp({
      runner,
      limits,
      minConfidence,
      assets: files,
      allowedHosts: [...boundNames(host), ...allowedHosts],
      allowedOrigins,
      settingNames,
      decodeClip: createDecodeClip(decoder, runner.card, limits),
    });
    const { timeoutSeconds } = limits;
    const listener = await listen(app, { host, port, timeoutSeconds });
    return {
      url: listener.url,
      card: runner.card,
      async stop() {
        await listener.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
