import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type IncidentWorld, incidentWorld } from "../support/incident-world.ts";
import { left, play } from "../support/play.ts";

async function inWorld<T>(act: (world: IncidentWorld) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "remit-crash-"));
  const world = await incidentWorld({ directory });
  try {
    return await act(world);
  } finally {
    await world.close();
    await rm(directory, { recursive: true, force: true });
  }
}

describe("a crash", () => {
  it("between any two effects of a rollback ends in the same repository, issue and pull request", async () => {
    const undisturbed = await inWorld(async (world) => {
      await play(world);
      return { places: world.effects, left: await left(world) };
    });
    expect(undisturbed.places).toBeGreaterThan(15);
    for (let place = 1; place <= undisturbed.places; place++) {
      const crashed = await inWorld(async (world) => {
        world.crashAt(place);
        await play(world);
        return left(world);
      });
      expect(crashed, `crash at place ${place}`).toEqual(undisturbed.left);
    }
  }, 600_000);
});
