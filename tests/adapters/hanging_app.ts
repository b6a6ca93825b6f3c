import type { TimedPrediction } from "../../src/recognize/prediction.ts";
import { type App, createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { type ServeLimits, serveLimits } from "../../src/serve/limits.ts";
import type { ClipSource, Runner } from "../../src/serve/runner.ts";
import { CARD, fakeRecognizer } from "../serve/fake_recognizer.ts";

/**
 * A type of clips whose prediction never comes, of a stream the first or the second one; or of which a
 * stream never ends.
 */
export const hanging = (at: "first" | "second" | "never" = "first") =>
  `audio/pcm; rate=8000; hang=${at}`;

/**
 * An app in which predictions hang, or never end, until they are given up, if the clip's type says so. The
 * metrics count as replaced workers how often that was.
 */
export function hangingApp(limits: Partial<ServeLimits> = {}): App {
  const filled = serveLimits(limits);
  const runner = new InlineRunner(fakeRecognizer(), filled);
  let givenUp = 0;
  const hang = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => {
        givenUp++;
        reject(signal.reason);
      }, { once: true });
    });
  const endless = async function* (prediction: TimedPrediction) {
    try {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield prediction;
      }
    } finally {
      givenUp++;
    }
  };
  const hangsAt = (source: ClipSource) =>
    "upload" in source ? source.upload.parts[0].parameters.hang : undefined;
  const hangingRunner: Runner = {
    card: CARD,
    get replaced() {
      return givenUp;
    },
    predict: (source, signal) => hangsAt(source) ? hang(signal) : runner.predict(source),
    enrol: (source, former) => runner.enrol(source, former),
    async *stream(source, options, signal) {
      if (hangsAt(source) === "first") await hang(signal);
      for await (const prediction of runner.stream(source, options)) {
        yield prediction;
        if (hangsAt(source) === "second") await hang(signal);
        if (hangsAt(source) === "never") yield* endless(prediction);
      }
    },
  };
  return createApp({ runner: hangingRunner, limits: filled });
}
