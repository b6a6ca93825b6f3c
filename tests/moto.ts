import { join } from "node:path";
import { isThere } from "../src/runtime/files/is_there.ts";
import { PythonPackages } from "./python_packages.ts";

/** The S3 server of PyPI that tests use, with what it needs for buckets alone. */
export const MOTO = new PythonPackages(
  ...["moto==5.2.5", "flask==3.1.3", "flask-cors==6.0.5", "PyYAML==6.0.3"],
);

/** An S3 server of its own process, which can be killed and started again with what it held. */
export class MotoServer implements AsyncDisposable {
  /** Its address. */
  readonly url: string;
  readonly #program: string;
  readonly #port: number;
  readonly #dir: string;
  #process: Deno.ChildProcess | undefined;

  private constructor(program: string, port: number, dir: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#program = program;
    this.#port = port;
    this.#dir = dir;
  }

  /** Starts one that keeps a record of its requests in `dir`. */
  static async start(dir: string): Promise<MotoServer> {
    const free = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const { port } = free.addr as Deno.NetAddr;
    free.close();
    const server = new MotoServer(await MOTO.program("moto_server"), port, dir);
    await server.begin();
    return server;
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.status;
    this.#process = undefined;
  }

  /** Starts it, with what the record of its requests makes. */
  async begin(): Promise<void> {
    this.#process = new Deno.Command(this.#program, {
      args: ["-H", "127.0.0.1", "-p", String(this.#port)],
      env: {
        MOTO_ENABLE_RECORDING: "True",
        MOTO_RECORDER_FILEPATH: join(this.#dir, "requests"),
        AWS_ACCESS_KEY_ID: "moto",
        AWS_SECRET_ACCESS_KEY: "moto",
      },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    for (let tries = 0;; tries++) {
      try {
        await (await fetch(`${this.url}/moto-api/`)).body?.cancel();
        break;
      } catch (error) {
        if (tries > 600) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    if (await isThere(join(this.#dir, "requests"))) {
      const path = "/moto-api/recorder/replay-recording";
      const { ok, body } = await fetch(this.url + path, { method: "POST" });
      await body?.cancel();
      if (!ok) throw new Error("moto cannot replay its record");
    }
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
