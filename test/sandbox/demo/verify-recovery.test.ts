import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Service, startService } from "../../../src/sandbox/cluster/service.ts";
import { readCommits } from "../../../src/sandbox/demo/read-commits.ts";
import { badVersion, goodVersion, type Outcome } from "../../../src/sandbox/demo/scenario.ts";
import { overlay, overlayFile } from "../../../src/sandbox/demo/shop-files.ts";
import { badRelease, shopHistory } from "../../../src/sandbox/demo/shop-history.ts";
import { verifyRecovery } from "../../../src/sandbox/demo/verify-recovery.ts";
import { type BareRepository, bareRepository } from "../cluster/bare-repository.ts";

const now = Date.UTC(2026, 10, 21, 12);
const file = overlayFile("checkout", "production");
const restored = overlay("checkout", "production", goodVersion, 3);
const message = "Roll back checkout\n\nRemit-Incident: checkout-production-0123\nRemit-Tier: merge";

let repository: BareRepository;
let service: Service;
let before: string;
let release: string;

beforeEach(async () => {
  repository = bareRepository();
  const files = Object.assign({}, ...shopHistory(now, "merge").map((commit) => commit.files));
  before = repository.commit(files, "All of it");
  release = repository.commit(badRelease(now).files, "Release");
  service = await startService({
    name: "checkout",
    namespace: "shop",
    environment: "production",
    errorRate: (version) => (version === badVersion ? 0.6 : 0),
  });
  service.deploy(goodVersion);
});
afterEach(async () => {
  await service.close();
  repository.remove();
});

const asBefore: Outcome = { words: "is what it was", from: (text) => text };

async function findings(becomes = asBefore, isChanged = true): Promise<boolean[]> {
  const result = await verifyRecovery({
    gitDirectory: repository.gitDirectory,
    branch: "main",
    serviceUrl: service.url,
    service: "checkout",
    version: goodVersion,
    before,
    since: release,
    file: overlayFile("checkout", "production"),
    isChanged,
    becomes,
  });
  return result.map(({ ok }) => ok);
}

describe("checking the recovery from outside", () => {
  test("finds nothing wrong when the service answers and git holds the smallest fix", async () => {
    repository.commit({ [file]: restored }, message);
    expect(await findings()).toEqual([true, true, true, true, true]);
  });

  test("isn't satisfied by a service that still fails, whatever git says", async () => {
    repository.commit({ [file]: restored }, message);
    service.deploy(badVersion);
    expect(await findings()).toEqual([false, true, true, true, true]);
  });

  test("isn't satisfied by a service that runs well on another version than the good one", async () => {
    repository.commit({ [file]: restored }, message);
    service.deploy("v9.9.9");
    expect((await findings())[0]).toBe(false);
  });

  test("notices a fix that is missing", async () => {
    expect(await findings()).toEqual([true, false, false, false, false]);
  });

  test("notices a fix that reformats the file", async () => {
    repository.commit({ [file]: restored.replace(" # set by the release, see README", "") }, message);
    expect(await findings()).toEqual([true, true, false, true, true]);
  });

  test("isn't satisfied by the file that stood there where it should say something else", async () => {
    repository.commit({ [file]: restored }, message);
    const more: Outcome = { words: "says 4", from: (text) => text.replace("count: 3", "count: 4") };
    expect(await findings(more)).toEqual([true, true, false, true, true]);
    repository.commit({ [file]: restored.replace("count: 3", "count: 4") }, message);
    expect(await findings(more)).toEqual([true, true, true, true, true]);
  });

  test("notices a fix that touches another file", async () => {
    repository.commit({ [file]: restored, "README.md": "changed" }, message);
    expect(await findings()).toEqual([true, true, true, false, true]);
  });

  test("where nothing should have been done, any change is one too many", async () => {
    const stays: Outcome = { words: "stays", from: (text) => text.replace(goodVersion, badVersion) };
    expect(await findings(stays, false)).toEqual([true, false, true, true]);
    repository.commit({ "README.md": "changed" }, message);
    expect(await findings(stays, false)).toEqual([true, false, true, false]);
  });

  test("notices a commit without trailers", async () => {
    repository.commit({ [file]: restored }, "Roll back checkout");
    expect(await findings()).toEqual([true, true, true, true, false]);
  });

  test("the commits come newest first with Remit's trailers", async () => {
    repository.commit({ [file]: restored }, message);
    const [newest, before] = await readCommits(repository.gitDirectory, "main", 2);
    expect(newest).toMatchObject({
      subject: "Roll back checkout",
      author: "Alice",
      trailers: ["Remit-Incident: checkout-production-0123", "Remit-Tier: merge"],
    });
    expect(before).toMatchObject({ id: release, trailers: [] });
  });
});
