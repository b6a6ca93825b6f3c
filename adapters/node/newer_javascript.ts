/**
 * What Emofuse takes for granted and Node 20 does not have yet; later versions keep their own.
 *
 * @module
 */

if (typeof Promise.withResolvers !== "function") {
  Promise.withResolvers = function <T>(): PromiseWithResolvers<T> {
    let resolve!: PromiseWithResolvers<T>["resolve"];
    let reject!: PromiseWithResolvers<T>["reject"];
    const promise = new Promise<T>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    return { promise, resolve, reject };
  };
}

if (typeof Response.prototype.bytes !== "function") {
  Response.prototype.bytes = async function () {
    return new Uint8Array(await this.arrayBuffer());
  };
}
