import { Problem } from "../problem.ts";
import { hostName, isAddress } from "./host_name.ts";
import { nameRule } from "./name_rule.ts";
import { originRule } from "./origin_rule.ts";

/** From where a server may be asked. */
export interface AccessOptions {
  /**
   * Names that the server answers to, as in `emofuse.example` or `*.emofuse.example`, beside `localhost`
   * and addresses, on any port; `*` for every name, where something before the server sees to it. Without
   * this check any web site could let its own name stand for this server, and a visitor's browser would
   * hand it the page, the model and predictions (DNS rebinding).
   *
   * @default {[]}
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Origins of other sites whose pages may ask, as in `https://app.example`, by CORS; `*` for all.
   *
   * @default {[]}
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * What these two settings are called where the server is started, for the answers that refuse.
   *
   * @default {"allowedHosts" and "allowedOrigins"}
   */
  readonly settingNames?: { readonly hosts: string; readonly origins: string };
}

/**
 * Decides who may ask a server: by which name it is asked, and for which page.
 *
 * @example
 * ```ts
 * import { Access } from "./access.ts";
 * import assert from "node:assert/strict";
 *
 * const access = new Access({ allowedHosts: ["emofuse.example"] });
 * access.check(new Request("http://127.0.0.1:8000/"));
 * access.check(new Request("https://emofuse.example/"));
 * assert.throws(() => access.check(new Request("http://evil.example/")), { status: 421 });
 * ```
 */
export class Access {
  readonly #isAllowedHost: (name: string) => boolean;
  readonly #isAllowedOrigin: (origin: string) => boolean;
  readonly #settings: { readonly hosts: string; readonly origins: string };

  /**
   * Takes the names and origins.
   *
   * @throws {RangeError} If one of them is none.
   */
  constructor(options: AccessOptions = {}) {
    this.#isAllowedHost = nameRule(options.allowedHosts ?? []);
    this.#isAllowedOrigin = originRule(options.allowedOrigins ?? []);
    this.#settings = options.settingNames ?? { hosts: "allowedHosts", origins: "allowedOrigins" };
  }

  /**
   * Refuses a request that was sent to another server's name, or by a page of another site.
   *
   * @throws {Problem} 400 if its `Host` is none, 421 for a name that is not allowed, 403 for an origin.
   */
  check(request: Request): void {
    const host = hostOf(request);
    const name = hostName(host);
    if (name === undefined) throw new Problem(400, "Host is not the name or address of a server");
    const { hosts, origins } = this.#settings;
    const isLocal = name === "localhost" || name.endsWith(".localhost");
    if (!isLocal && !isAddress(name) && !this.#isAllowedHost(name)) {
      throw new Problem(
        421,
        `this server does not answer to the name ${
          JSON.stringify(name.slice(0, 100))
        }; allowed: localhost, ` +
          `addresses, and names given by ${hosts}`,
      );
    }
    const origin = request.headers.get("origin");
    if (origin === null || isOwn(origin, host) || this.#isAllowedOrigin(origin)) return;
    throw new Problem(
      403,
      `pages of ${
        JSON.stringify(origin.slice(0, 100))
      } may not ask this server; allowed: its own, ` +
        `and those of origins given by ${origins}`,
    );
  }

  /** Whether a request comes from a page of another site. */
  isCrossOrigin(request: Request): boolean {
    const origin = request.headers.get("origin");
    return origin !== null && !isOwn(origin, hostOf(request));
  }
}

/** The name that a request was sent to: without a header, in HTTP/2 or HTTP/1.0, its URL has it. */
function hostOf(request: Request): string {
  return request.headers.get("host") ?? new URL(request.url).host;
}

/** Whether an origin is that of the server itself. Its scheme is not looked at: TLS may end at a proxy. */
function isOwn(origin: string, host: string): boolean {
  try {
    const { protocol, host: own } = new URL(origin);
    // Without the port that is the scheme's own.
    return own !== "" && own === new URL(`${protocol}//${host}`).host;
  } catch {
    return false;
  }
}
