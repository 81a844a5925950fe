/** Looks for rules of a policy that can be read, and that have no effect or another one than their words say. */
import type { Instant } from "../../clock.ts";
import type { Target } from "../../target.ts";
import type { Authority } from "../authority.ts";
import type { Runbook } from "../runbooks/runbook.ts";
import { type DocumentPlaces, documentPlaces } from "./document-places.ts";
import type { Finding, Found } from "./finding.ts";
import { lintGrants } from "./lint-grants.ts";
import { lintLimits } from "./lint-limits.ts";
import { lintNames } from "./lint-names.ts";
import { lintPins } from "./lint-pins.ts";
import { type Alerts, lintRunbook } from "./lint-runbook.ts";
import { lintWindows } from "./lint-windows.ts";

export interface LintInput {
  /** undefined: there is none. */
  readonly authority: Parsed<Authority> | undefined;
  readonly runbooks: readonly Parsed<Runbook>[];
  /** What the repository has. undefined: it isn't known, and no name is compared. */
  readonly targets: readonly Target[] | undefined;
  readonly alerts: Alerts;
  /** Schedules are looked at from here on. */
  readonly now: Instant;
}

/** A file of a policy without mistakes. */
export interface Parsed<T> {
  readonly file: string;
  readonly text: string;
  readonly policy: T;
}

/** In the order of the files, and in each in the order of its lines. */
export function lintPolicy({ authority, runbooks, targets, alerts, now }: LintInput): readonly Finding[] {
  const all = runbooks.map(({ policy }) => policy);
  return [
    ...(authority === undefined ? [] : lintAuthority(authority, targets, now)),
    ...runbooks.flatMap(({ file, text, policy }) =>
      placed(file, documentPlaces(text), [...lintRunbook(policy, alerts), ...lintPins(policy, all)]),
    ),
  ];
}

function lintAuthority(
  { file, text, policy }: Parsed<Authority>,
  targets: readonly Target[] | undefined,
  now: Instant,
): readonly Finding[] {
  const places = documentPlaces(text);
  return placed(file, places, [
    ...(targets === undefined ? [] : lintNames(policy, targets)),
    ...lintGrants(policy, targets),
    ...lintWindows(policy.freeze, targets, now),
    ...lintLimits(policy, places),
  ]);
}

function placed(file: string, places: DocumentPlaces, found: readonly Found[]): readonly Finding[] {
  return found
    .map(({ path, ...finding }) => ({ ...finding, file, ...places.placeOf(path) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}
