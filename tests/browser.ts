import { removeWhenLeft } from "./remove_when_left.ts";

/** The program, wherever it is on the path. */
export const CHROMIUM = "chromium";

/** What a page is shown as. */
export interface Screen {
  /** Width in CSS pixels. */
  width: number;
  /** The reader's scheme. */
  scheme: "light" | "dark";
}

// deno-lint-ignore no-explicit-any
type Json = any;

/** A request that the page, or a worker of it, made. */
export interface PageRequest {
  /** GET, POST and so on. */
  method: string;
  /** Its address. */
  url: string;
  /** Whether it carried a body. */
  hasBody: boolean;
}

/** A headless Chromium with one page, driven over its DevTools protocol. */
export class Browser {
  /** Address of every request of the page and its workers. */
  readonly requests: string[] = [];
  /** The same requests in full. */
  readonly traffic: PageRequest[] = [];
  /** Errors and warnings of the page's console, and what was blocked. */
  readonly complaints: string[] = [];
  readonly #socket: WebSocket;
  readonly #process: Deno.ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<Json>>();
  readonly #events = new Map<string, PromiseWithResolvers<void>>();
  #sent = 0;

  private constructor(socket: WebSocket, process: Deno.ChildProcess, profile: string) {
    this.#socket = socket;
    this.#process = process;
    this.#profile = profile;
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("the browser ended"));
    };
  }

  /** Starts the browser, with further flags. */
  static async start(flags: readonly string[] = []): Promise<Browser> {
    const profile = await Deno.makeTempDir();
    const process = new Deno.Command(CHROMIUM, {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        `--user-data-dir=${profile}`,
        "--remote-debugging-port=0",
        ...flags,
        "about:blank",
      ],
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const port = await debuggingPort(process.stderr);
    const targets: Json = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
    const page = targets.find(({ type }: Json) => type === "page");
    const socket = new WebSocket(page.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error("the browser's page cannot be driven"));
    });
    const browser = new Browser(socket, process, profile);
    for (const domain of ["Page", "Runtime", "Network", "Log"]) {
      await browser.send(`${domain}.enable`);
    }
    // Workers are targets of their own; their requests count as the page's.
    await browser.send("Target.setAutoAttach", {
      ...{ autoAttach: true, waitForDebuggerOnStart: true, flatten: true },
    });
    return browser;
  }

  /** Opens an address on a screen of the given width and scheme. */
  async open(url: string, screen: Screen): Promise<void> {
    this.requests.length = 0;
    this.traffic.length = 0;
    this.complaints.length = 0;
    await this.resize(screen);
    const loaded = Promise.withResolvers<void>();
    this.#events.set("Page.loadEventFired", loaded);
    await this.send("Page.navigate", { url });
    await loaded.promise;
  }

  /** Shows the page that is open on another screen. */
  async resize({ width, scheme }: Screen): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      ...{ width, height: 900, deviceScaleFactor: 1, mobile: width < 600 },
    });
    await this.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
  }

  /** Decides what a person would: whether the pages of an origin are lent camera and microphone. */
  async permit(origin: string, devices: Readonly<Record<"camera" | "microphone", boolean>>) {
    for (const [name, isAllowed] of Object.entries(devices)) {
      const setting = isAllowed ? "granted" : "denied";
      await this.send("Browser.setPermission", { permission: { name }, setting, origin });
    }
  }

  /** Chooses a file in a page's input. */
  async choose(selector: string, file: string): Promise<void> {
    const { root } = await this.send("DOM.getDocument");
    const { nodeId } = await this.send("DOM.querySelector", { nodeId: root.nodeId, selector });
    await this.send("DOM.setFileInputFiles", { nodeId, files: [file] });
  }

  /** The value of an expression in the page, which must be JSON. It counts as a person's doing. */
  async evaluate(expression: string): Promise<Json> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      ...{ expression, returnByValue: true, awaitPromise: true, userGesture: true },
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  }

  /** A part of the page, of which the window need not show anything, as a PNG. */
  async screenshot(clip: { x: number; y: number; width: number; height: number }) {
    const { data } = await this.send("Page.captureScreenshot", {
      captureBeyondViewport: true,
      clip: { ...clip, scale: 1 },
    });
    return Uint8Array.fromBase64(data);
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string, patience = 120_000): Promise<void> {
    for (const end = Date.now() + patience; !await this.evaluate(expression);) {
      if (Date.now() > end) {
        const text = await this.evaluate("document.body.innerText");
        throw new Error(`${expression} does not come true; the page says: ${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Sends a command of the DevTools protocol, to the page or to a worker's session. */
  send(method: string, params: Json = {}, sessionId?: string): Promise<Json> {
    const id = ++this.#sent;
    const answer = Promise.withResolvers<Json>();
    this.#waiting.set(id, answer);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return answer.promise;
  }

  /** Ends the browser and removes its profile. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.addEventListener("close", resolve));
    // Its answer may be lost when the browser ends first.
    this.send("Browser.close").catch(() => {});
    await closed;
    await this.#process.status;
    await this.#process.stderr.cancel();
    await removeWhenLeft(this.#profile);
  }

  async #watchWorker(session: string): Promise<void> {
    try {
      // A service worker answers none of them before the last.
      await Promise.all(
        ["Network.enable", "Runtime.enable", "Runtime.runIfWaitingForDebugger"].map((method) =>
          this.send(method, {}, session)
        ),
      );
    } catch {
      // It ended at once.
    }
  }

  #receive({ id, result, error, method, params }: Json): void {
    if (id !== undefined) {
      const answer = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) answer?.reject(new Error(error.message));
      else answer?.resolve(result);
      return;
    }
    if (method === "Network.requestWillBeSent") {
      const { method, url, hasPostData } = params.request;
      this.requests.push(url);
      this.traffic.push({ method, url, hasBody: Boolean(hasPostData) });
    }
    if (method === "Network.webSocketCreated") {
      this.traffic.push({ method: "WebSocket", url: params.url, hasBody: true });
    }
    if (method === "Target.attachedToTarget") this.#watchWorker(params.sessionId);
    if (method === "Log.entryAdded") this.complaints.push(params.entry.text);
    if (method === "Runtime.consoleAPICalled") this.complaints.push(JSON.stringify(params.args));
    if (method === "Runtime.exceptionThrown") {
      this.complaints.push(params.exceptionDetails.text);
    }
    this.#events.get(method)?.resolve();
  }
}

/** Reads the port from what the browser says when it is ready. */
async function debuggingPort(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stderr.getReader();
  const decoder = new TextDecoder();
  let said = "";
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the browser ended before it was ready: ${said}`);
      said += decoder.decode(value, { stream: true });
      const port = said.match(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//)?.[1];
      if (port) return port;
    }
  } finally {
    reader.releaseLock();
  }
}
