import type { ZenodoPublication } from "../published.ts";

/** EMO-DB on Zenodo (F. Burkhardt et al., version 1.3.0, https://zenodo.org/records/7447302), in audformat. */
export const EMO_DB_PUBLICATION: ZenodoPublication = {
  kind: "zenodo",
  record: "7447302",
  holds: () => ({ carries: ["audio"] }),
};
