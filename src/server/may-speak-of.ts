/** What a source may speak of, by its configuration: environments, services and the names of its alerts. */
import type { Spoken } from "../remediation/spoken.ts";
import type { SourceConfig } from "./config/config.ts";

/** GitHub and Remit itself, which are no configured sources, may speak of anything in their own repository. A source that is gone may say nothing. */
export function maySpeakOf(sources: readonly SourceConfig[], name: string, { target, alert }: Spoken): boolean {
  if (name === "github" || name === "remit") return true;
  const source = sources.find((configured) => configured.name === name);
  if (source === undefined) return false;
  return (
    allows(source.environments, target.environment) &&
    allows(source.services, target.service) &&
    (alert === undefined || allows(source.alerts, alert.name))
  );
}

function allows(names: readonly string[] | undefined, name: string | undefined): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}
