import assert from "node:assert/strict";
import { serveModel } from "../../adapters/deno/serve_model.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { mapConcurrent } from "../../src/runtime/map_concurrent.ts";
import { boxes, movingFrames, smallMp4, tone } from "../media/synthetic_clip.ts";
import {
  HOSTILE_LIMITS,
  type HostileBody,
  hostileDocuments,
  hostilePictures,
  hostileSounds,
  hostileTypes,
} from "./hostile_bodies.ts";
import { postBytes } from "./hostile_wire.ts";
import { rawHttp, type RawStep } from "./raw_http.ts";
import { testClips } from "./test_clips.ts";
import { audioVisualModel } from "./test_models.ts";

/** Beyond the time-outs of upload and prediction, a connection lingers for 2 s, and a test is slow. */
const PATIENCE = 2 * HOSTILE_LIMITS.timeoutSeconds + 6;

async function hostileContainers(): Promise<HostileBody[]> {
  const mp4 = await smallMp4();
  const noIndex = boxes(mp4).filter(({ type }) => type !== "moov").flatMap((
    { bytes },
  ) => [...bytes]);
  const frame = movingFrames(1, 3840, 2162);
  const large = await encodeClip(
    { frames: frame, width: 3840, height: 2162, fps: 1 },
    "mp4",
    { preset: "ultrafast", crf: 40 },
  );
  const clip = (name: string, body: Uint8Array, status: number): HostileBody => ({
    ...{ name: `mp4: ${name}`, type: "video/mp4", body, status },
  });
  return [
    clip("cut", mp4.slice(0, mp4.length * 0.6), 422),
    clip("without its index", new Uint8Array(noIndex), 422),
    clip("larger than 4K", large, 413),
    clip("too long", await encodeClip({ samples: tone(6 * 8000) }, "mp4"), 413),
    clip("nothing of a face", mp4.slice(0, 200), 422),
  ];
}

Deno.test({
  name: "hostile uploads get the right status, none hangs, and the server stays healthy",
  async fn(t) {
    const { bytes, card } = await audioVisualModel();
    const bundle = new Uint8Array(bytes);
    const server = await serveModel({ bundle, port: 0, limits: HOSTILE_LIMITS });
    const cases: { name: string; steps: () => Iterable<RawStep>; status: number }[] = [
      ...[
        ...hostileSounds(),
        ...hostilePictures(),
        ...hostileDocuments(card.video!.backbone.featureSize),
        ...hostileTypes(),
        ...await hostileContainers(),
      ].map((body) => ({ ...body, steps: () => [postBytes(body)] })),
    ];
    try {
      await t.step(`${cases.length} cases`, async () => {
        assert.ok(cases.length >= 100);
        const wrong: string[] = [];
        await mapConcurrent(cases, 6, async ({ name, steps, status }) => {
          try {
            const answer = await rawHttp(server.url, steps(), PATIENCE);
            const details = JSON.parse(answer.body);
            if (answer.status !== status || details.status !== status) {
              wrong.push(`${name}: ${answer.status} in place of ${status}: ${answer.body}`);
            }
          } catch (error) {
            wrong.push(`${name}: ${error}`);
          }
          const health = await fetch(`${server.url}/healthz`);
          if ((await health.json()).status !== "ok") wrong.push(`${name}: unhealthy afterwards`);
        });
        assert.deepEqual(wrong, []);
      });
      await t.step("a good clip is predicted afterwards, and nothing is left over", async () => {
        const { unseen: { samples, sampleRate } } = await testClips();
        const response = await fetch(`${server.url}/v1/predict`, {
          method: "POST",
          body: await encodeClip({ samples, sampleRate }, "mp4"),
          headers: { "content-type": "video/mp4" },
        });
        assert.equal(response.status, 200, await response.clone().text());
        const { used, probabilities } = await response.json();
        assert.ok(used.length > 0);
        const sum = Object.values<number>(probabilities).reduce((a, b) => a + b);
        assert.ok(Math.abs(sum - 1) < 1e-5);
        const metrics = await (await fetch(`${server.url}/metrics`)).text();
        for (const gauge of ["clips_running", "clips_waiting", "held_bytes"]) {
          assert.match(metrics, new RegExp(`^emofuse_${gauge} 0$`, "m"));
        }
      });
    } finally {
      await server.stop();
    }
  },
});
