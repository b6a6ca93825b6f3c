/**
 * A server of {@linkcode hangingApp} for Node, to be bundled: `node server.js`, with its options as JSON in
 * the environment's `OPTIONS`.
 *
 * @module
 */

import process from "node:process";
import { listen } from "../../adapters/http/listen.ts";
import { hangingApp } from "./hanging_app.ts";
import { type HangingOptions, listenOptions } from "./hanging_options.ts";

const options: HangingOptions = JSON.parse(process.env.OPTIONS!);
const listener = await listen(hangingApp(options.limits), listenOptions(options));
console.log(`listening on ${listener.url}`);
process.on("SIGTERM", () => process.exit(0));
