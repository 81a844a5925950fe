import type { Limits } from "./authority.ts";
import { distinct } from "./distinct.ts";

/** The longest cooldown, the smallest of each number, and every rate: at least as strict as each of them. Of at least one. */
export function strictestLimits(limits: readonly Limits[]): Limits {
  const fewest = (key: "attempts" | "files" | "lines" | "targets" | "replicas" | "resources") =>
    Math.min(...limits.map((each) => each[key]));
  const every = (key: "perTarget" | "perService" | "perRepository" | "perInstallation") =>
    distinct(
      limits.flatMap((each) => each[key]),
      ({ count, windowMs }) => [windowMs, count].map((number) => String(number).padStart(16, "0")).join("/"),
    );
  return {
    cooldownMs: Math.max(...limits.map(({ cooldownMs }) => cooldownMs)),
    perTarget: every("perTarget"),
    perService: every("perService"),
    perRepository: every("perRepository"),
    perInstallation: every("perInstallation"),
    attempts: fewest("attempts"),
    files: fewest("files"),
    lines: fewest("lines"),
    targets: fewest("targets"),
    replicas: fewest("replicas"),
    resources: fewest("resources"),
    rendering: limits.some(({ rendering }) => rendering === "required") ? "required" : "optional",
  };
}
