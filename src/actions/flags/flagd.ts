/**
 * flagd's flags, in files and in OpenFeature's FeatureFlag. `state: DISABLED` leaves the value to the code's own default, which
 * nobody knows here, so off means the variant that is off: as the default, and as whatever targeting returns.
 * Source: https://flagd.dev/reference/flag-definitions/
 */
import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { at, isMapping, textAt } from "../../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { Reason } from "../../reason.ts";
import { chooseVariant, isOffVariant } from "./choose-variant.ts";
import type { FlagChange, FlagEdit, FlagFormat, FoundFlag } from "./flag.ts";
import { refuseFlag } from "./refuse-flag.ts";
import { type TargetingResults, targetingResults } from "./targeting-results.ts";

export const flagd: FlagFormat = {
  flagsIn(root, kind) {
    if (kind !== undefined && kind !== "FeatureFlag") return [];
    const base = kind === undefined ? ["flags"] : ["spec", "flagSpec", "flags"];
    const flags = at(root, ...base);
    if (flags?.kind === "mapping")
      return flags.entries.flatMap(({ key, value }) => asFlag(key, value, [...base, key ?? ""]));
    if (flags?.kind !== "sequence") return [];
    return flags.items.flatMap((item, index) => asFlag(textAt(item, "key"), item, [...base, index]));
  },
  change,
};

function asFlag(name: string | undefined, node: YamlNode, path: FieldPath): readonly FoundFlag[] {
  const isFlag = name !== undefined && isMapping(at(node, "variants")) && textAt(node, "state") !== undefined;
  return isFlag ? [{ name, path, node }] : [];
}

function change({ node, path }: FoundFlag, state: string): FlagChange {
  const disabled = textAt(node, "state") === "DISABLED";
  const variant = chooseVariant(node, "variants", state);
  if ("reason" in variant) return { outcome: "refused", reasons: [variant.reason] };
  const off = isOffVariant(node, "variants", variant.name);
  if (disabled && off)
    return refuseFlag("flag-default-unknown", "the flag is disabled already: what the code's own default is decides");
  const results = targetingResults(at(node, "targeting"), [...path, "targeting"]);
  if (results === undefined)
    return refuseFlag("flag-targeting", "targeting computes what the flag returns in a way that isn't understood");
  const targeted = off ? turnedOff(results, variant.name) : besideTargeting(results);
  if (targeted === undefined)
    return refuseFlag("flag-targeting", "targeting decides for everybody, so the default variant is never used");
  const edits: FlagEdit[] = disabled ? [{ kind: "set", path: [...path, "state"], after: "ENABLED" }] : [];
  const place = [...path, "defaultVariant"];
  if (at(node, "defaultVariant") === undefined) edits.push({ kind: "insert", path: place, value: variant.name });
  else edits.push({ kind: "set", path: place, after: variant.name });
  return { outcome: "change", ...targeted, edits: [...edits, ...targeted.edits] };
}

interface Targeted {
  readonly edits: readonly FlagEdit[];
  readonly risks: readonly Reason[];
  readonly reasons: readonly Reason[];
}

/** For everybody: whatever targeting returns becomes the variant that is off. */
function turnedOff({ variants }: TargetingResults, off: string): Targeted {
  const edits = variants
    .filter(({ name }) => name !== off)
    .map(({ path }) => ({ kind: "set" as const, path, after: off }));
  const message = "targeting returned other variants, so what it returns is turned off, too";
  return { edits, risks: [], reasons: edits.length === 0 ? [] : [{ code: "flag-targeting", message }] };
}

/** Whom targeting chose for something stays with it. */
function besideTargeting({ variants, fallsThrough }: TargetingResults): Targeted | undefined {
  if (!fallsThrough) return undefined;
  const message = "targeting still decides for those whom it names";
  return { edits: [], risks: variants.length === 0 ? [] : [{ code: "flag-targeting", message }], reasons: [] };
}
