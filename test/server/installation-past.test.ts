import { expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { formatTrailers } from "../../src/ledger/trailers.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { installationPast } from "../../src/server/installation-past.ts";
import { gitRepository } from "../gitops/git-repository.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

async function readerOf(targets: readonly string[]) {
  const repository = gitRepository();
  repository.commit({ a: "1" });
  for (const target of targets) {
    const trailers = formatTrailers({
      "Remit-Incident": "i",
      "Remit-Action": "rollback",
      "Remit-Target": target,
      "Remit-Tier": "merge",
      "Remit-Candidate": "3f2a9c1b40de",
    });
    repository.commit({ a: target }, { message: `Roll back\n\n${trailers}`, at: "2026-11-20T11:00:00Z" });
  }
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  return repositoryReader(mirror);
}

test("remediations of every other repository are counted, each repository once, and those that came later too", async () => {
  const readers = new Map([
    ["acme/shop", await readerOf(["cart/production"])],
    ["acme/pay", await readerOf(["ledger/production", "ledger/staging"])],
    ["acme/mail", await readerOf([])],
  ]);
  const known = ["acme/shop", "acme/pay", "acme/pay"];
  const past = installationPast(
    () => known,
    async (name) => readers.get(name) ?? Promise.reject(new Error(`no ${name}`)),
  );
  const targets = async (butOf: string) => {
    const records = await past(butOf, now);
    return records === "unreadable" ? records : records.map((record) => record.target).toSorted();
  };
  expect(await targets("acme/shop")).toEqual(["ledger/production", "ledger/staging"]);
  expect(await targets("acme/pay")).toEqual(["cart/production"]);
  known.push("acme/mail");
  expect(await targets("acme/mail")).toEqual(["cart/production", "ledger/production", "ledger/staging"]);
  // A repository that can't be read may hold any number of them.
  known.push("acme/gone");
  expect(await targets("acme/shop")).toBe("unreadable");
  expect(await targets("acme/gone")).toHaveLength(3);
});
