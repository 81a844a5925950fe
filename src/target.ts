/** A service in an environment, as the repository itself spells them. Never made from a payload's text. */
export interface Target {
  readonly service: string;
  /** The repository's own word, `production` or `prd-rh02`; undefined where the repository has only one. */
  readonly environment: string | undefined;
  readonly namespace: string | undefined;
}

/** `checkout/production`: for people, logs and trailers. */
export function targetName(target: Target): string {
  return target.environment === undefined ? target.service : `${target.service}/${target.environment}`;
}

/** `checkout-production`: safe inside a git branch name. Distinct targets may share a slug, so a digest goes with it. */
export function targetSlug(target: Target): string {
  const slug = targetName(target)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return slug === "" ? "target" : slug;
}

/** The key that tells targets of one repository apart. */
export function targetKey(target: Target): string {
  return [target.service, target.environment ?? "", target.namespace ?? ""].join("\u0000");
}
