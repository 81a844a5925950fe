import { describe, expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { people, play, shop } from "../support/play.ts";

const runbook = `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: errors}
spec:
  on: {alerts: ["*"]}
  steps: [{action: rollback}]
  escalate: {to: [bob], again: {after: 10m, times: 2, to: [bob, acme/leads]}}
`;

describe("a call that nobody answers on GitHub", { timeout: 120_000 }, () => {
  const world = incidentWorlds();

  async function waiting(): Promise<IncidentWorld> {
    const files = { ".github/remit/runbooks/errors.yaml": runbook };
    const settings = { reviewWithinMs: 5 * minute };
    const made = await world({ tier: "propose", files, settings });
    await play(made, { looks: 12 });
    return made;
  }

  async function calls(made: IncidentWorld): Promise<string[]> {
    const { rest } = people(made, "alice");
    const { data: issues } = await rest.issues.listForRepo({ ...shop, state: "all" });
    const issue_number = issues.find(({ pull_request }) => pull_request === undefined)?.number ?? 0;
    const { data } = await rest.issues.listComments({ ...shop, issue_number });
    return data.flatMap(({ body }) => body?.match(/\*\*Called\.\*\* (.*)/)?.[1] ?? []);
  }

  async function pass(made: IncidentWorld, minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed++) {
      made.clock.advance(minute);
      await made.receive([made.firing({ observedAt: made.clock.now() })]);
      await lookedAt(made);
    }
  }

  /** As a worker does: what meets work of before the loss is looked at once more. */
  async function lookedAt(made: IncidentWorld): Promise<void> {
    try {
      await made.reconcile();
    } catch (error) {
      if (!(error instanceof RemitError) || error.code !== "github-conflict") throw error;
    }
  }

  it("people are called once more and once more, and then no more; a lost store doubles no call", async () => {
    const made = await waiting();
    expect(await calls(made)).toEqual(["@bob"]);
    await pass(made, 12);
    expect(await calls(made)).toEqual(["@bob", "@acme/leads @bob"]);
    await made.loseStore();
    await pass(made, 40);
    expect(await calls(made)).toEqual(["@bob", "@acme/leads @bob", "@acme/leads @bob"]);
  });

  it("whoever takes the issue is left alone, and the issue says who it is", async () => {
    const made = await waiting();
    const { rest } = people(made, "alice");
    const { data: issues } = await rest.issues.listForRepo(shop);
    const issue_number = issues.find(({ pull_request }) => pull_request === undefined)?.number ?? 0;
    await rest.issues.update({ ...shop, issue_number, assignees: ["bob"] });
    await made.receive([made.event("issues", "assigned")]);
    await pass(made, 30);
    expect(await calls(made)).toEqual(["@bob"]);
    const [record] = await made.store.incidents.open();
    expect(record?.response.escalated).toMatchObject({ answered: { by: "bob" } });
    const { data } = await rest.issues.get({ ...shop, issue_number });
    expect(data.body).not.toContain("nobody has reacted");
  });
});
