import { createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { fakeRecognizer } from "./fake_recognizer.ts";

/** An app on a fake recogniser. */
export function fakeApp(options: Partial<Parameters<typeof createApp>[0]> = {}) {
  const limits = serveLimits({ timeoutSeconds: 2, maxSeconds: 5, ...options.limits });
  const errors: unknown[] = [];
  const recognizer = fakeRecognizer();
  const app = createApp({
    runner: new InlineRunner(recognizer, limits),
    onError: (error) => errors.push(error),
    ...options,
    limits,
  });
  const post = (body: BodyInit | null, type?: string, query = "") =>
    app.fetch(
      new Request(`http://localhost/v1/predict${query}`, {
        method: "POST",
        body,
        ...(type === undefined ? {} : { headers: { "content-type": type } }),
      }),
    );
  const get = (path: string, method = "GET") =>
    app.fetch(new Request(`http://localhost${path}`, { method }));
  return { app, errors, get, post, recognizer };
}
