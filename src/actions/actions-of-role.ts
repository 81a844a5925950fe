import type { FieldRole } from "../gitops/catalogue/catalogue.ts";
import type { ActionName } from "./candidate.ts";
import { actionNames } from "./catalogue.ts";

/** Beside a rollback, which may restore anything. */
const writers: Readonly<Partial<Record<FieldRole, string>>> = {
  replicas: "scale",
  weight: "shift",
  suspend: "suspend",
  resource: "resize",
  restart: "restart",
  flag: "flag",
};

/** What only ever goes back. */
const restored: ReadonlySet<FieldRole> = new Set([
  "image",
  "image-tag",
  "image-digest",
  "image-name",
  "chart-version",
  "revision",
]);

/** The actions that a change of such a field may come from; all of them where the role tells nothing. */
export function actionsOfRole(role: FieldRole | undefined): readonly ActionName[] {
  if (role === undefined) return actionNames;
  if (restored.has(role)) return ["rollback"];
  const writer = writers[role];
  return writer === undefined ? actionNames : actionNames.filter((name) => name === "rollback" || name === writer);
}
