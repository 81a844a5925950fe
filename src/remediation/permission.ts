/** What GitHub says that somebody may do on a repository, from least to most. */
import type { Permission } from "./situation.ts";

const order: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

export function atLeast(permission: Permission, least: Permission): boolean {
  return order.indexOf(permission) >= order.indexOf(least);
}

/** undefined for what is none. */
export function permissionNamed(text: string): Permission | undefined {
  return order.find((permission) => permission === text);
}
