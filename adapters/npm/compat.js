// What Node 20 lacks and Emofuse uses: core-js is loaded when the first of it is asked for. Newer runtimes have it all,
// and load nothing.
const { process } = globalThis;
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([].values()));

const LACKING = [
  [globalThis, "Iterator"],
  [Map, "groupBy"],
  [Promise, "withResolvers"],
  [Array, "fromAsync"],
  ..."drop every filter find flatMap forEach map reduce some take toArray".split(" ")
    .map((name) => [IteratorPrototype, name]),
].filter(([object, name]) => !(name in object));

if (process?.versions?.node) {
  for (const [object, name] of LACKING) {
    Object.defineProperty(object, name, {
      configurable: true,
      get: () => (load(), object[name]),
      set: (value) => define(object, name, value),
    });
  }
}

function load() {
  for (const [object, name] of LACKING) {
    if (Object.getOwnPropertyDescriptor(object, name)?.get) delete object[name];
  }
  const { createRequire } = process.getBuiltinModule("node:module");
  createRequire(import.meta.url)("./core-js.cjs");
}

function define(object, name, value) {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: false,
    writable: true,
    value,
  });
}
