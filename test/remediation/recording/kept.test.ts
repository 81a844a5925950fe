/** What may happen to the ledger's branch, and to Remit while it writes there. */
import { describe, expect, it } from "vitest";
import { entryOf } from "../../../src/ledger/chain.ts";
import { type IncidentWorld, minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { people, play, shop } from "../../support/play.ts";
import { recordedKinds } from "../../support/read-ledger.ts";

const opened = incidentWorlds();

async function whole() {
  const made = await opened({ tier: "merge", ledger: true });
  await play(made);
  return { made, kinds: await recordedKinds(made) };
}

describe("the branch", () => {
  it("is put back where it was when somebody has deleted it", async () => {
    const { made, kinds: before } = await whole();
    await people(made, "alice").rest.git.deleteRef({ ...shop, ref: "heads/remit/ledger" });
    await made.store.outbox.add("acme/shop", [anEntry(made)]);
    expect(await recordedKinds(made)).toEqual([...before, "stopped result"]);
  });

  it("grows on top of what somebody else pushed there", async () => {
    const { made, kinds: before } = await whole();
    await made.github.commitAs("alice", {
      branch: "remit/ledger",
      message: "Tidy up",
      files: { "README.md": "hello\n" },
    });
    await made.store.outbox.add("acme/shop", [anEntry(made)]);
    made.clock.advance(6 * minute);
    await made.keepLedger();
    expect(await made.store.outbox.repositories()).toEqual([]);
    expect(before.length).toBeGreaterThan(3);
  });

  it("goes on from its last record after the store is lost", async () => {
    const { made, kinds: before } = await whole();
    await made.loseStore();
    await made.store.outbox.add("acme/shop", [anEntry(made)]);
    expect(await recordedKinds(made)).toEqual([...before, "stopped result"]);
  });

  it("takes a record once, though the answer that it was taken was lost", async () => {
    const { made, kinds: before } = await whole();
    const entry = anEntry(made);
    await made.store.outbox.add("acme/shop", [entry]);
    expect(await recordedKinds(made)).toEqual([...before, "stopped result"]);
    await made.store.outbox.add("acme/shop", [entry]);
    await made.store.settings.set("ledger:acme/shop", "");
    expect(await recordedKinds(made)).toEqual([...before, "stopped result"]);
  });
});

function anEntry(made: IncidentWorld) {
  const time = new Date(made.clock.now()).toISOString();
  return entryOf({
    kind: "stopped",
    phase: "result",
    time,
    software: "1.0.0",
    actor: { kind: "person", login: "bob" },
  });
}
