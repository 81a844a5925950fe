import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ReasonCode } from "../../src/reason.ts";
import type { Images, ImageWord } from "../../src/remediation/images.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import { type IncidentWorld, incidentWorld } from "../support/incident-world.ts";
import { left, notifyAgain, play } from "../support/play.ts";
import { open, response } from "../support/situation.ts";

const word = (code: ReasonCode) => ({ code, message: "r.io/checkout:v1" });
const ready = (codes: readonly ReasonCode[] | undefined, change: Parameters<typeof open>[0] = {}) =>
  open({ images: codes?.map(word), ...change });

describe("what is ready to be merged", () => {
  test("has its images looked at first", () => {
    expect(nextStep(ready(undefined))).toEqual({ do: "look-at-images" });
    expect(nextStep(ready([]))).toEqual({ do: "merge" });
    expect(nextStep(ready(["image-there", "image-unknown"]))).toEqual({ do: "merge" });
  });

  test("waits for a person where one is gone, who is called once", () => {
    const situation = ready(["image-there", "image-gone"]);
    expect(nextStep(situation)).toEqual({ do: "escalate", reasons: [word("image-gone")] });
    const { remediations } = situation.response;
    const escalated = { at: situation.now, reasons: [] };
    const called = ready(["image-gone"], { response: response({ remediations, escalated }) });
    expect(nextStep(called)).toMatchObject({ do: "wait", reason: { code: "image-gone" } });
  });
});

async function world(images: Images): Promise<IncidentWorld> {
  const directory = await mkdtemp(join(tmpdir(), "remit-images-"));
  const made = await incidentWorld({ directory, images });
  onTestFinished(async () => {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  });
  return made;
}

test("an image that went between the plan and the merge isn't merged, until it is there again", async () => {
  const asked: string[] = [];
  let later: ImageWord = { word: "gone", why: "its registry doesn't have it any more" };
  const made = await world({
    async look(reference) {
      asked.push(reference);
      return asked.length === 1 ? { word: "there" } : later;
    },
  });
  await play(made, { looks: 2 });
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked)).toEqual(new Set(["ghcr.io/acme/checkout:v1.4.2"]));
  const [record] = await made.store.incidents.list(1);
  expect(record?.response.escalated?.reasons).toMatchObject([{ code: "image-gone" }]);
  expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], issues: [{ state: "open" }], ours: 0 });
  later = { word: "there" };
  await notifyAgain(made);
  await made.reconcile();
  expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: true }], ours: 1 });
});
