/** Who makes a request, and what they may do. */
import type { Account, AppAccount, Role } from "./accounts.ts";

export type Permission =
  | "actions"
  | "administration"
  | "checks"
  | "contents"
  | "deployments"
  | "issues"
  | "merge_queues"
  | "metadata"
  | "pull_requests"
  | "statuses"
  | "workflows";
export type Level = "read" | "write";
export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly account: Account }
  /** An App that shows its signed JWT. */
  | { readonly kind: "app"; readonly app: AppAccount }
  | {
      readonly kind: "installation";
      readonly app: AppAccount;
      readonly account: Account;
      readonly permissions: Permissions;
      readonly token: string;
    };

/** What an operation needs: any one of the permissions from an App, the role from a person. */
export interface Need {
  /** `issues:write|pull_requests:write`; undefined: Apps may not. */
  readonly app?: string;
  /** Least role of a person; undefined: people may not. */
  readonly user?: Exclude<Role, "none">;
}

const RANK: Readonly<Record<Role, number>> = { none: 0, read: 1, write: 2, admin: 3 };

export function may(actor: Actor, need: Need): boolean {
  if (actor.kind === "user") return need.user !== undefined && RANK[actor.account.role] >= RANK[need.user];
  if (actor.kind !== "installation" || need.app === undefined) return false;
  return need.app.split("|").some((wanted) => {
    const [permission = "", level] = wanted.split(":");
    const held = new Map(Object.entries(actor.permissions)).get(permission);
    return permission === "metadata" || held === "write" || (held === "read" && level === "read");
  });
}

/** Can it see the repository at all? */
export function sees(actor: Actor): boolean {
  return actor.kind === "installation" || (actor.kind === "user" && actor.account.role !== "none");
}

/** Name in the request log. */
export function actorName(actor: Actor): string {
  if (actor.kind === "anonymous") return "anonymous";
  return actor.kind === "app" ? `app:${actor.app.slug}` : actor.account.login;
}
