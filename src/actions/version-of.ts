import { readable } from "../diagnosis/readable.ts";
import type { FieldRole } from "../gitops/catalogue/catalogue.ts";
import type { FieldEffect } from "./candidate.ts";

/** What a person would call the version, in this order. */
const order: readonly FieldRole[] = ["image-tag", "image", "chart-version", "revision", "image-name", "image-digest"];

/** The value that names the version in a title: a tag before a digest, an image by its tag. Else `3 replicas` or the value itself. */
export function versionOf(effects: readonly FieldEffect[], side: "before" | "after"): string {
  const main = order
    .map((role) => effects.find((effect) => effect.role === role))
    .find((effect) => effect !== undefined);
  const effect = main ?? effects[0];
  if (effect === undefined) return "what it was";
  const value = readable(effect[side]);
  if (effect.role === "replicas") return value === "1" ? "1 replica" : `${value} replicas`;
  if (effect.role === "image") return /:([^:/@]+)(?:@.*)?$/.exec(value)?.[1] ?? value;
  return effect.role === "image-tag" ? value.replace(/@.*$/, "") : value;
}
