import { describe, expect, it, onTestFinished } from "vitest";
import type { SyncSignal } from "../../src/signals/signal.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { type IncidentWorld, incidentWorld, minute } from "../support/incident-world.ts";
import { left } from "../support/play.ts";

const runbook = (status: string) => `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: failed-deployment}
spec:
  on: {deploymentStatus: [${status}]}
  steps: [{action: rollback}]
`;

async function world(): Promise<IncidentWorld> {
  const made = await incidentWorld({ directory: temporaryDirectory() });
  onTestFinished(() => made.close());
  return made;
}

async function withRunbook(status = "failure"): Promise<IncidentWorld> {
  const made = await world();
  const files = { ".github/remit/runbooks/failed-deployment.yaml": runbook(status) };
  await made.github.commitAs("alice", { branch: "main", message: "React to failed deployments", files });
  return made;
}

/** A bad release, and the mirror knows of it. */
async function release(made: IncidentWorld): Promise<string> {
  const revision = await made.release();
  await made.receive([made.event("push")]);
  return revision;
}

function deployment(made: IncidentWorld, revision: string, change: Partial<SyncSignal> = {}): SyncSignal {
  const state = change.phase === "applied" ? "success" : "failure";
  return {
    ...made.applied(revision),
    source: "github",
    controller: "github-deployment",
    application: "production",
    namespace: undefined,
    environment: "production",
    phase: "failed",
    health: "degraded",
    deployment: { state, createdAt: made.clock.now() },
    ...change,
  };
}
const succeeded = { phase: "applied", health: "healthy" } as const;

describe("a failed deployment", () => {
  it("field note 31: opens an incident of the target that its commit changed, and a success after the fix resolves it", async () => {
    const made = await withRunbook();
    const notes = await made.receive([deployment(made, await release(made))]);
    expect(notes).toContainEqual(expect.stringMatching(/^opened: incident checkout-production-/));
    made.clock.advance(minute);
    for (let look = 0; look < 4; look++) await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], deployed: expect.stringContaining("v1.4.2") });
    const [before] = await made.store.incidents.list(1);
    expect(before?.response.remediations[0]?.verdict.runbook?.name).toBe("failed-deployment");

    made.clock.advance(minute);
    await made.receive([deployment(made, await made.mainHead(), succeeded)]);
    const [record] = await made.store.incidents.list(1);
    expect(record?.incident.alerts.map(({ status }) => status)).toEqual(["resolved"]);
  });

  it.each<[string, (made: IncidentWorld) => Promise<SyncSignal>]>([
    [
      "no runbook asks for its state",
      async (made) =>
        deployment(made, await release(made), { deployment: { state: "error", createdAt: made.clock.now() } }),
    ],
    [
      "its environment is nobody's",
      async (made) => deployment(made, await release(made), { application: "preview-7", environment: "preview-7" }),
    ],
    [
      "its commit isn't on the default branch",
      async (made) => {
        await release(made);
        return deployment(made, "f".repeat(40));
      },
    ],
    ["its commit changed no target of the environment", async (made) => deployment(made, await made.mainHead())],
    [
      "another one has succeeded since",
      async (made) => {
        const failed = deployment(made, await release(made));
        made.clock.advance(minute);
        await made.receive([deployment(made, await made.mainHead(), succeeded)]);
        return failed;
      },
    ],
    ["GitHub doesn't say when", async (made) => deployment(made, await release(made), { deployment: undefined })],
  ])("opens nothing where %s", async (_, sync) => {
    const made = await withRunbook();
    await made.receive([made.event("push")]);
    await made.receive([await sync(made)]);
    expect(await made.store.incidents.list(5)).toEqual([]);
  });

  it("field note 30: opens nothing where the repository has no runbook for it", async () => {
    const made = await world();
    await made.receive([deployment(made, await release(made))]);
    expect(await made.store.incidents.list(5)).toEqual([]);
  });

  it("is resolved by no success from before it", async () => {
    const made = await withRunbook();
    const revision = await release(made);
    const earlier = deployment(made, revision, succeeded);
    made.clock.advance(minute);
    await made.receive([deployment(made, revision)]);
    await made.receive([{ ...earlier, observedAt: made.clock.now() }]);
    const [record] = await made.store.incidents.list(1);
    expect(record?.incident.alerts.map(({ status }) => status)).toEqual(["firing"]);
  });
});
