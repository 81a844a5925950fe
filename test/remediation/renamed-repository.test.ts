import { expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { incidentWorld } from "../support/incident-world.ts";
import { left, play } from "../support/play.ts";

it.each([0, 1, 2, 3])(
  "a repository that is renamed before look %i at an incident has one issue, one pull request and one merge",
  async (renamedAt) => {
    const made = await incidentWorld({ directory: temporaryDirectory() });
    onTestFinished(() => made.close());
    let look = 0;
    const reconcile = async () => {
      if (look === renamedAt) made.github.rename("store");
      look += 1;
      await made.reconcile();
    };
    await play({ ...made, reconcile });
    expect(look).toBeGreaterThan(renamedAt);
    expect(await left(made)).toMatchObject({
      pulls: [{ state: "closed", merged: true }],
      issues: [{ state: "closed" }],
      ours: 1,
      deployed: expect.stringContaining("v1.4.2"),
    });
    const [record, ...others] = await made.store.incidents.list(10);
    expect(others).toEqual([]);
    expect(record?.response.closed?.outcome).toBe("recovered");
    expect(made.github.violations).toEqual([]);
  },
);
