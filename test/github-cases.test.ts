import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** By number, what docs/github.md says of each case, and a test that would fail if it weren't so. */
const proofs: Readonly<Record<number, readonly [file: string, title: string]>> = {
  1: ["remediation/whole-incident.test.ts", "a foreign commit on the branch means hands off"],
  2: ["github/merge.test.ts", "tells that the head moved"],
  3: ["github/merge.test.ts", "is followed by one look after %d: it had happened"],
  4: ["remediation/next-step.test.ts", "answers merge state %s with %s"],
  5: ["server/gate-over-http.test.ts", "a merge group is gated between the commits that GitHub names"],
  6: ["github/propose.test.ts", "goes on when another replica created the same branch a moment before"],
  7: ["remediation/whole-incident.test.ts", "a pull request that a person closed isn't opened again"],
  8: ["server/conversation-over-http.test.ts", "does for a reader what a reader may ask for, and nothing else"],
  9: ["github/write.test.ts", "of %j is %s"],
  10: ["github/write.test.ts", "isn't guessed when GitHub answers %d"],
  11: ["server/intake/github.test.ts", "a redelivery with the same id is a duplicate, whatever it holds"],
  12: ["github/comment-on-merged.test.ts", "believes no marker of others"],
  13: ["github/installation-lane.test.ts", "a secondary limit without headers pauses the whole lane for a minute"],
  14: ["server/worker.test.ts", "no secret of an error reaches the store or the log's text"],
  15: ["actions/rollback-refused.test.ts", "somebody restored it already"],
  17: ["remediation/comments/command-lines.test.ts", "are found in any text without a crash"],
  18: ["authority/gate.test.ts", "%s in the diff fails for the right reason"],
  19: ["redact.test.ts", "is cut at the end of a line, ends in a note, and leaves no code open"],
  20: ["github/read.test.ts", "takes a commit with %s for foreign"],
};

const [, section = ""] = readFileSync("docs/github.md", "utf8").split("## What goes wrong on GitHub");
const told = [...section.matchAll(/^\| (\d+) \| .+ \| .+ \|$/gm)].map(([, number]) => Number(number));

test("each of the twenty cases is told of once, and proved but for the one that has nothing to run", () => {
  expect(told).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(told.filter((number) => proofs[number] === undefined)).toEqual([16]);
});

test.each(Object.entries(proofs))("case %s has a test of the name that is given here", (_, [file, title]) => {
  expect(readFileSync(`test/${file}`, "utf8")).toContain(title);
});
