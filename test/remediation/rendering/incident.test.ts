import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type IncidentWorld, incidentWorld, minute } from "../../support/incident-world.ts";
import { describeRenderer, renderer } from "../../support/rendering/describe-renderer.ts";

async function world(): Promise<IncidentWorld> {
  const directory = await mkdtemp(join(tmpdir(), "remit-rendered-"));
  const made = await incidentWorld({ directory, renderer, tier: "propose" });
  onTestFinished(async () => {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  });
  return made;
}

async function proposed(made: IncidentWorld): Promise<void> {
  await made.release();
  made.clock.advance(12 * minute);
  await made.receive([made.firing()]);
  await made.reconcile();
}

const remediations = async ({ store }: IncidentWorld) =>
  (await store.incidents.list(1)).flatMap(({ response }) => response.remediations);

describeRenderer("kustomize", "an incident where kustomize is at hand", () => {
  test("is answered by a change that was rendered", async () => {
    const made = await world();
    await proposed(made);
    expect(await remediations(made)).toMatchObject([
      {
        candidate: {
          rendered: {
            by: [expect.stringMatching(/^kustomize v/)],
            effects: [{ from: "ghcr.io/acme/checkout:v1.5.0", to: "ghcr.io/acme/checkout:v1.4.2" }],
          },
        },
      },
    ]);
  });

  test("withdraws what would change nothing any more, by what somebody else has merged meanwhile", async () => {
    const made = await world();
    await proposed(made);
    const file = "apps/checkout/base/deployment.yaml";
    const text = await made.read(file);
    const renamed = text.replace("image: ghcr.io/acme/checkout", "image: ghcr.io/acme/checkout-next");
    expect(renamed).not.toBe(text);
    await made.github.commitAs("alice", { branch: "main", message: "Another image", files: { [file]: renamed } });
    await made.receive([made.event("push")]);
    made.clock.advance(5 * minute);
    await made.reconcile();
    expect(await remediations(made)).toMatchObject([
      { ended: { outcome: "withdrawn", reason: { code: "shadowed-in-render" } } },
    ]);
  });
});
