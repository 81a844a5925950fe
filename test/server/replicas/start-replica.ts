/** Starts a replica as a process of its own, and reads what it notes. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Event } from "./history.ts";

export interface Replica {
  readonly name: string;
  /** Of its webhook. */
  readonly url: string;
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
}

export interface ReplicaOptions {
  readonly name: string;
  readonly databaseUrl: string;
  readonly worldUrl: string;
  readonly leaseMs: number;
  readonly onEvent: (event: Event) => void;
}

const program = fileURLToPath(new URL("replica.ts", import.meta.url));

export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { name, databaseUrl, worldUrl, leaseMs, onEvent } = options;
  const child: ChildProcess = spawn(process.execPath, [program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      REPLICA: name,
      REPLICA_DATABASE: databaseUrl,
      REPLICA_WORLD: worldUrl,
      REPLICA_LEASE_MS: String(leaseMs),
    },
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
  const url = await new Promise<string>((resolve, reject) => {
    let rest = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const event: Event | { readonly type: "listening"; readonly url: string } = JSON.parse(line);
        if (event.type === "listening") resolve(event.url);
        else onEvent(event);
      }
    });
    child.once("exit", (code) => reject(new Error(`replica ${name} ended with ${code}`)));
  });
  return { name, url: `${url}/hooks/alertmanager/prom`, signal: (signal) => void child.kill(signal) };
}
