import { describe, expect, test } from "vitest";
import type { ActionResult } from "../../src/actions/candidate.ts";
import { rollback } from "../../src/actions/rollback.ts";
import type { Field } from "../../src/gitops/catalogue/catalogue.ts";
import { history, id, kustomization, report, texts } from "../diagnosis/history.ts";

import { bad, candidateOf, codes, input } from "./rolled-back.ts";

describe("what forbids it", () => {
  test("somebody changed the value since", () => {
    expect(codes(rollback(input(history([bad, { at: 3, set: { tag: "v1.5.1" } }]))))).toEqual(["value-drifted"]);
  });

  test("the text holds another value than the catalogue said", () => {
    expect(codes(rollback(input(history([bad]), { files: texts({ tag: "v9" }) })))).toEqual(["value-drifted"]);
  });

  test("the catalogue says another value than the text holds", () => {
    const past = history([bad, { at: 3, set: { tag: "v1.5.1" } }]);
    expect(codes(rollback(input(past, { files: texts({ tag: "v1.5.0" }) })))).toEqual(["value-drifted"]);
  });

  test("somebody restored it already", () => {
    expect(codes(rollback(input(history([bad, { at: 3, set: { tag: "v1.4.2" } }]))))).toEqual(["already-restored"]);
  });

  test("the change removed a field", () => {
    const past = history([bad]);
    const changes = past.changes.map((change) => ({ ...change, after: undefined }));
    expect(codes(rollback(input({ ...past, changes })))).toEqual(["edit-unsupported"]);
  });

  test.each([
    ["the value", { services: [], values: ["v1.4.2"], commits: [] }],
    ["the commit", { services: ["checkout"], values: [], commits: [id(0).slice(0, 12)] }],
  ])("field note S35: a barrier on %s", (_, barrier) => {
    const barriers = [{ ...barrier, reason: "fixes a vulnerability" }];
    expect(codes(rollback(input(history([bad]), { barriers })))).toEqual(["target-value-barred"]);
  });

  test("a barrier for another service forbids nothing", () => {
    const barriers = [{ services: ["cart"], values: ["v1.4.2"], commits: [id(0)], reason: "not here" }];
    expect(rollback(input(history([bad]), { barriers })).outcome).toBe("candidate");
  });

  test("a migration in the same change (note 12)", () => {
    const past = history([{ ...bad, also: ["services/checkout/db/migrate/0042_add_column.rb"] }]);
    expect(codes(rollback(input(past)))).toEqual(["touches-migration"]);
  });

  test("a migration in any change that would be taken back", () => {
    const past = history([{ at: -20, set: { tag: "v1.4.9" }, also: ["schema/add.sql"] }, bad]);
    expect(codes(rollback(input(past, { health: [report(0, "degraded", -15)] })))).toEqual(["touches-migration"]);
    expect(rollback(input(past)).outcome).toBe("candidate");
  });

  test("a value that went to and fro again and again within a day (flip-flop)", () => {
    const tags = ["v1.5.0", "v1.4.2", "v1.5.0", "v1.4.2", "v1.5.0", "v1.4.2", "v1.5.0"];
    const swinging = (apart: number, times: number) =>
      history(tags.slice(0, times).map((tag, index) => ({ at: (index - times) * apart, set: { tag } })));
    expect(codes(rollback(input(swinging(60, 6))))).toEqual(["flip-flop"]);
    // Back to where it began, or slowly: for a person.
    expect(rollback(input(swinging(60, 7))).outcome).toBe("candidate");
    expect(rollback(input(swinging(14 * 60, 6))).outcome).toBe("candidate");
  });

  test("a change that Remit itself made (flip-flop)", () => {
    const past = history([
      { at: -600, set: { tag: "v1.5.0" } },
      { at: -10, set: { tag: "v1.4.2" } },
    ]);
    const ours = "Roll back checkout\n\nRemit-Candidate: 3f2a9c1b40de";
    const changes = past.changes.map((change) =>
      change.commit.id === id(1) ? { ...change, commit: { ...change.commit, message: ours } } : change,
    );
    expect(codes(rollback(input({ ...past, changes })))).toEqual(["flip-flop"]);
  });

  test("fields that Remit itself has changed since the suspect (flip-flop)", () => {
    const past = history([bad, { at: 2, set: { tag: "v1.4.2" } }, { at: 4, set: { tag: "v1.5.0" } }]);
    const ours = (change: (typeof past.changes)[number]) =>
      change.commit.id === id(0)
        ? change
        : { ...change, commit: { ...change.commit, message: "Undo\n\nRemit-Candidate: 3f2a9c1b40de" } };
    const given = { ...past, changes: past.changes.map(ours) };
    expect(codes(rollback(input(given)))).toEqual(["flip-flop"]);
    expect(rollback(input(past)).outcome).toBe("candidate");
  });

  test("a value that was left more than a day before may come again", () => {
    const past = history([
      { at: -26 * 60, set: { tag: "v1.5.0" } },
      { at: -10, set: { tag: "v1.4.2" } },
    ]);
    expect(rollback(input(past)).outcome).toBe("candidate");
  });

  test("a secret in the file (note 14)", () => {
    const files = new Map([...history([bad]).files].map(([path, text]) => [path, `${text}---\nkind: SealedSecret\n`]));
    expect(codes(rollback(input(history([bad]), { files })))).toEqual(["path-denied"]);
  });

  test("a path that is never written", () => {
    const move = <T extends { file: string }>(field: T): T => ({ ...field, file: ".github/checkout.yaml" });
    const past = history([bad]);
    const entry = { ...past.entry, fields: past.entry.fields.map(move) };
    const changes = past.changes.map((change) => ({ ...change, field: move(change.field) }));
    expect(codes(rollback(input({ ...past, entry, changes })))).toEqual(["path-denied"]);
  });

  test("a file that is gone", () => {
    expect(codes(rollback(input(history([bad]), { files: new Map() })))).toEqual(["edit-not-found"]);
  });
});

