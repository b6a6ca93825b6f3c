/**
 * One of Node's modules, where the runtime has it: Node, Deno and Bun. It is asked for and not imported: an import
 * would keep the module that needs it from browsers and edge workers.
 */
export function builtinModule<Module>(name: `node:${string}`): Module | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): Module | undefined };
  };
  return process?.getBuiltinModule?.(name);
}
