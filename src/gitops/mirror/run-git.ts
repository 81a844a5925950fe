/** One short-lived git child: fixed arguments, no shell, bounded output. */
import { spawn } from "node:child_process";
import { RemitError } from "../../errors.ts";

export interface GitRun {
  readonly environment: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** Exit codes that are answers and not failures, besides 0. */
  readonly answers?: readonly number[];
  /** More output than this ends the child. Bytes. */
  readonly maxBytes?: number;
  /** What the child reads; nothing otherwise. */
  readonly input?: Uint8Array;
}

export interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

const defaultMaxBytes = 512 * 1024 * 1024;

/** Throws RemitError git-failed, with the command's name and what git said. */
export function runGit(args: readonly string[], run: GitRun): Promise<GitOutput> {
  const command = args[0] ?? "git";
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {
      env: run.environment,
      ...(run.directory === undefined ? {} : { cwd: run.directory }),
      stdio: ["pipe", "pipe", "pipe"],
    });
    // A child that ends without reading it all says why on its own; the broken pipe adds nothing.
    child.stdin.on("error", () => {});
    child.stdin.end(run.input);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let complaint = "";
    let tooLarge = false;
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > (run.maxBytes ?? defaultMaxBytes)) {
        tooLarge = true;
        child.kill("SIGKILL");
      } else chunks.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (complaint.length < 2000) complaint += chunk.toString("utf8");
    });
    child.on("error", (cause) =>
      reject(new RemitError("git-failed", `git ${command} could not be started`, { cause })),
    );
    child.on("close", (exitCode, signal) => {
      if (tooLarge) reject(new RemitError("git-failed", `git ${command} wrote more than it may`));
      else if (exitCode === 0 || (exitCode !== null && run.answers?.includes(exitCode)))
        resolve({ exitCode, stdout: Buffer.concat(chunks) });
      else
        reject(
          new RemitError("git-failed", `git ${command} ended with ${exitCode ?? signal}: ${firstLine(complaint)}`),
        );
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]?.slice(0, 300) ?? "";
}