describe("risks that ask for a review", () => {
  test("a value that was taken back and put forward again may be taken back again, by a person (flip-flop)", () => {
    const past = history([
      { at: -300, set: { tag: "v1.5.0" } },
      { at: -200, set: { tag: "v1.4.2" } },
      { at: -10, set: { tag: "v1.5.0" } },
    ]);
    const candidate = candidateOf(rollback(input(past)));
    expect(candidate.effects[0]?.after).toBe("v1.4.2");
    expect(candidate.risks.map(({ code }) => code)).toEqual(["flip-flop"]);
  });

  test("the suspect itself went back to a value of the same day (flip-flop)", () => {
    const past = history([
      { at: -60, set: { tag: "v1.5.0" } },
      { at: -10, set: { tag: "v1.4.2" } },
    ]);
    const candidate = candidateOf(rollback(input(past)));
    expect(candidate.risks.map(({ code }) => code)).toEqual(["flip-flop"]);
    expect(candidate.confidence).toBe(0.6);
  });

  const risks = (result: ActionResult) => candidateOf(result).risks.map(({ code }) => code);

  test("image automation writes the line (note 15)", () => {
    const marker = ' # {"$imagepolicy": "flux-system:checkout:tag"}';
    expect(risks(rollback(input(history([bad], marker))))).toEqual(["automated-writer"]);
    const elsewhere = history([{ at: -10, set: { replicas: "9" } }], marker);
    expect(risks(rollback(input(elsewhere)))).toEqual(["replicas-fall"]);
  });

  const given = (change: (field: Field) => Partial<Field>, steps = [bad]) => {
    const past = history(steps);
    const fields = past.entry.fields.map((field) => ({ ...field, ...change(field) }));
    return rollback(input({ ...past, entry: { ...past.entry, fields } }));
  };

  test.each([
    ["hpa", "competing-writer", "a HorizontalPodAutoscaler (hpa.yaml:7) decides"],
    ["keda", "competing-writer", "KEDA (hpa.yaml:7) decides"],
    ["image-updater", "automated-writer", "Argo CD Image Updater (hpa.yaml:7) writes"],
    ["kargo", "automated-writer", "Kargo (hpa.yaml:7) writes"],
  ] as const)("%s writes the same value (notes 15 to 17)", (kind, code, message) => {
    const writers = [{ kind, file: "hpa.yaml", line: 7 }];
    const result = given(({ role }) => (role === "image-tag" ? { writers } : {}));
    expect(risks(result)).toEqual([code]);
    expect(candidateOf(result).risks[0]?.message).toContain(message);
    expect(risks(given(({ role }) => (role === "replicas" ? { writers } : {})))).toEqual([]);
  });

  test("another layer wins over the value, unless it goes back, too (note 24)", () => {
    const shadowedBy = { file: kustomization, line: 5, why: "a digest beside a tag is what is pulled" };
    const shadow = ({ role }: Field) => (role === "image-tag" ? { shadowedBy } : {});
    expect(risks(given(shadow))).toEqual(["shadowed-field"]);
    const both = { ...bad, set: { ...bad.set, digest: `sha256:${"b".repeat(64)}` } };
    expect(risks(given(shadow, [both]))).toEqual([]);
  });

  test("configuration shipped together with the image (note 26)", () => {
    const past = history([{ ...bad, also: ["apps/checkout/production/configmap.yaml", "docs/checkout.md"] }]);
    const result = rollback(input(past));
    expect(risks(result)).toEqual(["config-in-step"]);
    expect(candidateOf(result).risks[0]?.message).toContain("1 other file");
  });

  test("the field determines other targets as well", () => {
    const past = history([bad]);
    const fields = past.entry.fields.map((field) => ({ ...field, sharedWith: ["cart\u0000production\u0000"] }));
    expect(risks(rollback(input({ ...past, entry: { ...past.entry, fields } })))).toEqual(["shared-field"]);
  });

  test("going back lowers the number of replicas", () => {
    expect(risks(rollback(input(history([{ at: -10, set: { tag: "v1.5.0", replicas: "10" } }]))))).toEqual([
      "replicas-fall",
    ]);
    expect(risks(rollback(input(history([{ at: -10, set: { replicas: "1" } }]))))).toEqual([]);
  });
});
