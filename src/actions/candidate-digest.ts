import { digest } from "../digest.ts";
import { targetKey } from "../target.ts";
import type { Candidate } from "./candidate.ts";

/** The identity of a plan: action, target, base texts and new texts. Confidence and prose are no part of it. */
export function candidateDigest({ action, target, files }: Pick<Candidate, "action" | "target" | "files">): string {
  return digest({
    action,
    target: targetKey(target),
    files: files.map(({ path, before, after }) => ({ path, before, after })),
  });
}
