/** What an ApplicationSet's `templatePatch` makes of the template, for one set of parameters. */
import { type Parameters, type TemplateFacts, templateFacts } from "./application-set-facts.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { readTree } from "./read-tree.ts";

export interface PatchedTemplate {
  readonly template: TemplateFacts;
  /** Does the patch say something about what counts here that isn't a plain look-up? The template says nothing then. */
  readonly hidden: boolean;
}

/** The patch wins; what it doesn't mention stays. Lists of sources are replaced as a whole. */
export function patchedTemplate(template: TemplateFacts, patch: string, parameters: Parameters): PatchedTemplate {
  const filled = fillPlaceholders(patch, parameters);
  const parsed = filled === undefined ? undefined : readTree("patch.yaml", filled);
  const [root, ...others] = parsed?.ok === true ? parsed.documents : [];
  if (root?.kind !== "mapping" || others.length > 0) return withoutMentioned(template, patch);
  const own = templateFacts(root);
  return {
    template: {
      name: own.name ?? template.name,
      namespace: own.namespace ?? template.namespace,
      paths: own.paths.length > 0 ? own.paths : template.paths,
    },
    hidden: false,
  };
}

/** Conditions and loops aren't followed: what stands among them may be said, or not. */
function withoutMentioned(template: TemplateFacts, patch: string): PatchedTemplate {
  // On one line anything may stand anywhere.
  const flow = /^\s*\{(?!\{)/.test(patch);
  const name = flow || /^\s+["']?name["']?:/m.test(topBlock(patch, "metadata"));
  const destination = flow || (/["']?destination["']?:/.test(patch) && /["']?namespace["']?:/.test(patch));
  const paths = flow || /^[\s-]*["']?path["']?:/m.test(patch) || /["']?sources?["']?:\s*[[{]/.test(patch);
  return {
    template: {
      name: name ? undefined : template.name,
      namespace: destination ? undefined : template.namespace,
      paths: paths ? [] : template.paths,
    },
    hidden: name || destination || paths,
  };
}

/** The lines below a topmost key, those of the template language included. */
function topBlock(text: string, key: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (start < 0) return "";
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^[^\s{#-]/.test(line));
  return `${lines[start]?.slice(key.length + 1)}\n${rest.slice(0, end < 0 ? rest.length : end).join("\n")}`;
}
