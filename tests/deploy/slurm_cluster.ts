import assert from "node:assert/strict";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { isThere } from "../../src/runtime/files/is_there.ts";

/** Lines of a `slurm.conf` that do not depend on where it is. */
const SETTINGS = `
ClusterName=emofuse
AuthType=auth/munge
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,bf_interval=1,sched_min_interval=0
SlurmdTimeout=5
ReturnToService=2
KillWait=5
MinJobAge=3600
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
PartitionName=urgent Nodes=ALL PriorityTier=10 MaxTime=INFINITE State=UP
`;

/** How long what is waited for may take, in ms: as good as for ever, if only it comes. */
const PATIENCE_MS = 20 * 60_000;

/** A Slurm cluster of several nodes on this machine, in a folder of its own. */
export class SlurmCluster {
  /** Its folder. */
  readonly dir: string;
  /** What its commands need in the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly #daemons: Deno.ChildProcess[] = [];

  private constructor(dir: string) {
    this.dir = dir;
    this.env = { SLURM_CONF: join(dir, "slurm.conf") };
  }

  /**
   * Starts one, of nodes with one processor each.
   *
   * @param dir A new folder with a short path, as those of sockets have to be.
   * @param nodes Their names.
   */
  static async start(dir: string, nodes: readonly string[]): Promise<SlurmCluster> {
    const cluster = new SlurmCluster(dir);
    const munge = join(dir, "munge");
    await Deno.mkdir(munge, { mode: 0o700 });
    await Deno.mkdir(join(dir, "state"));
    await Deno.mkdir(join(dir, "logs"));
    await Deno.writeFile(join(munge, "key"), crypto.getRandomValues(new Uint8Array(128)), {
      mode: 0o400,
    });
    const [port, ...ports] = await freePorts(nodes.length + 1);
    const host = hostname();
    const lines = [
      SETTINGS.trim(),
      // An own secret lets a task that was taken from a lost node start again after five seconds, not two minutes.
      `AuthInfo=socket=${munge}/socket,cred_expire=5`,
      `SlurmctldHost=${host}(127.0.0.1)`,
      `SlurmctldPort=${port}`,
      `SlurmUser=${Deno.uid()}`,
      `SlurmdUser=${Deno.uid()}`,
      `StateSaveLocation=${dir}/state`,
      `SlurmdSpoolDir=${dir}/spool.%n`,
      `SlurmctldPidFile=${dir}/slurmctld.pid`,
      `SlurmdPidFile=${dir}/slurmd.%n.pid`,
      `SlurmctldLogFile=${dir}/logs/slurmctld`,
      `SlurmdLogFile=${dir}/logs/slurmd.%n`,
      ...nodes.map((name, i) =>
        `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${
          ports[i]
        } CPUs=1 RealMemory=64000`
      ),
    ];
    await Deno.writeTextFile(cluster.env.SLURM_CONF, `${lines.join("\n")}\n`);
    try {
      cluster.#spawn("munged", [
        ...["--foreground", "--force", `--key-file=${munge}/key`, `--socket=${munge}/socket`],
        ...[`--pid-file=${munge}/pid`, `--log-file=${munge}/log`, `--seed-file=${munge}/seed`],
      ]);
      await until("munged listens", () => isThere(join(munge, "socket")));
      cluster.#spawn("slurmctld", ["-D"]);
      for (const name of nodes) cluster.startNode(name);
      await until(
        "all nodes are idle",
        async () =>
          (await cluster.ask("sinfo", "--noheader", "--format", "%D %t")).trim() ===
            `${nodes.length} idle`,
      );
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** The line that is in the environment of all that it has started. */
  get #conf(): string {
    return `SLURM_CONF=${this.env.SLURM_CONF}`;
  }

  /** Starts a node, or starts it again. */
  startNode(name: string): void {
    this.#spawn("slurmd", ["-D", "-N", name]);
  }

  /** Ends a node as a power cut does: its `slurmd` and all that it has started are killed at once. */
  loseNode(name: string): void {
    // What watches over a task has overwritten its environment with its title.
    const own = pidsOf('find /proc/[0-9]*/fd -lname "$1"', `${this.dir}/logs/slurmd.${name}`);
    assert(own.size > 0, `${name} had no processes`);
    // It must not live to tell how the task ended.
    signal("SIGSTOP", own);
    signal("SIGKILL", startedWith(this.#conf).intersection(startedWith(`SLURMD_NODENAME=${name}`)));
    signal("SIGKILL", own);
  }

  /** Whether nothing runs, and nothing waits to. */
  async isIdle(): Promise<boolean> {
    return (await this.ask("squeue", "--noheader")).trim() === "";
  }

  /** What one of Slurm's commands prints. */
  async ask(program: string, ...args: string[]): Promise<string> {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args,
      env: this.env,
      stdin: "null",
    }).output();
    const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    // While the controller starts, it cannot be asked.
    return success ? out : said;
  }

  /** Ends all that is left of it. */
  async stop(): Promise<void> {
    for (const daemon of this.#daemons.toReversed()) {
      try {
        daemon.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    await Promise.all(this.#daemons.map(({ status }) => status));
    signal("SIGKILL", startedWith(this.#conf));
  }

  #spawn(program: string, args: readonly string[]): void {
    this.#daemons.push(
      new Deno.Command(program, {
        args: [...args],
        env: this.env,
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn(),
    );
  }
}

/** Waits until something is so. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!await isSo()) {
    assert(Date.now() < end, `it is not so in time that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Every process that was started with a line in its environment. */
function startedWith(line: string): Set<number> {
  return pidsOf('grep -lzxF -e "$1" /proc/[0-9]*/environ', line);
}

/** The processes whose files in /proc a line of shell prints; Deno itself may not look there. */
function pidsOf(shell: string, argument: string): Set<number> {
  // What has ended meanwhile is no concern.
  const args = ["-c", `${shell} 2>/dev/null`, "sh", argument];
  const { stdout } = new Deno.Command("sh", { args, stdin: "null" }).outputSync();
  const pids = new TextDecoder().decode(stdout).matchAll(/^\/proc\/(\d+)\//gm);
  return new Set(Array.from(pids, ([, pid]) => Number(pid)));
}

/** Sends a signal to processes, of which some may have ended. */
function signal(name: Deno.Signal, pids: Iterable<number>): void {
  for (const pid of pids) {
    try {
      Deno.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** So many ports of this machine that nobody listens on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map((server) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        resolve((server.address() as { port: number }).port);
      });
    })
  ));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
