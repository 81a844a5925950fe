import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate } from "../../src/actions/candidate.ts";
import { rollback } from "../../src/actions/rollback.ts";
import { stillApplies } from "../../src/actions/still-applies.ts";
import { undo } from "../../src/actions/undo.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { diagnoseInput, history, kustomization, minute, type Step, t0, texts, values } from "../diagnosis/history.ts";

function fixFor(step: Step, marker = ""): Candidate {
  const past = history([step], marker);
  const diagnosis = diagnose(diagnoseInput(past));
  const { changes, files } = past;
  const result = rollback({ diagnosis, changes, files, health: [], barriers: [], stoodMs: 30 * minute, now: t0 });
  if (result.outcome === "refused") throw new Error("the builder's change can be rolled back");
  return result.candidate;
}

const fix = fixFor({ at: -10, set: { tag: "v1.5.0", copy: "v1.5.0" } });
const broken = texts({ tag: "v1.5.0", copy: "v1.5.0" });
const fixed = texts({});
const edit = (files: ReadonlyMap<string, string>, path: string, text: string) => new Map([...files, [path, text]]);

describe("undo", () => {
  test("it is the exact inverse, to the byte", () => {
    const version = fc.stringMatching(/^[a-z0-9][a-z0-9.:@-]{0,12}$/).filter((text) => text !== "v1.4.2");
    fc.assert(
      fc.property(version, version, (tag, copy) => {
        const step = { at: -10, set: { tag, copy } };
        // Values that the file can't hold as they are make no candidate to undo.
        if (texts({ tag }).get(kustomization) === undefined || !isPlain(tag)) return;
        const ours = fixFor(step);
        const result = undo(ours, fixed);
        expect(result).toMatchObject({ outcome: "candidate" });
        if (result.outcome === "candidate") {
          expect(new Map(result.candidate.files.map((file) => [file.path, file.after]))).toEqual(texts({ tag, copy }));
          expect(result.candidate.digest).not.toBe(ours.digest);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("quotes that our change needed are gone again", () => {
    const effect = { file: "a.yaml", document: 0, path: ["tag"], line: 1, role: "image-tag" as const };
    const ours = {
      ...fix,
      effects: [{ ...effect, before: "v1.5.0", after: "1.10" }],
      files: [{ path: "a.yaml", before: "tag: v1.5.0\n", after: 'tag: "1.10"\n' }],
    };
    const result = undo(ours, new Map([["a.yaml", 'tag: "1.10"\n']]));
    expect(result).toMatchObject({ candidate: { files: [{ before: 'tag: "1.10"\n', after: "tag: v1.5.0\n" }] } });
  });

  test("it says whose change it takes back, and what a person would say", () => {
    const merged = "d".repeat(40);
    expect(undo(fix, fixed, merged)).toMatchObject({
      candidate: {
        title: "undo the rollback of checkout in production: back to v1.5.0",
        suspect: merged,
        action: "rollback",
      },
    });
  });

  test("other parts of the files may have changed since, and stay", () => {
    const text = `# a note\n${fixed.get(kustomization)}`;
    const result = undo(fix, edit(fixed, kustomization, text));
    expect(result).toMatchObject({
      candidate: { files: [{ after: `# a note\n${broken.get(kustomization)}` }, { path: values }] },
    });
  });

  test.each([
    ["one field was changed since", texts({ copy: "v1.5.1" }), "value-drifted"],
    ["it was taken back already", broken, "value-drifted"],
    ["a file is gone", new Map([[values, fixed.get(values) ?? ""]]), "edit-not-found"],
  ])("it is refused when %s", (_, files, code) => {
    expect(undo(fix, files)).toMatchObject({ outcome: "refused", reasons: [{ code }] });
  });

  test("a change without fields has no inverse", () => {
    expect(undo({ ...fix, effects: [] }, fixed)).toMatchObject({ outcome: "refused" });
  });

  test("image automation is still a risk, the choice of the value no longer is", () => {
    const risks = [
      { code: "automated-writer" as const, message: "a" },
      { code: "stood-too-briefly" as const, message: "b" },
    ];
    expect(undo({ ...fix, risks }, fixed)).toMatchObject({ candidate: { risks: [{ code: "automated-writer" }] } });
  });
});

describe("stillApplies", () => {
  test("it applies to the texts that it was made for", () => {
    expect(stillApplies(fix, broken)).toBeUndefined();
  });

  test("it applies when other parts of the files changed", () => {
    expect(stillApplies(fix, edit(broken, kustomization, `# a note\n${broken.get(kustomization)}`))).toBeUndefined();
  });

  test.each([
    ["somebody made the same change", fixed, "already-restored"],
    ["one of the fields has another value", texts({ tag: "v1.5.0", copy: "v1.5.1" }), "value-drifted"],
    ["one of the fields is restored and the other isn't", texts({ copy: "v1.5.0" }), "value-drifted"],
    ["a file is gone", new Map([[values, broken.get(values) ?? ""]]), "value-drifted"],
    ["a file can't be read any more", edit(broken, values, "image: {tag: [\n"), "value-drifted"],
  ])("it doesn't when %s", (_, files, code) => {
    expect(stillApplies(fix, files)?.code).toBe(code);
  });

  test("without fields only the very same texts will do", () => {
    expect(stillApplies({ ...fix, effects: [] }, broken)).toBeUndefined();
    expect(stillApplies({ ...fix, effects: [] }, edit(broken, values, "x: 1\n"))?.code).toBe("value-drifted");
  });
});

/** Would plain YAML read it as text? The builder writes tags without quotes. */
function isPlain(tag: string): boolean {
  return /^[a-z][a-z0-9.-]*[a-z0-9]$/.test(tag) && !["null", "true", "false", "yes", "no", "on", "off"].includes(tag);
}
