/** Whether a program made the bump that is taken back. It is known by the name that it signs with, which anybody could do. */
import { fieldKey } from "../../gitops/catalogue/field-key.ts";
import { writerOfAuthor } from "../../gitops/catalogue/writer-of-author.ts";
import type { ActionInput } from "../action.ts";
import type { Candidate } from "../candidate.ts";
import { renovateFiles } from "./updater-files.ts";

export type Bumper = "renovate" | "dependabot";

/** Who wrote a value that goes away. What somebody signs can only add a risk, or a rule that ends by itself where a pin is asked for. */
export function bumpers({ effects }: Candidate, { changes }: ActionInput): ReadonlySet<Bumper> {
  const found = new Set<Bumper>();
  for (const effect of effects) {
    const key = fieldKey(effect);
    const made = changes.find(({ field, after }) => after === effect.before && fieldKey(field) === key);
    const author = made?.commit.author;
    if (author === undefined || writerOfAuthor(author) !== "renovate") continue;
    found.add(/dependabot/i.test(`${author.name} ${author.email}`) ? "dependabot" : "renovate");
  }
  return found;
}

/** Renovate's own configuration in this repository. */
export function renovateConfig({
  updaters,
}: ActionInput): { readonly file: string; readonly text: string } | undefined {
  for (const file of renovateFiles) {
    const text = updaters?.get(file);
    if (text !== undefined) return { file, text };
  }
  return undefined;
}

/** Renovate opens a pull request again; only where it merges its own the value is back at once. */
export function mergesItself(text: string): boolean {
  return /["']?automerge["']?\s*:\s*true\b|["']:automerge/.test(text);
}
