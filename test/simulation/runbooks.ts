/** The runbooks of the shop: one for each kind of trouble that something it has can relieve. */
import { ailments } from "./ailments.ts";
import { type Component, kits } from "./components.ts";

/** By path. Without anything that they could change there are none: then the built-in one holds. */
export function runbooksFor(has: readonly Component[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { alert, of } of Object.values(ailments)) {
    const [component] = has.filter((each) => of.some((one) => one === each));
    if (component !== undefined) files[pathOf(alert)] = runbook(alert, kits[component].action);
  }
  if (has.includes("image policy")) files[pathOf("HighErrorRate")] = runbook("HighErrorRate", "rollback, pin: 25m");
  return files;
}

function pathOf(alert: string): string {
  return `.github/remit/runbooks/${alert.toLowerCase()}.yaml`;
}

function runbook(alert: string, step: string): string {
  return `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: ${alert.toLowerCase()}}
spec:
  on:
    alerts: [${alert}]
  steps:
    - {action: ${step}}
`;
}
