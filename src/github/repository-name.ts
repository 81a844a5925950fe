import { RemitError } from "../errors.ts";

const pattern = /^([A-Za-z0-9][A-Za-z0-9_-]{0,38})\/([A-Za-z0-9._-]{1,100})$/;

/** Splits `owner/name`. Throws repository-unknown for anything else, so that no name becomes another path. */
export function repositoryName(repository: string): { readonly owner: string; readonly name: string } {
  const [, owner, name] = pattern.exec(repository) ?? [];
  if (owner === undefined || name === undefined || name === "." || name === "..") {
    throw new RemitError(
      "repository-unknown",
      `"${repository.slice(0, 150)}" is no repository; write it as owner/name`,
      {
        audience: "user",
      },
    );
  }
  return { owner, name };
}
