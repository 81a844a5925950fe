/** Lints a policy that is given as text, against targets that are given by name. */
import type { Finding } from "../../../src/authority/lint/finding.ts";
import { lintFiles } from "../../../src/authority/lint/lint-files.ts";
import type { Alerts } from "../../../src/authority/lint/lint-runbook.ts";
import type { Target } from "../../../src/target.ts";

export const now = Date.UTC(2026, 10, 20, 17);

/** `checkout/production`, `checkout` or `checkout/production/shop`. */
export function targetsNamed(...names: readonly string[]): readonly Target[] {
  return names.map((name) => {
    const [service = "", environment, namespace] = name.split("/");
    return { service, environment, namespace };
  });
}

export const shop = targetsNamed("checkout/production", "checkout/staging", "cart/production", "report/staging");

interface Policy {
  readonly grants?: readonly string[];
  readonly more?: string;
  readonly runbooks?: Readonly<Record<string, string>>;
}

/** `grants`: each as a flow mapping. `more`: further lines of `spec`. */
export function lint(
  { grants = [], more = "", runbooks = {} }: Policy,
  targets: readonly Target[] | undefined,
  alerts: Alerts = { admitted: undefined, defined: [] },
): readonly Finding[] {
  const authority = [
    "apiVersion: remit.dev/v1alpha1",
    "kind: Authority",
    "metadata: {name: shop}",
    "spec:",
    "  version: 1",
    grants.length === 0 ? "  grants: []" : "  grants:",
    ...grants.map((grant) => `    - ${grant}`),
    more,
  ].join("\n");
  return lintFiles({
    files: new Map([["authority.yaml", authority], ...Object.entries(runbooks)]),
    targets,
    alerts,
    now,
  });
}

export function codes(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code }) => code);
}
