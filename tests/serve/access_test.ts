import assert from "node:assert/strict";
import type { AccessOptions } from "../../src/serve/access/access.ts";
import { hostName } from "../../src/serve/access/host_name.ts";
import { createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { toneBytes, wavFile } from "./clips.ts";
import { fakeApp } from "./fake_app.ts";
import { fakeRecognizer } from "./fake_recognizer.ts";

const page = { bytes: new TextEncoder().encode("<p>"), type: "text/html" };
const PATHS = ["/", "/v1/model", "/healthz", "/metrics", "/openapi.json", "/nothing"];

/** Asks for a path under a name, and for a page of some origin. */
function asking(options: AccessOptions = {}) {
  const { app } = fakeApp({ ...options, assets: new Map([["/index.html", page]]) });
  return (headers: Record<string, string>, path = "/healthz", init: RequestInit = {}) =>
    app.fetch(new Request(`http://localhost${path}`, { ...init, headers }));
}

const statusOf = async (response: Promise<Response>) => {
  const { status, body } = await response;
  await body?.cancel();
  return status;
};

Deno.test("localhost and addresses are answered on any port, whichever address is listened on", async () => {
  const ask = asking();
  for (
    const host of [
      ...["localhost", "LOCALHOST:8000", "localhost.:8000", "emofuse.localhost:1", "127.0.0.1"],
      ...["127.0.0.1:65535", "127.1:80", "0.0.0.0:8000", "192.168.1.7:8000", "[::1]", "[::1]:8000"],
      "[2001:DB8::7]:8000",
    ]
  ) assert.equal(await statusOf(ask({ host })), 200, host);
});

Deno.test("a name that is not allowed gets 421 on every path, and is told the setting", async () => {
  const ask = asking({ settingNames: { hosts: "--names", origins: "--origins" } });
  for (
    const host of [
      "evil.example",
      "evil.example:8000",
      "localhost.evil.example",
      "127.0.0.1.nip.example",
    ]
  ) {
    for (const path of PATHS) assert.equal(await statusOf(ask({ host }, path)), 421, host + path);
  }
  const response = await ask({ host: "Evil.Example:8000" }, "/v1/predict", {
    method: "POST",
    body: wavFile(toneBytes(800)),
  });
  assert.equal(response.status, 421);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const { title, detail } = await response.json();
  assert.equal(title, "Misdirected Request");
  assert.match(detail, /the name "evil\.example"; allowed: localhost, addresses, .* --names$/);
});

Deno.test("what is no host gets 400", async () => {
  const ask = asking({ allowedHosts: ["*"] });
  for (
    const host of [
      ...[
        "",
        ":80",
        "a b",
        "localhost@evil.example",
        "localhost/evil.example",
        "localhost, evil.example",
      ],
      ...[
        "evil.example\\localhost",
        "[::1",
        "::1",
        "[::g]",
        "1.2.3.4.5",
        "localhost:80:80",
        "%6cocalhost",
      ],
    ]
  ) {
    assert.equal(hostName(host), undefined, host);
    assert.equal(await statusOf(ask({ host })), 400, host);
  }
});

Deno.test("allowedHosts lets names in: as they are, below a name, or all", async () => {
  const some = asking({ allowedHosts: ["Emofuse.Example", "*.lab.example", "bücher.example"] });
  const cases = {
    "emofuse.example": 200,
    "EMOFUSE.example.:8000": 200,
    "www.emofuse.example": 421,
    "a.b.lab.example:80": 200,
    "lab.example": 421,
    "evillab.example": 421,
    "xn--bcher-kva.example": 200,
  };
  for (const [host, status] of Object.entries(cases)) {
    assert.equal(await statusOf(some({ host })), status, host);
  }
  assert.equal(await statusOf(asking({ allowedHosts: ["*"] })({ host: "evil.example" })), 200);
});

Deno.test("a request without Host is judged by the name in its URL", async () => {
  const { app } = fakeApp();
  const ask = (url: string) => statusOf(app.fetch(new Request(url)));
  assert.equal(await ask("http://127.0.0.1:8000/healthz"), 200);
  assert.equal(await ask("https://evil.example/healthz"), 421);
});

Deno.test("pages of other origins get 403 and are told the setting, its own pages are answered", async () => {
  const ask = asking();
  const host = "127.0.0.1:8000";
  for (
    const origin of [
      ...[
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8001",
        "http://localhost:8000",
      ],
      ...[
        "null",
        "file://",
        "https://127.0.0.1:8000.evil.example",
        "http://127.0.0.1:8000, http://a.example",
      ],
    ]
  ) {
    for (const path of PATHS) {
      assert.equal(await statusOf(ask({ host, origin }, path)), 403, origin);
    }
    const preflight = { origin, host, "access-control-request-method": "POST" };
    const refused = await ask(preflight, "/v1/predict", { method: "OPTIONS" });
    assert.equal(refused.status, 403, origin);
    assert.equal(refused.headers.get("access-control-allow-origin"), null);
    assert.match((await refused.json()).detail, /may not ask this server; .* allowedOrigins$/);
  }
  // TLS may end at a proxy, which then tells the server neither scheme nor port.
  const own: [string, string][] = [
    ["http://127.0.0.1:8000", host],
    ["https://127.0.0.1:8000", host],
    ["http://[::1]:8000", "[::1]:8000"],
    ["http://localhost", "localhost:80"],
    ["https://localhost", "localhost:443"],
    ["https://localhost", "localhost"],
  ];
  for (const [origin, host] of own) {
    const response = await ask({ origin, host });
    assert.equal(await statusOf(Promise.resolve(response)), 200, origin);
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  }
});

Deno.test("allowedOrigins lets pages of other sites ask, and their browsers hear it", async () => {
  const origin = "https://app.example";
  const ask = asking({ allowedOrigins: [origin] });
  const preflight = await ask(
    { origin, "access-control-request-method": "POST" },
    "/v1/predict",
    { method: "OPTIONS" },
  );
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), origin);
  assert.match(preflight.headers.get("access-control-allow-methods")!, /POST/);
  assert.equal(preflight.headers.get("access-control-allow-headers"), "content-type");
  const body = wavFile(toneBytes(800));
  const answers = [
    await ask({ origin }, "/v1/predict", { method: "POST", body }),
    await ask({ origin }, "/v1/predict", { method: "POST", body: "a" }),
    await ask({ origin }, "/v1/predict?stream", { method: "POST", body }),
  ];
  assert.deepEqual(answers.map(({ status }) => status), [200, 415, 200]);
  for (const { headers, body } of answers) {
    assert.equal(headers.get("access-control-allow-origin"), origin);
    assert.match(headers.get("access-control-expose-headers")!, /retry-after/);
    await body?.cancel();
  }
  assert.equal(await statusOf(ask({ origin: "https://other.example" })), 403);
  assert.equal(await statusOf(asking({ allowedOrigins: ["*"] })({ origin: "null" })), 200);
});

Deno.test("createApp() refuses what is no name or no origin", () => {
  const limits = serveLimits();
  const create = (options: AccessOptions) => () =>
    createApp({ runner: new InlineRunner(fakeRecognizer(), limits), ...options });
  for (const name of ["", "http://a.example", "a.example:80", "a.*", "*.*", "a/b", "*a.example"]) {
    assert.throws(
      create({ allowedHosts: [name] }),
      /".*" is no name of a host; allowed: names without/,
    );
  }
  for (
    const origin of ["", "a.example", "https://a.example/", "ftp://a.example", "null", "https://*"]
  ) {
    assert.throws(
      create({ allowedOrigins: [origin] }),
      /".*" is no origin; allowed: those of pages/,
    );
  }
});
