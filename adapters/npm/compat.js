// What Node 20 lacks and Emofuse uses; newer runtimes have it all, and load nothing.
const { process, Iterator, Map, Promise, Uint8Array } = globalThis;
if (
  process?.versions?.node &&
  !(Map.groupBy && Promise.withResolvers && Array.fromAsync && Iterator?.prototype.map &&
    Set.prototype.union)
) {
  const { createRequire } = process.getBuiltinModule("node:module");
  const require = createRequire(import.meta.url);
  for (
    const name of [
      "array/from-async",
      "iterator",
      "map/group-by",
      "object/group-by",
      "promise/try",
      "promise/with-resolvers",
      "set",
    ]
  ) require(`core-js/actual/${name}`);
}
if (process?.versions?.node && !Uint8Array.prototype.toHex) {
  const { createRequire } = process.getBuiltinModule("node:module");
  const require = createRequire(import.meta.url);
  for (const name of ["from-base64", "from-hex", "to-base64", "to-hex"]) {
    require(`core-js/actual/typed-array/${name}`);
  }
}
