import type { WriterKind } from "./catalogue.ts";

/** Names that bots sign with by default. */
const signatures: readonly (readonly [kind: WriterKind, name: RegExp])[] = [
  ["renovate", /\b(?:renovate|dependabot|mend-bot)\b/i],
  ["flux-automation", /\bflux(?:cdbot|cd-bot|-image-automation|bot)\b/i],
  ["image-updater", /\b(?:argocd-)?image-updater\b/i],
  ["kargo", /\bkargo\b/i],
];

/**
 * Which bot a commit's author is, by the name that it signs with; undefined for people. Anybody can sign like that: this explains
 * a history and never decides anything.
 */
export function writerOfAuthor(author: { readonly name: string; readonly email: string }): WriterKind | undefined {
  return signatures.find(([, pattern]) => pattern.test(author.name) || pattern.test(author.email))?.[0];
}
