/**
 * Flipt's features file. Of a boolean flag, `enabled` is only what applies where no rollout does: rollouts come first.
 * Source: https://docs.flipt.io/concepts
 */
import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { at, itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { Reason } from "../../reason.ts";
import type { FlagChange, FlagEdit, FlagFormat, FoundFlag } from "./flag.ts";
import { refuseFlag } from "./refuse-flag.ts";

export const flipt: FlagFormat = {
  flagsIn(root, kind) {
    if (kind !== undefined) return [];
    const namespace = textAt(root, "namespace") ?? textAt(root, "namespace", "key");
    return itemsAt(root, "flags").flatMap((node, index) => {
      const name = textAt(node, "key");
      const isFlag = name !== undefined && at(node, "state") === undefined && isFlipt(node);
      return isFlag ? [{ name, path: ["flags", index], node, namespace }] : [];
    });
  },
  change(flag, state) {
    if (state !== "on" && state !== "off")
      return refuseFlag(
        "flag-variant-unknown",
        "rules choose among the flag's variants: it can only be turned on or off",
      );
    const on = state === "on";
    return isBoolean(flag.node) ? setBoolean(flag, on) : setVariant(flag, on);
  },
};

function isFlipt(node: YamlNode): boolean {
  return ["enabled", "type", "rollouts", "rules"].some((key) => at(node, key) !== undefined);
}

function isBoolean(node: YamlNode): boolean {
  return textAt(node, "type") === "BOOLEAN_FLAG_TYPE";
}

function setVariant(flag: FoundFlag, on: boolean): FlagChange {
  const kept = itemsAt(flag.node, "variants").find((variant) => textAt(variant, "default") === "true");
  const message = "a flag that isn't enabled still returns its default variant";
  const risks: readonly Reason[] = !on && kept !== undefined ? [{ code: "flag-default-unknown", message }] : [];
  return { outcome: "change", edits: [enabled(flag, on)], risks, reasons: [] };
}

function setBoolean(flag: FoundFlag, on: boolean): FlagChange {
  const rollouts = itemsAt(flag.node, "rollouts");
  if (on) {
    const message = "rollouts still decide for those whom they name";
    const risks: readonly Reason[] = rollouts.length === 0 ? [] : [{ code: "flag-targeting", message }];
    return { outcome: "change", edits: [enabled(flag, on)], risks, reasons: [] };
  }
  const edits = rollouts.flatMap((rollout, index) => turnedOff(rollout, [...flag.path, "rollouts", index]));
  const message = "rollouts come before the default, so those that return true are turned off, too";
  const reasons: readonly Reason[] = edits.length === 0 ? [] : [{ code: "flag-targeting", message }];
  return { outcome: "change", edits: [enabled(flag, on), ...edits], risks: [], reasons };
}

/** Without a value a rollout returns false. */
function turnedOff(rollout: YamlNode, path: FieldPath): readonly FlagEdit[] {
  return ["segment", "threshold"].flatMap((kind) =>
    textAt(rollout, kind, "value") === "true" ? [{ kind: "set", path: [...path, kind, "value"], after: "false" }] : [],
  );
}

/** Without `enabled` a flag isn't. */
function enabled({ node, path }: FoundFlag, on: boolean): FlagEdit {
  const place = [...path, "enabled"];
  return at(node, "enabled") === undefined
    ? { kind: "insert", path: place, value: on }
    : { kind: "set", path: place, after: String(on) };
}
