/** What people ask for outside of an incident's issue stands in the ledger, with who asked. */
import { describe, expect, it } from "vitest";
import { type IncidentWorld, minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { people, play, shop } from "../../support/play.ts";
import { recorded } from "../../support/read-ledger.ts";
import { say } from "../../support/say.ts";

const opened = incidentWorlds();

/** Who asked for what, in the ledger's order. */
async function told(made: IncidentWorld): Promise<readonly string[]> {
  const records = await recorded(made);
  return records
    .filter(({ kind }) => kind === "commanded" || kind === "stopped")
    .map(({ kind, actor, result, incident }) =>
      [kind, result?.command, actor.login, incident?.service].filter((part) => part !== undefined).join(" "),
    );
}

async function issueOf(made: IncidentWorld): Promise<number> {
  return (await people(made, "carol").rest.issues.create({ ...shop, title: "It is slow" })).data.number;
}

describe("in another conversation", { timeout: 120_000 }, () => {
  it("a stop and its end: that it was asked for, and that it was done; what somebody may not is no record", async () => {
    const made = await opened({ tier: "propose", ledger: true });
    const on = await issueOf(made);
    await say(made, "carol", "/remit stop", on);
    await say(made, "alice", "/remit stop", on);
    made.clock.advance(minute);
    await say(made, "alice", "/remit stop", on);
    await say(made, "alice", "/remit start", on);
    const expected = ["commanded stop alice", "stopped stop alice", "commanded start alice", "stopped start alice"];
    expect(await told(made)).toEqual(expected);
  });

  it("a stop that somebody lifts on GitHub itself ends in the ledger before the next merge is announced", async () => {
    const made = await opened({ tier: "merge", ledger: true });
    await say(made, "alice", "/remit stop", await issueOf(made));
    const alice = people(made, "alice").rest;
    const { data: stops } = await alice.issues.listForRepo({ ...shop, labels: "remit:stop" });
    for (const { number } of stops) await alice.issues.update({ ...shop, issue_number: number, state: "closed" });
    await play(made);
    const records = await recorded(made);
    const at = records.findIndex(({ kind, phase }) => kind === "merged" && phase === "intent");
    expect(records[at - 1]).toMatchObject({ kind: "stopped", actor: { kind: "person" }, result: { command: "start" } });
    expect(records.filter(({ kind }) => kind === "stopped")).toHaveLength(2);
  });

  it("a change, with the incident that is opened for it, before anything is decided there", async () => {
    const made = await opened({ tier: "propose", ledger: true });
    made.clock.advance(10 * minute);
    await made.release();
    await made.endLeases();
    await say(made, "bob", "/remit rollback checkout --environment production", await issueOf(made));
    await made.reconcile();
    const [first, ...others] = await recorded(made);
    expect(first).toMatchObject({
      kind: "commanded",
      actor: { kind: "person", login: "bob" },
      incident: { service: "checkout", environment: "production" },
      result: { command: "rollback" },
    });
    expect(others.find(({ kind }) => kind === "proposed")?.incident).toEqual(first?.incident);
  });
});

it("what is ticked on the dashboard: holds with their incident, and the switch", { timeout: 120_000 }, async () => {
  const made = await opened({ tier: "propose", ledger: true, dashboard: true });
  await play(made, { looks: 2 });
  await made.keepDashboard();
  const alice = people(made, "alice").rest;
  const tick = async (text: string) => {
    const { data } = await alice.issues.listForRepo({ ...shop, labels: "remit:dashboard" });
    const [issue] = data;
    const lines = (issue?.body ?? "").split("\n");
    const turned = lines.map((line) =>
      line.includes(text) ? line.replace(/^- \[(.)\]/, (_, box) => (box === " " ? "- [x]" : "- [ ]")) : line,
    );
    made.clock.advance(minute);
    await alice.issues.update({ ...shop, issue_number: issue?.number ?? 0, body: turned.join("\n") });
    await made.receive([{ ...made.event("issues", "edited"), sender: "alice", switches: "dashboard" }]);
    await made.keepDashboard();
  };
  const [record] = await made.store.incidents.open();
  await tick(`hold`);
  await tick(`hold`);
  await tick("stop");
  await tick("stop");
  expect(record?.incident.target.service).toBe("checkout");
  expect(await told(made)).toEqual([
    "commanded hold alice checkout",
    "commanded resume alice checkout",
    "commanded stop alice",
    "stopped stop alice",
    "commanded start alice",
    "stopped start alice",
  ]);
});
