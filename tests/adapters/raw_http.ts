/** What a server answered to raw bytes. */
export interface RawAnswer {
  /** Its status, or 0 if the connection was closed without one. */
  readonly status: number;
  /** Headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What came after the headers; the chunks of a chunked one are not joined. */
  readonly body: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** To send nothing more, and wait for the answer. */
export const HALF_CLOSE = Symbol("half-close");

/** Bytes to send, text to send, milliseconds to wait, or to send nothing more. */
export type RawStep = Uint8Array | string | number | typeof HALF_CLOSE;

/**
 * Sends bytes to a server as they are, and reads its answer, also while it is still sending: for
 * requests that no HTTP client would make.
 *
 * @param url Where the server is.
 * @param steps What to send; an endless one is stopped when the answer is there.
 * @param patience After how many seconds without an answer to give up, which is an error.
 */
export async function rawHttp(
  url: string,
  steps: Iterable<RawStep>,
  patience: number,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  const socket = await Deno.connect({ hostname, port: Number(port) });
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`no answer within ${patience} s`)),
    patience * 1000,
  );
  let answered = false;
  const sending = (async () => {
    for (const step of steps) {
      if (answered) return;
      if (step === HALF_CLOSE) await socket.closeWrite();
      else if (typeof step === "number") await new Promise((resolve) => setTimeout(resolve, step));
      else await sendAll(socket, typeof step === "string" ? new TextEncoder().encode(step) : step);
    }
  })().catch(() => {
    // The server may close while we send: its answer is what counts.
  });
  try {
    const text = await Promise.race([readAnswer(socket), late.promise]);
    answered = true;
    const [head, ...rest] = text.split("\r\n\r\n");
    const [first, ...lines] = head.split("\r\n");
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
      headers: Object.fromEntries(lines.map((line) => {
        const [name, ...value] = line.split(":");
        return [name.toLowerCase(), value.join(":").trim()];
      })),
      body: rest.join("\r\n\r\n").replace(/^0\r\n\r\n$/, ""),
      seconds: (performance.now() - start) / 1000,
    };
  } finally {
    answered = true;
    clearTimeout(timer);
    late.promise.catch(() => {});
    socket.close();
    await sending;
  }
}

async function sendAll(socket: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await socket.write(bytes.subarray(at, at + 65536));
  }
}

/** Reads until the answer is complete by its Content-Length, or the connection is closed. */
async function readAnswer(socket: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65536);
  let text = "";
  for (;;) {
    const read = await socket.read(buffer).catch(() => null);
    if (read === null) return text;
    text += decoder.decode(buffer.subarray(0, read), { stream: true });
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1];
    if (length !== undefined && text.length - end - 4 >= Number(length)) return text;
    if (/\r\ntransfer-encoding: chunked/i.test(text.slice(0, end)) && text.endsWith("0\r\n\r\n")) {
      return text;
    }
  }
}

/** The bytes of a request with a body that it describes rightly. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array = new Uint8Array(),
): Uint8Array {
  const head = [
    `${method} ${path} HTTP/1.1`,
    "Host: localhost",
    ...Object.entries({ "Content-Length": `${body.length}`, ...headers })
      .map(([name, value]) => `${name}: ${value}`),
  ];
  const text = new TextEncoder().encode(head.join("\r\n") + "\r\n\r\n");
  const bytes = new Uint8Array(text.length + body.length);
  bytes.set(text);
  bytes.set(body, text.length);
  return bytes;
}
