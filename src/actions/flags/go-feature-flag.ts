/**
 * GO Feature Flag: a disabled flag returns the default that the code gives, and a step of `scheduledRollout` may enable it again.
 * Source: https://gofeatureflag.org/docs/configure_flag/create-flags
 */
import { at, isMapping, itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import { chooseVariant } from "./choose-variant.ts";
import type { FlagChange, FlagFormat, FoundFlag } from "./flag.ts";
import { refuseFlag } from "./refuse-flag.ts";

export const goFeatureFlag: FlagFormat = {
  flagsIn(root, kind) {
    if (kind !== undefined || !isMapping(root)) return [];
    return root.entries.flatMap(({ key, value }) =>
      key !== undefined && isMapping(at(value, "variations")) && at(value, "defaultRule") !== undefined
        ? [{ name: key, path: [key], node: value }]
        : [],
    );
  },
  change(flag, state) {
    const { node } = flag;
    const disabled = textAt(node, "disable") === "true";
    if (state === "off" || (state === "on" && disabled)) return setDisabled(flag, state === "off");
    if (disabled) return refuseFlag("flag-default-unknown", "the flag is disabled, so that no variation is returned");
    return setVariation(flag, state);
  },
};

function setDisabled({ node, path }: FoundFlag, disabled: boolean): FlagChange {
  if (itemsAt(node, "scheduledRollout").some((step) => at(step, "disable") !== undefined))
    return refuseFlag("flag-scheduled", "a step of scheduledRollout decides whether the flag is disabled");
  const place = [...path, "disable"];
  const message = "a disabled flag returns the default that the code itself gives, which isn't in the repository";
  return {
    outcome: "change",
    edits: [
      at(node, "disable") === undefined
        ? { kind: "insert", path: place, value: disabled }
        : { kind: "set", path: place, after: String(disabled) },
    ],
    risks: disabled ? [{ code: "flag-default-unknown", message }] : [],
    reasons: [],
  };
}

function setVariation({ node, path }: FoundFlag, state: string): FlagChange {
  const variant = chooseVariant(node, "variations", state);
  if ("reason" in variant) return { outcome: "refused", reasons: [variant.reason] };
  if (at(node, "scheduledRollout") !== undefined || at(node, "experimentation") !== undefined)
    return refuseFlag("flag-scheduled", "scheduledRollout or experimentation decides what the flag returns, and when");
  if (textAt(node, "defaultRule", "variation") === undefined)
    return refuseFlag("flag-targeting", "the default rule returns several variations by shares");
  const message = "targeting still decides for those whom it names";
  return {
    outcome: "change",
    edits: [{ kind: "set", path: [...path, "defaultRule", "variation"], after: variant.name }],
    risks: isEmpty(at(node, "targeting")) ? [] : [{ code: "flag-targeting", message }],
    reasons: [],
  };
}

function isEmpty(targeting: YamlNode | undefined): boolean {
  return targeting === undefined || (targeting.kind === "sequence" && targeting.items.length === 0);
}
