import { nearestWord } from "../../nearest-word.ts";
import type { Runbook } from "../runbooks/runbook.ts";
import type { Found } from "./finding.ts";

/** Which alerts can arrive, as far as it is known. */
export interface Alerts {
  /** The only ones that the configured sources may raise; undefined: any. */
  readonly admitted: readonly string[] | undefined;
  /** Those that alerting rules in the repository raise. Others may be raised by rules that are kept elsewhere. */
  readonly defined: readonly string[];
}

/** Does anything ever start the runbook? Deployments do for any repository on GitHub. */
export function lintRunbook({ name, on }: Runbook, { admitted, defined }: Alerts): readonly Found[] {
  if (on.deploymentStatus.length > 0 || on.alerts.includes("*")) return [];
  const among = (known: readonly string[]) => on.alerts.some((alert) => known.includes(alert));
  const found = (severity: Found["severity"], why: string, known: readonly string[]): readonly Found[] => {
    const near = on.alerts.map((alert) => nearestWord(alert, known)).find((word) => word !== undefined);
    const [first = ""] = on.alerts;
    return [
      {
        code: "runbook-never-triggers",
        severity,
        path: ["spec", "on", "alerts"],
        what: `nothing starts runbook ${name}: it waits for ${on.alerts.length === 1 ? first : `one of ${on.alerts.join(", ")}`}`,
        why,
        mend: near === undefined ? "name an alert that is raised, or remove the runbook" : `did you mean ${near}?`,
      },
    ];
  };
  if (admitted !== undefined && !among(admitted))
    return found("error", "remit.yaml lets no source raise such an alert", admitted);
  if (defined.length > 0 && !among(defined))
    return found("warning", "this repository holds alerting rules, and none of them raises it", defined);
  return [];
}
