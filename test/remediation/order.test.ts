import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/signals/signal.ts";
import { type IncidentWorld, incidentWorld, minute } from "../support/incident-world.ts";
import { left } from "../support/play.ts";

/** What the generator decides at each look: which of the signals known so far come (again), in which order, and how often it reconciles. */
interface Look {
  readonly order: readonly number[];
  readonly reconciles: number;
}

const looks = fc.array(
  fc.record({
    order: fc.array(fc.nat({ max: 20 }), { maxLength: 8 }),
    reconciles: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 4, maxLength: 8 },
);

async function shuffled(world: IncidentWorld, plan: readonly Look[]): Promise<void> {
  const bad = await world.release();
  world.clock.advance(5 * minute);
  const known: Signal[] = [
    world.firing(),
    world.applied(bad, { health: "degraded" }),
    world.event("push"),
    world.event("check_suite", "completed"),
    world.event("pull_request", "opened"),
  ];
  const told = new Set([bad]);
  // After the generated looks everything arrives once, as the level-triggered loop may rely on.
  const calm: Look = { order: [], reconciles: 1 };
  for (const [index, look] of [...plan, ...Array.from({ length: 10 }, () => calm)].entries()) {
    const chosen = look.order.map((pick) => known[pick % known.length]).filter((signal) => signal !== undefined);
    await world.receive(index < plan.length ? chosen : known);
    for (let count = 0; count < look.reconciles; count++) await world.reconcile();
    world.clock.advance(minute);
    const head = await world.mainHead();
    if (told.has(head)) continue;
    told.add(head);
    known.push(world.applied(head), world.resolved());
  }
}

describe("deliveries", () => {
  it("in any order and any number lead to the same repository, issue and pull request", async () => {
    await fc.assert(
      fc.asyncProperty(looks, async (plan) => {
        const directory = await mkdtemp(join(tmpdir(), "remit-order-"));
        const world = await incidentWorld({ directory });
        try {
          await shuffled(world, plan);
          expect(await left(world)).toEqual({
            pulls: [{ title: expect.stringContaining("v1.4.2"), state: "closed", merged: true }],
            issues: [{ title: expect.stringContaining("checkout"), state: "closed" }],
            comments: [1],
            gates: [1],
            ours: 1,
            deployed: expect.stringContaining("v1.4.2"),
          });
        } finally {
          await world.close();
          await rm(directory, { recursive: true, force: true });
        }
      }),
      { numRuns: 8 },
    );
  }, 300_000);
});
