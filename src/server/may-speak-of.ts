/** What a source may speak of, by its configuration: environments, services and the names of its alerts. */
import type { Spoken } from "../remediation/spoken.ts";
import type { SourceConfig } from "./config/config.ts";

/** GitHub, which is no configured source, may speak of anything in its own repository. A source that is gone may say nothing. */
export function maySpeakOf(sources: readonly SourceConfig[], name: string, { target, alert }: Spoken): boolean {
  if (name === "github") return true;
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
