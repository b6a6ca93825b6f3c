import { Hono } from "hono";
import { cors } from "hono/cors";
import type { PredictionOptions } from "../recognize/recognizer.ts";
import { BundleError } from "../recognize/bundle/bundle_error.ts";
import { checkMinConfidence } from "../recognize/sure/uncertain.ts";
import { Access, type AccessOptions } from "./access/access.ts";
import { Admission } from "./admission.ts";
import { type Asset, assetResponse, type Assets } from "./assets.ts";
import { HeldBytes } from "./held_bytes.ts";
import { type ServeLimits, serveLimits } from "./limits.ts";
import { Metrics } from "./metrics.ts";
import { openApi } from "./openapi/open_api.ts";
import { predictRoute } from "./predict_route.ts";
import { Problem } from "./problem.ts";
import type { DecodeClip, Runner } from "./runner.ts";

/** What the endpoint is made of, and from where it may be asked. */
export interface AppOptions extends AccessOptions, PredictionOptions {
  /** Does the work. */
  readonly runner: Runner;
  /**
   * Decodes containers.
   *
   * @default {none: they are refused with 415}
   */
  readonly decodeClip?: DecodeClip;
  /** What requests may cost. */
  readonly limits?: Partial<ServeLimits>;
  /**
   * Files to serve beside it; `/index.html` is served as `/`.
   *
   * @default {none}
   */
  readonly assets?: Assets;
  /**
   * Told of errors that are the server's own.
   *
   * @default {console.error}
   */
  readonly onError?: (error: unknown) => void;
}

/** The HTTP endpoint, for any runtime that hands out requests. */
export interface App {
  /** Answers a request; never throws. */
  fetch(request: Request): Promise<Response>;
  /** From now on refuses predictions with 503; those under way go on. */
  drain(): void;
  /** Resolves when no prediction is under way. */
  idle(): Promise<void>;
}

/** Paths and the one method that each of them takes. */
const ROUTES: Readonly<Record<string, "GET" | "POST">> = {
  "/v1/predict": "POST",
  "/v1/enrolment": "POST",
  "/v1/model": "GET",
  "/healthz": "GET",
  "/metrics": "GET",
  "/openapi.json": "GET",
};

/** Seconds until somebody else may have taken over from a server that is stopping. */
const RESTART_SECONDS = 5;

/**
 * Builds the endpoint: `POST /v1/predict` (with `?stream`: server-sent events along the clip), `POST /v1/enrolment`,
 * `GET /v1/model`, `/healthz`, `/metrics` (Prometheus), `/openapi.json`, and files. It knows no runtime:
 * requests in, responses out. Requests to names that are not allowed get 421, those of other sites' pages
 * 403.
 *
 * @throws {RangeError} If a limit is out of range, or an allowed host or origin is none.
 * @throws {InputError} If the least confidence is no share.
 * @throws {BundleError} If the model goes by landmark files alone, which no request carries.
 */
export function createApp(options: AppOptions): App {
  const { runner, decodeClip, assets = new Map<string, Asset>() } = options;
  const { onError = console.error, minConfidence } = options;
  checkMinConfidence(minConfidence, runner.card.labels);
  if (!runner.card.audio && !runner.card.video) {
    throw new BundleError(
      "the model goes by landmark files alone, which the service does not take",
    );
  }
  const limits = serveLimits(options.limits);
  const access = new Access(options);
  const admission = new Admission(limits.concurrency, limits.queue);
  const held = new HeldBytes(limits.maxHeldBytes);
  const metrics = new Metrics();
  const waiting: (() => void)[] = [];
  let draining = false, underWay = 0;

  metrics.gauge("emofuse_clips_running", "Clips being worked on.", () => admission.running);
  metrics.gauge("emofuse_clips_waiting", "Clips that wait.", () => admission.waiting);
  metrics.gauge("emofuse_held_bytes", "Bytes of bodies held.", () => held.held);
  metrics.counter(
    "emofuse_workers_replaced_total",
    "Workers replaced.",
    () => runner.replaced ?? 0,
  );

  const problemOf = (error: unknown): Problem => {
    if (error instanceof Problem) return error;
    onError(error);
    return new Problem(500, "the server failed; its log says why");
  };
  const context = {
    runner,
    decodeClip,
    options: minConfidence === undefined ? {} : { minConfidence },
    limits,
    admission,
    held,
    explain: (error: unknown) => problemOf(error).details(),
  };

  const predict = (task: "predict" | "enrol", request: Request): Promise<Response> => {
    if (draining) throw stopping();
    underWay++;
    const start = performance.now();
    return predictRoute(task, request, context, (recognised) => {
      underWay--;
      const seconds = (performance.now() - start) / 1000;
      // Refusals are quick, and would make the server look faster the more of them there are.
      if (recognised) metrics.observe("emofuse_clip_seconds", CLIP_SECONDS, seconds);
      if (underWay === 0) waiting.splice(0).forEach((resolve) => resolve());
    });
  };

  const document = openApi(runner.card, limits, decodeClip !== undefined);
  const hono = new Hono();
  hono.use((c, next) => {
    access.check(c.req.raw);
    return access.isCrossOrigin(c.req.raw) ? CORS(c, next) : next();
  });
  hono.post("/v1/predict", (c) => predict("predict", c.req.raw));
  hono.post("/v1/enrolment", (c) => predict("enrol", c.req.raw));
  hono.get("/v1/model", (c) => c.json(runner.card));
  hono.get("/healthz", (c) => {
    if (draining) throw stopping();
    return c.json({ status: "ok" });
  });
  hono.get("/metrics", (c) => c.text(metrics.text(), 200, { "content-type": METRICS_TYPE }));
  hono.get("/openapi.json", (c) => c.json(document));
  for (const [path, asset] of assets) {
    const routes = path === "/index.html" ? ["/", path] : [path];
    for (const route of routes) {
      hono.get(route, (c) => assetResponse(asset, c.req.raw));
    }
  }
  const known = new Map(Object.entries(ROUTES));
  for (const path of assets.keys()) known.set(path, "GET");
  if (assets.has("/index.html")) known.set("/", "GET");
  for (const [path, method] of known) {
    hono.all(path, () => {
      const allow = method === "GET" ? ["GET", "HEAD"] : [method];
      throw new Problem(405, `${path} takes ${allow.join(" and ")} only`, { allow });
    });
  }
  hono.notFound(() => {
    throw new Problem(404, "there is nothing at this path; /openapi.json lists what there is");
  });
  hono.onError((error) => problemOf(error).response());

  return {
    async fetch(request) {
      const response = await hono.fetch(request);
      const { pathname } = new URL(request.url);
      metrics.count("emofuse_requests_total", "Requests answered.", {
        path: Object.hasOwn(ROUTES, pathname) ? pathname : known.has(pathname) ? "file" : "other",
        status: `${response.status}`,
      });
      response.headers.set("x-content-type-options", "nosniff");
      return response;
    },
    drain() {
      draining = true;
    },
    idle() {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** For pages of other sites that may ask: their browsers want to hear it before and with each answer. */
const CORS = cors({
  origin: (origin) => origin,
  allowMethods: ["GET", "POST"],
  allowHeaders: ["content-type"],
  exposeHeaders: ["retry-after"],
  maxAge: 600,
});

const CLIP_SECONDS = "Time from a recognised clip's arrival to the end of its answer.";

const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

function stopping(): Problem {
  return new Problem(503, "the server is stopping", { retryAfter: RESTART_SECONDS });
}
