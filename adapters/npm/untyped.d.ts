/** Packages that bring no types, as far as they are used. */
declare module "picomatch";
declare module "cli-progress" {
  export class SingleBar {
    setTotal(total: number): void;
    update(done: number, payload?: object): void;
  }
  export class MultiBar {
    constructor(options: object, preset: object);
    create(total: number, done: number, payload?: object): SingleBar;
    log(line: string): void;
    stop(): void;
  }
  export const Presets: { readonly rect: object };
}
