/** What a sender is told when the store fails: never that something is stored which isn't. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite-store.ts";
import { alertFixture, alertmanagerFixture } from "../../signals/alertmanager-payload.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { bearer, runIntake } from "./running-intake.ts";

const path = "/hooks/alertmanager/prom";
const notStored = { error: { code: "not-stored", message: "it could not be stored, try again" } };

function alert(fingerprint: string): string {
  return JSON.stringify(
    alertmanagerFixture([alertFixture({ fingerprint, annotations: { text: "x".repeat(20_000) } })]),
  );
}

/** Sends alerts until one isn't taken; the ids of those that were. */
async function fill(post: (body: string) => Promise<{ status: number; body: unknown; headers: Headers }>) {
  const acknowledged: string[] = [];
  for (let number = 0; ; number += 1) {
    const answer = await post(alert(String(number)));
    if (answer.status !== 202) return { acknowledged, refused: answer };
    acknowledged.push((answer.body as { id: string }).id);
  }
}

it("a file that may not grow: 503 with Retry-After, a log line that says what to do, and everything acknowledged is there", async () => {
  const directory = temporaryDirectory();
  const program = fileURLToPath(new URL("intake-child.ts", import.meta.url));
  // As `disk full` reaches a process: the write fails. 512 bytes a block in sh, 1,024 in bash: either way it ends soon.
  const script = 'ulimit -f 2000; trap "" XFSZ; exec "$@"';
  const child = spawn("sh", ["-c", script, "sh", process.execPath, program, directory], { stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const [url] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const { acknowledged, refused } = await fill(async (body) => {
    const response = await fetch(url.trim() + path, { method: "POST", body, headers: bearer });
    return { status: response.status, body: await response.json(), headers: response.headers };
  });
  expect(refused).toMatchObject({ status: 503, body: notStored });
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(acknowledged.length).toBeGreaterThan(5);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(log).toMatch(/store-failed.*remit\.sqlite.*make room/);
  const store = await openSqliteStore({ directory });
  for (const id of acknowledged) expect(await store.inbox.get(id)).toBeDefined();
  await store.close();
});

const mount = tmpfs();

it.skipIf(mount === undefined)(
  `a full disk: 503, and it goes on by itself once there is room${mount === undefined ? " (needs root, to mount a small one)" : ""}`,
  async () => {
    const directory = mount?.(temporaryDirectory()) ?? "";
    writeFileSync(join(directory, "ballast"), Buffer.alloc(1_000_000));
    const intake = await runIntake({}, 30_000, join(directory, "data"));
    const post = (body: string) => intake.post(path, body);
    const { acknowledged, refused } = await fill(post);
    expect(refused).toMatchObject({ status: 503, body: notStored });
    expect((await post(alert("still full"))).status).toBe(503);
    rmSync(join(directory, "ballast"));
    expect((await post(alert("room again"))).status).toBe(202);
    for (const id of acknowledged) expect(await intake.store.inbox.get(id)).toBeDefined();
    expect((await intake.store.inbox.counts()).pending).toBe(acknowledged.length + 1);
  },
);

it("a file that somebody else holds: 503, and it goes on by itself once it is let go", async () => {
  const directory = temporaryDirectory();
  const logged: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (...line: unknown[]) => void logged.push(line) };
  const intake = await runIntake({ log }, 30_000, directory);
  const other = new DatabaseSync(join(directory, "remit.sqlite"));
  other.exec("BEGIN IMMEDIATE");
  expect(await intake.post(path, alert("1"))).toMatchObject({ status: 503, body: notStored });
  expect(logged).toMatchObject([
    [
      { error: { code: "store-failed", message: expect.stringMatching(/locked.*one `remit serve`/) } },
      expect.any(String),
    ],
  ]);
  other.exec("ROLLBACK");
  other.close();
  expect((await intake.post(path, alert("1"))).status).toBe(202);
});

/** Mounts a file system of 3 MB on a directory; undefined where this isn't allowed. */
function tmpfs(): ((parent: string) => string) | undefined {
  const place = join("/tmp", `remit-test-mount-${process.pid}`);
  mkdirSync(place, { recursive: true });
  const tried = spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", place]);
  if (tried.status === 0) execFileSync("umount", [place]);
  rmSync(place, { recursive: true });
  if (tried.status !== 0) return undefined;
  return (parent) => {
    const directory = join(parent, "small");
    mkdirSync(directory);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", directory]);
    onTestFinished(() => void execFileSync("umount", ["--lazy", directory]));
    return directory;
  };
}
