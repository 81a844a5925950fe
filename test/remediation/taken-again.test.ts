import { expect, it, vi } from "vitest";
import { incidentWorlds } from "../support/incident-worlds.ts";

const opened = incidentWorlds();

it("what is known of an incident's issue is forgotten where somebody broke off before: they may have written it", async () => {
  const world = await opened({ tier: "propose" });
  const forgotten = vi.spyOn(world.forge, "forgetIssue");
  await world.release();
  await world.receive([world.firing()]);
  const [record] = await world.store.incidents.open();
  const id = record?.incident.id ?? "";
  const lease = (await world.store.queue.take(world.clock.now(), 60_000)) ?? expect.fail("nothing is queued");
  await world.reconcile({ lease, again: false, renew: async () => {} });
  expect(forgotten).not.toHaveBeenCalled();
  await world.reconcile({ lease, again: true, renew: async () => {} });
  expect(forgotten.mock.calls).toEqual([[id]]);
});
