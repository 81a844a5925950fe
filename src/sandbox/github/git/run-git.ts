/** Runs git on one bare repository, without the user's or the system's configuration. */
import { spawn } from "node:child_process";
import { RemitError } from "../../../errors.ts";

export interface GitRun {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitRunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are answers, not failures. Only 0 unless told. */
  readonly codes?: readonly number[];
}

/** Environment of every git child: nothing inherited but the search path. */
export function gitEnvironment(gitDirectory: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: gitDirectory,
    LC_ALL: "C",
    TZ: "UTC",
    GIT_DIR: gitDirectory,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** Throws git-failed for an exit code that isn't expected. */
export function runGit(gitDirectory: string, args: readonly string[], options: GitRunOptions = {}): Promise<GitRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { env: { ...gitEnvironment(gitDirectory), ...options.env } });
    const stdout: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    // A child that exits before it read its input raises EPIPE here; its exit code tells what happened.
    child.stdin.on("error", () => undefined);
    child.on("error", (cause) => reject(new RemitError("git-failed", `git could not be started`, { cause })));
    child.on("close", (code) => {
      const run = { code: code ?? -1, stdout: Buffer.concat(stdout), stderr };
      if ((options.codes ?? [0]).includes(run.code)) resolve(run);
      else reject(new RemitError("git-failed", `git ${args[0]} failed (${run.code}): ${stderr.trim()}`));
    });
    child.stdin.end(options.input ?? "");
  });
}
