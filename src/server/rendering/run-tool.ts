/** Runs a renderer: no shell, no environment of ours, bounded output and time. */
import { spawn } from "node:child_process";

export interface ToolRun {
  /** Absolute path. */
  readonly program: string;
  /** What comes from a repository is never an argument of its own that could be read as an option. */
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface ToolOutput {
  /** undefined: it was ended. */
  readonly code: number | undefined;
  readonly ended?: "time" | "size";
  readonly stdout: string;
  /** The beginning of what it complained of. */
  readonly stderr: string;
}

/** Rejects only where the program can't be started. Whatever it started is ended with it. */
export function runTool(run: ToolRun): Promise<ToolOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(run.program, run.args, {
      cwd: run.directory,
      env: run.environment,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that all of it can be ended.
      detached: true,
    });
    let ended: ToolOutput["ended"];
    const end = (why: NonNullable<ToolOutput["ended"]>): void => {
      ended ??= why;
      if (child.pid !== undefined) endGroup(child.pid);
      // Whoever still holds them isn't waited for.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => end("time"), run.timeoutMs);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > run.maxBytes) end("size");
      else chunks.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (complaint.length < 2000) complaint += chunk.toString("utf8");
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      const stdout = ended === undefined ? Buffer.concat(chunks).toString("utf8") : "";
      resolve({
        code: ended === undefined ? (code ?? -1) : undefined,
        ...(ended && { ended }),
        stdout,
        stderr: complaint,
      });
    });
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
