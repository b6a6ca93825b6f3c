import assert from "node:assert/strict";
import { join } from "node:path";
import { load } from "js-yaml";
import { testWith } from "../needs.ts";
import { ROOT } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { validate } from "./kubernetes_validate.ts";

const FOLDER = join(ROOT, "deploy/kubernetes");

/** The manifests of a folder, but for what kustomize alone reads. */
async function manifestsIn(folder: string): Promise<string[]> {
  const kustomization = await Deno.readTextFile(join(FOLDER, folder, "kustomization.yaml"));
  const { resources } = load(kustomization) as { resources: string[] };
  const found = await Array.fromAsync(Deno.readDir(join(FOLDER, folder)));
  const files = found.map(({ name }) => name)
    .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml");
  assert.deepEqual(resources.toSorted(), files.sort(), "kustomize knows all of them");
  return files.map((file) => join(FOLDER, folder, file));
}

/** As much of a manifest as is looked at. */
interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly completions?: number;
    readonly parallelism?: number;
    readonly template?: { readonly spec: PodSpec };
  };
}

interface PodSpec {
  readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number };
  readonly containers: readonly {
    readonly image: string;
    readonly args: readonly string[];
    readonly securityContext: {
      readonly readOnlyRootFilesystem: boolean;
      readonly allowPrivilegeEscalation: boolean;
      readonly capabilities: { readonly drop: readonly string[] };
    };
  }[];
}

await testWith(["kubernetes-validate"], "manifests are as Kubernetes wants them", async () => {
  for (const folder of ["endpoint", "plan"]) {
    for (const file of await manifestsIn(folder)) assert.equal(await validate(file), "", file);
  }
  await withFolder(async (dir) => {
    const wrong = join(dir, "wrong.yaml");
    const right = await Deno.readTextFile(join(FOLDER, "plan/extract.yaml"));
    await Deno.writeTextFile(wrong, right.replace("completions:", "completion:"));
    assert.match(await validate(wrong), /completion/, "a field that there is not is found");
  });
});

Deno.test("no pod may write to its root, gain a privilege or be root, and each starts a command that there is", async () => {
  const files = [...await manifestsIn("endpoint"), ...await manifestsIn("plan")];
  const manifests = await Promise.all(
    files.map(async (file) => load(await Deno.readTextFile(file)) as Manifest),
  );
  const pods = manifests.flatMap(({ spec: { template } }) => template ? [template.spec] : []);
  assert.equal(pods.length, 4);
  const { permissions } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  for (const { securityContext, containers } of pods) {
    assert.equal(securityContext.runAsNonRoot, true);
    assert(securityContext.runAsUser > 0);
    for (const { image, args, securityContext } of containers) {
      assert.equal(image, "emofuse");
      assert.equal(securityContext.readOnlyRootFilesystem, true);
      assert.equal(securityContext.allowPrivilegeEscalation, false);
      assert.deepEqual(securityContext.capabilities.drop, ["ALL"]);
      assert(Object.hasOwn(permissions, args[0].replace("-P=", "")), args[0]);
      assert((await Deno.stat(join(ROOT, args[1]))).isFile);
    }
  }
});

await testWith(
  ["deno"],
  "run.sh has a plan done Job by Job, as large as it is, and tells what is missing",
  async () => {
    await withFolder(async (dir) => {
      // Stands for a cluster in which folds fail: what it was told is written down.
      const run = await runner(
        dir,
        `case "$1" in
  apply) if [ "$3" = - ]; then cat >${dir}/$(ls ${dir}/*.yaml 2>/dev/null | wc -l).yaml; fi ;;
  get) case "$3" in emofuse-extract) echo "SuccessCriteriaMet Complete ;;;160;" ;; *) echo "Failed ;;;;3" ;; esac ;;
  logs) echo "not done yet: folds 3" ;;
esac
`,
      );
      const { code, out, said } = await run("registry.example/emofuse:1", "160", "24");
      assert.equal(code, 1);
      assert.equal(said, "some steps failed\n");
      assert.match(out, /^not done yet: folds 3$/m);
      const applied = await Promise.all(
        [0, 1, 2].map(async (i) =>
          load(await Deno.readTextFile(join(dir, `${i}.yaml`))) as Manifest
        ),
      );
      assert.deepEqual(
        applied.map(({ spec: { completions, parallelism } }) => [completions, parallelism]),
        [[160, 100], [24, 24], [undefined, undefined]],
      );
      for (const { spec: { template } } of applied) {
        assert.equal(template!.spec.containers[0].image, "registry.example/emofuse:1");
      }
      const wrong = await run("emofuse", "16", "x");
      assert.deepEqual([wrong.code, wrong.out], [2, ""]);
      assert.match(wrong.said, /^error: x shards.*allowed: a whole number from 1\n$/);
    });
  },
);

await testWith(
  ["deno"],
  "run.sh tells how many pods wait and failed, and ends where a Job cannot be made or seen",
  async () => {
    await withFolder(async (dir) => {
      // Pods that wait, the same again, then some that run and failed; a get that fails in between is nothing.
      const states = [";16;;;", ";16;;;", "", ";12;10;3;1", "Complete ;;;16;1"];
      await Deno.writeTextFile(join(dir, "states"), `${states.join("\n")}\n`);
      const waits = await runner(
        dir,
        `[ "$1" != get ] && exit
state=$(head -n 1 ${dir}/states)
if [ "$(wc -l <${dir}/states)" -gt 1 ]; then sed -i 1d ${dir}/states; fi
[ -n "$state" ] && echo "$state"
`,
      );
      assert.deepEqual(await waits("emofuse", "16", "24"), {
        code: 0,
        out: "",
        said: "extract: 0 of 16 done, 0 running, 16 pending, 0 failed\n" +
          "extract: 3 of 16 done, 10 running, 2 pending, 1 failed\n",
      });

      const forbidden = await runner(
        dir,
        `case "$*" in "apply -f -") echo forbidden >&2; exit 1 ;; get*) echo ";;;;" ;; esac\n`,
      );
      const { code, said } = await forbidden("emofuse", "16", "24");
      assert.equal(code, 1);
      assert.match(said, /^forbidden\nerror: the Job emofuse-extract cannot be made; .*\n$/);

      const gone = await runner(dir, `case "$1" in get) echo gone >&2; exit 1 ;; esac\n`);
      const end = await gone("emofuse", "16", "24");
      assert.equal(end.code, 1);
      assert.match(
        end.said,
        /^(gone\n){24}error: the Job emofuse-extract was not to be seen 24 times/,
      );
    });
  },
);

/** Calls run.sh with a script of shell in place of `kubectl`, and no time between two looks. */
async function runner(dir: string, script: string) {
  const kubectl = join(dir, "kubectl");
  await Deno.writeTextFile(kubectl, script);
  await Deno.writeTextFile(join(dir, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
  return async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: [join(FOLDER, "plan/run.sh"), ...args],
      env: { KUBECTL: `sh ${kubectl}`, PATH: `${dir}:${Deno.env.get("PATH")}` },
      stdin: "null",
    }).output();
    const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, out, said };
  };
}
