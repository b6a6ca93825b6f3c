// What Node 20 lacks and Emofuse uses; newer runtimes have it all, and load nothing.
const { process, Iterator, Map, Promise } = globalThis;
if (
  process?.versions?.node &&
  !(Map.groupBy && Promise.withResolvers && Array.fromAsync && Iterator?.prototype.map)
) {
  const { createRequire } = process.getBuiltinModule("node:module");
  createRequire(import.meta.url)("./core-js.cjs");
}
