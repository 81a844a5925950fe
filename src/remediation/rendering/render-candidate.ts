/**
 * What a candidate would do to the objects that a controller applies: rendered before and after, and compared with what it declares.
 * Refused where nothing would change, where more would, and where it couldn't be rendered any more. Where nobody can render it, the
 * candidate says so.
 */
import type { ActionResult, Candidate } from "../../actions/candidate.ts";
import { compareEffect, type RootDifferences } from "../../actions/effect/compare-effect.ts";
import { declaredChanges } from "../../actions/effect/declared-changes.ts";
import type { RenderedEffect } from "../../actions/effect/rendered-effect.ts";
import { readable } from "../../diagnosis/readable.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { RenderRoot } from "../../gitops/rendering/find-roots.ts";
import { objectDifferences } from "../../gitops/rendering/object-differences.ts";
import type { Reason } from "../../reason.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { countedTargets } from "./counted-targets.ts";
import { type Rendered, RenderSession } from "./render-session.ts";
import { sideOf } from "./side.ts";

/** More are no small change. */
const mostRoots = 20;

export async function renderCandidate(
  reader: RepositoryReader,
  revision: Revision,
  candidate: Candidate,
): Promise<ActionResult> {
  const catalogue = await reader.catalogue(revision);
  const roots = distinct(candidate.files.flatMap(({ path }) => catalogue.rootsOf?.(path) ?? []));
  if (roots.length === 0)
    return withEffect(candidate, notRendered("nothing in the repository says who applies these files"));
  if (roots.length > mostRoots) return withEffect(candidate, notRendered(`${roots.length} places apply these files`));
  const [before, after] = await Promise.all([
    sideOf(reader.mirror, revision, []),
    sideOf(reader.mirror, revision, candidate.files),
  ]);
  const sides = {
    before: new RenderSession(before, reader.renderer),
    after: new RenderSession(after, reader.renderer),
  };
  const counted = countedTargets(candidate, catalogue);
  const anyOwn = roots.some(counted.isOwn);
  const compared: RootDifferences[] = [];
  const chains = new Map<RootDifferences, RenderRoot["chains"]>();
  const tools = new Set<string>();
  let hindrance: string | undefined;
  let complete = true;
  for (const root of roots) {
    const name = nameOf(root);
    const own = !anyOwn || counted.isOwn(root);
    const [old, fresh] = await Promise.all([render(sides.before, root), render(sides.after, root)]);
    if (old.outcome === "rendered" && fresh.outcome === "not-rendered" && fresh.fails)
      return refused({ code: "render-fails", message: `${readable(name)} couldn't be rendered any more` });
    if (old.outcome === "not-rendered" || fresh.outcome === "not-rendered") {
      const { why } = old.outcome === "not-rendered" ? old : fresh.outcome === "not-rendered" ? fresh : { why: "" };
      hindrance ??= `${readable(name)}: ${why}`;
      if (own) complete = false;
      continue;
    }
    const { differences } = objectDifferences(old.objects, fresh.objects);
    const result = { name, own, differences, goesBack: () => false };
    compared.push(result);
    chains.set(result, root.chains);
    for (const { by } of [old, fresh]) if (by !== undefined) tools.add(by);
  }
  const comparison = compareEffect({
    declared: declaredChanges(candidate.files),
    roots: compared,
    complete,
    uncounted: (difference, root) => counted.uncounted(difference, root, chains.get(root) ?? []),
  });
  if (comparison.outcome === "differs") return refused(comparison.reason);
  if (hindrance !== undefined) return withEffect(candidate, notRendered(hindrance));
  return withEffect(candidate, { kind: "rendered", by: [...tools].toSorted(), effects: comparison.effects });
}

async function render(session: RenderSession, root: RenderRoot): Promise<Rendered> {
  switch (root.kind) {
    case "objects":
      return session.objects(root.file);
    case "kustomization":
      return session.kustomize({ directory: root.directory });
    case "release":
      return { outcome: "not-rendered", why: "a chart", fails: false };
    case "chart":
      return { outcome: "not-rendered", why: "nothing in the repository installs the chart", fails: false };
    case "generated":
      return { outcome: "not-rendered", why: "an ApplicationSet fills in what is applied", fails: false };
  }
}

function nameOf(root: RenderRoot): string {
  switch (root.kind) {
    case "kustomization":
    case "chart":
      return root.directory === "" ? "the repository's root" : root.directory;
    case "release":
      return root.by.file;
    case "objects":
    case "generated":
      return root.file;
  }
}

function distinct(roots: readonly RenderRoot[]): readonly RenderRoot[] {
  return [...new Map(roots.map((root) => [JSON.stringify(root), root])).values()];
}

function notRendered(why: string): RenderedEffect {
  return { kind: "not-rendered", why };
}

function withEffect(candidate: Candidate, rendered: RenderedEffect): ActionResult {
  return { outcome: "candidate", candidate: { ...candidate, rendered } };
}

function refused(reason: Reason): ActionResult {
  return { outcome: "refused", reasons: [reason] };
}
