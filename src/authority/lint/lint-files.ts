import { parseAuthority } from "../parse-authority.ts";
import type { PolicyMistake } from "../policy-mistake.ts";
import { parseRunbook } from "../runbooks/parse-runbook.ts";
import { parseRunbookTest } from "../runbooks/parse-runbook-test.ts";
import type { Finding } from "./finding.ts";
import { type LintInput, lintPolicy, type Parsed } from "./lint-policy.ts";

export interface LintFilesInput extends Omit<LintInput, "authority" | "runbooks"> {
  /** Texts by their path in the policy's directory: `authority.yaml`, `runbooks/…`, `tests/…`. */
  readonly files: ReadonlyMap<string, string>;
}

/** A file that can't be read is a finding; the others are looked at all the same. */
export function lintFiles({ files, ...input }: LintFilesInput): readonly Finding[] {
  const named = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const below = (directory: string) =>
    named.filter(
      ([path]) => path.startsWith(`${directory}/`) && /^[^/]+\.ya?ml$/.test(path.slice(directory.length + 1)),
    );
  const authorities = named
    .filter(([path]) => path === "authority.yaml")
    .map(([file, text]) => {
      const { authority, mistakes } = parseAuthority(text, file);
      return { file, text, policy: authority, mistakes };
    });
  const runbooks = below("runbooks").map(([file, text]) => ({ file, text, ...parseRunbook(text, file) }));
  const tests = below("tests").map(([file, text]) => parseRunbookTest(text, file));
  return [
    ...[...authorities, ...runbooks, ...tests].flatMap(({ mistakes }) => mistakes.map(invalid)),
    ...lintPolicy({ ...input, authority: parsed(authorities)[0], runbooks: parsed(runbooks) }),
  ];
}

interface Read<T> extends Omit<Parsed<T>, "policy"> {
  readonly policy: T | undefined;
}

function parsed<T>(files: readonly Read<T>[]): readonly Parsed<T>[] {
  return files.flatMap(({ file, text, policy }) => (policy === undefined ? [] : [{ file, text, policy }]));
}

function invalid({ file, line, column, message, expected, nearest }: PolicyMistake): Finding {
  const wanted = expected === undefined ? "mend it" : `expected ${expected}`;
  return {
    code: "policy-invalid",
    severity: "error",
    file,
    line,
    column,
    what: message,
    why: "a file with a mistake grants nothing",
    mend: nearest === undefined ? wanted : `${wanted}; did you mean ${nearest}?`,
  };
}
