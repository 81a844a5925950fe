/** A diff that nothing speaks against, judged after something about it, or about the policy, was changed. */
import type { AuthorityState } from "../../../src/authority/decide.ts";
import type { DiffChange, DiffClassification } from "../../../src/authority/diff/diff-change.ts";
import { type DiffVerdict, judgeDiff } from "../../../src/authority/diff/judge-diff.ts";
import type { Reason } from "../../../src/reason.ts";
import { grant, policy, target } from "../decision.ts";

const fine: DiffClassification = {
  changes: [],
  files: 1,
  lines: 1,
  denied: [],
  unclear: [],
  hazards: [],
  targets: [target],
};
export const setting = (role: DiffChange["role"], from: string | undefined, to: string | undefined): DiffChange => ({
  kind: "value-set",
  file: "a.yaml",
  path: ["spec"],
  line: 1,
  object: undefined,
  role,
  from,
  to,
  targets: [target],
});
export const everything = { match: { ...grant().match, environments: ["*"], actions: ["*"] } };
export const judged = (
  change: Partial<DiffClassification>,
  authority: AuthorityState = policy([grant(everything)]),
  doubts: readonly Reason[] = [],
) => judgeDiff({ classification: { ...fine, ...change }, authority, doubts });
export const operand = ({ operands }: DiffVerdict, name: string) => operands.filter((each) => each.name === name);
export const staging = { ...target, environment: "staging" };
export const reasonsOf = (code: Reason["code"], count: number) =>
  Array.from({ length: count }, (_, index): Reason => ({ code, message: `why ${index}` }));
