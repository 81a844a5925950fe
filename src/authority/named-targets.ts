import type { Target } from "../target.ts";
import type { Authority } from "./authority.ts";

/** More than that nobody reads in a policy. */
const most = 100_000;

/**
 * One target for each way in which grants can tell targets apart: every combination of the names that they use, of a name that
 * none uses, and of none at all. So what holds for all of these holds for every target there could be. Empty where they are too many.
 */
export function namedTargets({ grants }: Pick<Authority, "grants">): readonly Target[] {
  const names = (key: "services" | "environments" | "namespaces") => [
    ...new Set(grants.flatMap(({ match }) => match[key]).filter((name) => name !== "*")),
    unnamed,
  ];
  const services = names("services");
  const environments = [...names("environments"), undefined];
  const namespaces = [...names("namespaces"), undefined];
  if (services.length * environments.length * namespaces.length > most) return [];
  return services.flatMap((service) =>
    environments.flatMap((environment) => namespaces.map((namespace) => ({ service, environment, namespace }))),
  );
}

/** No selector may hold white space. */
const unnamed = " ";
