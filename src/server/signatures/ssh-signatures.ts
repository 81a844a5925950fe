/** Who signed a text, as `ssh-keygen -Y` tells it: the only place that runs it. */
import { spawn } from "node:child_process";
import { access, constants, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RemitError } from "../../errors.ts";
import type { PolicySignatures } from "../../remediation/signed-policy.ts";

export interface SshSignaturesOptions {
  /** `owner/name`: a signature for one repository is none for another. */
  readonly repository: string;
  /** OpenSSH's allowed signers. From the deployment, never from the repository. */
  readonly allowedSigners: string;
  readonly threshold: number;
  /** `ssh-keygen` unless said otherwise. */
  readonly program?: string;
}

const timeoutMs = 10_000;

/** What is signed for one purpose counts for no other. GitHub's names don't differ by case. */
export function signatureNamespace(repository: string): string {
  return `remit:${repository.toLowerCase()}`;
}

export function sshSignatures(options: SshSignaturesOptions): PolicySignatures {
  return {
    threshold: options.threshold,
    async signers(text, signatures) {
      await requireReadable(options.allowedSigners);
      const found = new Set<string>();
      const directory = await mkdtemp(join(tmpdir(), "remit-signature-"));
      try {
        const file = join(directory, "signature");
        for (const signature of signatures) {
          await writeFile(file, signature);
          const signer = await signerOf(options, file, text);
          if (signer !== undefined) found.add(signer);
        }
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
      return [...found].toSorted();
    },
  };
}

/** Throws RemitError signatures-unavailable where there is none. */
export async function requireSshKeygen(program = "ssh-keygen"): Promise<void> {
  await run(program, ["-Y", "check-novalidate"], "");
}

/** One signature is one signer's, whoever else the list has for the same key. */
async function signerOf(options: SshSignaturesOptions, file: string, text: string): Promise<string | undefined> {
  const { program = "ssh-keygen", allowedSigners, repository } = options;
  const common = ["-s", file, "-f", allowedSigners];
  const found = await run(program, ["-Y", "find-principals", ...common], "");
  const [principal] = found.output.split("\n").filter((line) => line !== "");
  if (found.code !== 0 || principal === undefined) return undefined;
  const namespace = signatureNamespace(repository);
  const { code } = await run(program, ["-Y", "verify", ...common, "-I", principal, "-n", namespace], text);
  return code === 0 ? principal : undefined;
}

/** Throws RemitError signatures-unavailable where it can't be run. */
function run(
  program: string,
  args: readonly string[],
  input: string,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], timeout: timeoutMs });
    let output = "";
    // A child that refuses its arguments doesn't read; its exit code says so.
    child.stdin.on("error", () => {});
    child.stdin.end(input, "utf8");
    child.stdout.on("data", (chunk: Buffer) => {
      if (output.length < 10_000) output += chunk.toString("utf8");
    });
    child.on("error", (cause) => reject(unavailable(program, cause)));
    child.on("close", (code) => (code === null ? reject(unavailable(program)) : resolve({ code, output })));
  });
}

async function requireReadable(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch (cause) {
    const message = `the policy's signatures can't be verified: the allowed signers ${file} can't be read`;
    throw new RemitError("signatures-unavailable", message, { cause });
  }
}

function unavailable(program: string, cause?: unknown): RemitError {
  const message = `the policy's signatures can't be verified: ${program} can't be run; install OpenSSH's client (8.9 or later)`;
  return new RemitError("signatures-unavailable", message, { cause });
}
