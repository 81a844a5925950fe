/** Does a program write under this name? Only for what a commit's message doesn't say. */
import type { Person } from "../mirror/mirror.ts";

const program =
  /\[bot\]|(?:^|[\W_])(?:bots?|ci|cd|automation|automated|renovate|dependabot|fluxcd?|flux|argocd|argo-cd|image-updater|github-actions?|jenkins|tekton|pipelines?|svc|service-account)(?:$|[\W_])|bot$/i;

export function isAutomated({ name, email }: Person): boolean {
  return program.test(name) || program.test(email.split("@", 1)[0] ?? "");
}
