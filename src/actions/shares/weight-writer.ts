/** Who decides a split's weights while it runs, so that what git says is overwritten: Flagger, or a Rollout's controller. */

import { at } from "../../gitops/catalogue/node-access.ts";
import { writerNames } from "../../gitops/catalogue/writer-names.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { RepositoryObject } from "../read-objects.ts";
import type { Split } from "./find-splits.ts";

/** For people; undefined where nobody is known to. `own`: the target's objects. */
export function weightWriter(split: Split, own: readonly RepositoryObject[]): string | undefined {
  const writer = split.shares.flatMap(({ field }) => field?.writers ?? [])[0];
  if (writer !== undefined) return `${writerNames[writer.kind]} (${writer.file}:${writer.line})`;
  const { object } = split;
  const name = object?.name;
  if (name === undefined || object?.kind === "Rollout") return undefined;
  const controller = own.find(
    ({ kind, root }) =>
      (kind === "Rollout" && mentions(at(root, "spec", "strategy", "canary", "trafficRouting"), name)) ||
      (kind === "Canary" && [at(root, "metadata"), at(root, "spec", "service")].some((part) => mentions(part, name))),
  );
  return controller && `the ${controller.kind} ${controller.name ?? ""} (${controller.file})`;
}

/** The route's name is a value somewhere in it. */
function mentions(node: YamlNode | undefined, name: string): boolean {
  if (node?.kind === "scalar") return node.value === name;
  if (node?.kind === "sequence") return node.items.some((item) => mentions(item, name));
  return node?.kind === "mapping" && node.entries.some(({ value }) => mentions(value, name));
}
