import { describe, expect, test } from "vitest";
import { lineEffects } from "../../src/actions/line-effects.ts";
import { restoreTexts } from "../../src/actions/restore-texts.ts";
import { rollback } from "../../src/actions/rollback.ts";
import { stillApplies } from "../../src/actions/still-applies.ts";
import { undo } from "../../src/actions/undo.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { TextChange } from "../../src/gitops/edit/revert-text.ts";
import { textChanges } from "../../src/gitops/history/text-changes.ts";
import { commitOf, diagnoseInput, history, minute, t0, target, texts } from "../diagnosis/history.ts";
import { bad, candidateOf, codes, input } from "./rolled-back.ts";

const share = (files: Readonly<Record<string, TextChange>>, minutes = -10) => ({
  commit: commitOf(7, minutes, Object.keys(files)),
  files: new Map(Object.entries(files)),
  mixed: false,
});
const restored = (path: string, change: TextChange, current = change.after) =>
  restoreTexts([share({ [path]: change })], new Map(current === undefined ? [] : [[path, current]]));

describe("restored text", () => {
  test("added keys, comments, templates and lines of a properties file come back to the byte", () => {
    const changes: readonly (readonly [string, string, string])[] = [
      ["a/values.yaml", "a: 1\r\nb: 2\r\n", "a: 1\r\nnew:\r\n  - x\r\nb: 2\r\n"],
      ["a/config.env", "A=1\n# why\nB=2", "A=1\nB=3\n"],
      ["a/t.yaml", "{{ if .x }}\na: 1\n{{ end }}\n", "{{ if .x }}\na: 2\nb: 3\n{{ end }}\n"],
    ];
    for (const [path, before, after] of changes)
      expect(restored(path, { before, after })).toMatchObject({ files: [{ path, before: after, after: before }] });
  });

  test("field note S13: denied paths, secrets, links and what couldn't be read any more are refused", () => {
    const refused = (path: string, change: TextChange, current?: string) => {
      const result = restored(path, change, current ?? change.after);
      return result.outcome === "refused" ? result.reason.code : result.outcome;
    };
    expect(refused(".github/workflows/a.yaml", { before: "a: 1\n", after: "a: 2\n" })).toBe("path-denied");
    expect(refused("a/b.yaml", { before: "kind: Secret\na: 1\n", after: "kind: Secret\na: 2\n" })).toBe("path-denied");
    expect(refused("a/b.yaml", { before: "a: 1\nb: [\n", after: "a: 1\nb: 1\n" })).toBe("edit-not-proved");
    expect(refused("a/b.yaml", { before: "a: 1\n", after: "a: 2\n" }, "a: 3\n")).toBe("value-drifted");
    const link = share({ a: { before: "b", after: "c" } });
    const files = link.commit.files.map((file) => ({ ...file, modeAfter: "120000" }));
    const result = restoreTexts([{ ...link, commit: { ...link.commit, files } }], new Map([["a", "c"]]));
    expect(result).toMatchObject({ reason: { code: "file-not-regular" } });
  });

  test("where only values changed, the restored text is what the value edit writes", () => {
    const past = history([bad]);
    const commit = past.commits[0];
    if (commit === undefined) throw new Error("no commit");
    const files = new Map(
      [...past.files].map(([path, after]) => [path, { before: texts({}).get(path), after }] as const),
    );
    const changed = new Map([...files].filter(([, { before, after }]) => before !== after));
    const byText = candidateOf(rollback(input(past, { shares: [{ commit, files: changed, mixed: false }] })));
    const byValue = candidateOf(rollback(input(past)));
    expect(byText).toEqual(byValue);
    expect(byText.lines).toBeUndefined();
  });
});

describe("a rollback of text that no field tells of", () => {
  const path = "apps/checkout/production/app.env";
  const change = { before: "A=1\nB=v1\n", after: "A=1\nB=v2\nC=3\n" };
  const one = share({ [path]: change });
  const base = history([]);
  const changes = textChanges([one], []);
  const made = (barriers: Parameters<typeof input>[1] = {}) => {
    const files = new Map([[path, change.after]]);
    const diagnosis = diagnose(diagnoseInput({ ...base, changes, commits: [one.commit], files }));
    return rollback({
      ...input(base),
      diagnosis,
      changes,
      commits: [one.commit],
      shares: [one],
      files,
      now: t0 + minute,
      ...barriers,
    });
  };

  test("it becomes a candidate that tells its lines, still applies beside other changes, and can be undone", () => {
    const candidate = candidateOf(made());
    expect(candidate.target).toEqual(target);
    expect(candidate.files).toEqual([{ path, before: change.after, after: change.before }]);
    expect(candidate.lines).toEqual([{ file: path, line: 2, removed: ["B=v2", "C=3"], added: ["B=v1"] }]);
    expect(lineEffects(candidate.files)).toEqual(candidate.lines);
    expect(stillApplies(candidate, new Map([[path, change.after]]))).toBeUndefined();
    expect(stillApplies(candidate, new Map([[path, change.before]]))?.code).toBe("already-restored");
    expect(stillApplies(candidate, new Map([[path, "A=1\nB=v9\n"]]))?.code).toBe("value-drifted");
    expect(candidateOf(undo(candidate, new Map([[path, change.before]]))).files).toEqual([
      { path, before: change.before, after: change.after },
    ]);
  });

  test("a barrier holds for a value within a restored line", () => {
    const barriers = [{ services: [], values: ["v1"], commits: [], reason: "vulnerable" }];
    expect(codes(made({ barriers }))).toEqual(["target-value-barred"]);
  });
});
