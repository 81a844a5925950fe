/** A program in the foreground: started, waited for until it is ready, ended with its parent. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export interface Child {
  close(): Promise<void>;
}

const readyWithinMs = 30_000;

/** Resolves when `readyUrl` answers 200; rejects with the program's output when it ends or takes too long. */
export async function startChild(command: string, args: readonly string[], readyUrl: string): Promise<Child> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const orphaned = () => child.kill("SIGKILL");
  process.once("exit", orphaned);
  const close = async () => {
    process.removeListener("exit", orphaned);
    child.kill("SIGTERM");
    await ended;
  };
  if (await becomesReady(child, readyUrl)) return { close };
  await close();
  throw new Error(`${command} didn't become ready:\n${output}`);
}

async function becomesReady(child: ChildProcess, url: string): Promise<boolean> {
  const giveUp = AbortSignal.timeout(readyWithinMs);
  while (!giveUp.aborted && child.exitCode === null) {
    const ready = await fetch(url, { signal: giveUp }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return true;
    await pause(100);
  }
  return false;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
