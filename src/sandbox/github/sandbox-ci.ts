/** A small CI, an App of its own: each new head of a pull request gets the check `ci/validate`, green when its YAML parses. */
import { setTimeout as pause } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { createCheckRun, updateCheckRun } from "./acts/check-runs.ts";
import { Fields } from "./fields.ts";
import type { World, WorldEvent } from "./world/world.ts";

export const CI_CHECK = "ci/validate";

export class SandboxCi {
  readonly #world: World;
  readonly #delayMs: number;
  readonly #closing = new AbortController();
  readonly #parses = new Map<string, boolean>();
  readonly #running = new Set<Promise<void>>();

  constructor(world: World, delayMs: number) {
    this.#world = world;
    this.#delayMs = delayMs;
    world.onEvent((event) => this.#onEvent(event));
  }

  /** When nothing is running any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #onEvent(event: WorldEvent): void {
    const head = this.#headOf(event);
    if (head === undefined) return;
    const run = this.#run(head).catch((cause: unknown) => {
      if (!this.#closing.signal.aborted) throw cause;
    });
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }

  /** Of a pull request with new commits, or of a group of the merge queue. */
  #headOf({ name, action, payload }: WorldEvent): string | undefined {
    if (name === "merge_group" && action === "checks_requested") {
      const { merge_group } = payload;
      return new Fields(merge_group).string("head_sha");
    }
    if (name !== "pull_request" || !["opened", "synchronize", "reopened"].includes(action ?? "")) return undefined;
    return this.#world.pulls.find((item) => item.number === payload.number)?.head;
  }

  async #run(head: string): Promise<void> {
    const world = this.#world;
    const started = await world.exclusively(() =>
      createCheckRun(world, world.ci, { name: CI_CHECK, head, status: "in_progress" }),
    );
    await pause(this.#delayMs, undefined, { signal: this.#closing.signal });
    const broken = await this.#brokenFiles(head);
    await world.exclusively(() =>
      updateCheckRun(world, world.ci, started, {
        conclusion: broken.length === 0 ? "success" : "failure",
        output: {
          title: broken.length === 0 ? "Every YAML file parses" : `${broken.length} broken`,
          summary: broken.map((path) => `- \`${path.replaceAll("`", "'")}\``).join("\n"),
          text: null,
        },
      }),
    );
  }

  /** Templates are YAML only once they are rendered. */
  async #brokenFiles(head: string): Promise<string[]> {
    const broken: string[] = [];
    for (const entry of await this.#world.git.readTree(head, { recursive: true })) {
      if (entry.type !== "blob" || !/\.ya?ml$/.test(entry.path) || /(^|\/)templates\//.test(entry.path)) continue;
      let parses = this.#parses.get(entry.oid);
      if (parses === undefined) {
        const text = (await this.#world.git.readBlob(entry.oid)).toString();
        parses = parseAllDocuments(text).every((document) => document.errors.length === 0);
        this.#parses.set(entry.oid, parses);
      }
      if (!parses) broken.push(entry.path);
    }
    return broken;
  }
}
