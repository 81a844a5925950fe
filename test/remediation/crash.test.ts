import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type IncidentWorld, incidentWorld } from "../support/incident-world.ts";
import { left, play } from "../support/play.ts";
import { recordedKinds } from "../support/read-ledger.ts";

async function inWorld<T>(act: (world: IncidentWorld) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "remit-crash-"));
  const world = await incidentWorld({ directory, ledger: true });
  try {
    return await act(world);
  } finally {
    await world.close();
    await rm(directory, { recursive: true, force: true });
  }
}

describe("a crash", () => {
  it("between any two effects of a rollback ends in the same repository, issue, pull request and ledger", async () => {
    const undisturbed = await inWorld(async (world) => {
      await play(world);
      const kinds = await recordedKinds(world);
      return { places: world.effects, left: await left(world), kinds };
    });
    expect(undisturbed.places).toBeGreaterThan(15);
    for (let place = 1; place <= undisturbed.places; place++) {
      const crashed = await inWorld(async (world) => {
        world.crashAt(place);
        await play(world);
        const kinds = await recordedKinds(world);
        return { left: await left(world), kinds };
      });
      expect(crashed.left, `crash at place ${place}`).toEqual(undisturbed.left);
      // What is judged again after a crash may be announced again.
      const distinct = crashed.kinds.filter((kind, index, all) => kind !== all[index - 1]);
      expect(distinct, `crash at place ${place}`).toEqual(undisturbed.kinds);
    }
  }, 600_000);
});
