import { describe, expect, it } from "vitest";
import type { ReviewView, SuspectAuthors } from "../../src/remediation/forge.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import { assessment, commit, minute, open, pull, t0, verdict, view } from "../support/situation.ts";

describe("reviews", () => {
  const approval = (change: Partial<ReviewView> = {}): ReviewView => ({
    state: "approved",
    author: "bob",
    isPerson: true,
    commit,
    submittedAt: t0 + 2 * minute,
    ...change,
  });
  const proposing = (reviews: ReviewView[], permissions: [string, "write" | "read" | "admin"][] = []) =>
    open(
      {
        view: view({ pull: pull({ reviews }) }),
        assessment: assessment({ verdict: verdict("propose") }),
        permissions: new Map(permissions),
      },
      { verdict: verdict("propose") },
    );

  it("waits for one, asks who gave it, and merges when that person may", () => {
    expect(nextStep(proposing([])).do).toBe("wait");
    expect(nextStep(proposing([approval()]))).toEqual({ do: "look-up-permissions", logins: ["bob"] });
    expect(nextStep(proposing([approval()], [["bob", "write"]])).do).toBe("merge");
  });

  it.each([
    ["for another head", approval({ commit: "f".repeat(40) }), "write"],
    ["by a bot", approval({ isPerson: false }), "write"],
    ["by a reader", approval(), "read"],
    ["by a deleted account", approval({ author: undefined }), "write"],
    ["since dismissed", approval({ state: "dismissed" }), "write"],
  ] as const)("ignores an approval %s", (_, review, permission) => {
    expect(nextStep(proposing([review], [["bob", permission]])).do).toBe("wait");
  });

  it("ignores an approval that is older than the policy lets it count, and says so", () => {
    const late = (ageMs: number) => {
      const given = proposing([approval()], [["bob", "write"]]);
      return nextStep({ ...given, now: t0 + 2 * minute + ageMs });
    };
    expect(late(30 * minute).do).toBe("merge");
    expect(late(30 * minute + 1)).toMatchObject({
      do: "wait",
      reason: { code: "approval-stale", message: "waiting for 1 approving review of this head within 30 min" },
    });
    expect(nextStep(proposing([approval({ submittedAt: undefined })], [["bob", "write"]]))).toMatchObject({
      reason: { code: "approval-stale" },
    });
  });

  describe("by whoever wrote the suspected change", () => {
    const written = (authors: SuspectAuthors | undefined, ...approvers: readonly string[]) => {
      const reviews = approvers.map((author) => approval({ author }));
      const given = proposing(
        reviews,
        approvers.map((login) => [login, "write"]),
      );
      return nextStep({ ...given, view: view({ pull: pull({ reviews }), suspectAuthors: authors }) });
    };

    it.each([
      ["bob", { logins: ["bob"], known: true }, "only whoever wrote the suspected change approves"],
      ["bob", { logins: ["alice", "Bob"], known: true }, "only whoever wrote the suspected change approves"],
      ["Bob", { logins: ["bob"], known: true }, "only whoever wrote the suspected change approves"],
      ["bob", { logins: [], known: false }, "GitHub doesn't know who wrote the suspected change"],
      ["bob", { logins: ["alice"], known: false }, "GitHub doesn't know who wrote the suspected change"],
      ["bob", undefined, "GitHub doesn't know who wrote the suspected change"],
    ])("an approval of %s alone isn't enough where the authors are %j", (login, authors, why) => {
      expect(written(authors, login)).toMatchObject({
        do: "wait",
        reason: { code: "approval-by-author", message: expect.stringContaining(why) },
      });
    });

    it.each([
      [["bob"], { logins: ["alice"], known: true }],
      [["alice", "bob"], { logins: ["alice"], known: true }],
      [["alice", "bob"], { logins: [], known: false }],
    ])("approvals of %j are where the authors are %j", (approvers, authors) => {
      expect(written(authors, ...approvers).do).toBe("merge");
    });

    it("two authors approve each other's change no more than one does", () => {
      expect(written({ logins: ["alice", "bob"], known: true }, "alice", "bob").do).toBe("wait");
    });
  });

  it("ignores an earlier approval of a person whose later review was dismissed, and asks nothing about them", () => {
    const dismissed = approval({ state: "dismissed" });
    expect(nextStep(proposing([approval(), dismissed], [["bob", "write"]])).do).toBe("wait");
    expect(nextStep(proposing([approval(), dismissed])).do).toBe("wait");
  });

  it("lets a later comment of a person leave their approval as it is", () => {
    const comment = approval({ state: "commented" });
    expect(nextStep(proposing([approval(), comment], [["bob", "write"]])).do).toBe("merge");
  });

  it("lets a person's newer objection outweigh their approval, and another writer's any approval", () => {
    const objection = approval({ state: "changes-requested" });
    expect(nextStep(proposing([approval(), objection], [["bob", "write"]])).do).toBe("wait");
    const carol = approval({ author: "carol", state: "changes-requested" });
    const permissions: [string, "write"][] = [
      ["bob", "write"],
      ["carol", "write"],
    ];
    expect(nextStep(proposing([approval(), carol], permissions)).do).toBe("wait");
  });

  it.each(["delay", "merge"] as const)("merges nothing over a writer's objection, at tier %s either", (tier) => {
    const objection = approval({ state: "changes-requested" });
    const now = t0 + 10 * minute;
    const at = (reviews: ReviewView[], permissions: [string, "write" | "read"][] = []) =>
      nextStep({
        ...open(
          {
            now,
            view: view({ pull: pull({ reviews }) }),
            assessment: assessment({ verdict: verdict(tier) }),
            permissions: new Map(permissions),
          },
          { verdict: verdict(tier) },
        ),
      });
    expect(at([objection])).toEqual({ do: "look-up-permissions", logins: ["bob"] });
    expect(at([objection], [["bob", "write"]])).toMatchObject({ do: "wait", reason: { code: "approval-missing" } });
    expect(at([objection], [["bob", "read"]]).do).toBe("merge");
    expect(at([objection, approval()]).do).toBe("merge");
  });

  it("calls a person when an objection stands as long as a review may take", () => {
    const objected = proposing([approval({ state: "changes-requested" })], [["bob", "write"]]);
    expect(nextStep(objected)).toMatchObject({ do: "wait", reason: { code: "approval-missing" } });
    const late = { ...objected, now: t0 + objected.settings.reviewWithinMs + 60 * minute };
    expect(nextStep(late).do).toBe("escalate");
  });
});
