/** The people and the Apps of the stand-in. */

import { RemitError } from "../../../errors.ts";

export type Role = "admin" | "write" | "read" | "none";

export interface Account {
  readonly type: "User" | "Bot" | "Organization";
  /** As REST shows it: a bot's ends in `[bot]`. */
  readonly login: string;
  readonly id: number;
  readonly name: string;
  readonly email: string;
  /** Role on the repository; Apps act by permissions instead. */
  readonly role: Role;
}

export interface AppAccount {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly bot: Account;
}

export const PEOPLE = ["alice", "bob", "carol", "mallory"] as const;
export type Person = (typeof PEOPLE)[number];

const ROLES: Readonly<Record<Person, Role>> = { alice: "admin", bob: "write", carol: "read", mallory: "none" };

export const people: readonly Account[] = PEOPLE.map((login, index) => ({
  type: "User",
  login,
  id: 1001 + index,
  name: `${login[0]?.toUpperCase()}${login.slice(1)}`,
  email: `${1001 + index}+${login}@users.noreply.github.com`,
  role: ROLES[login],
}));

export function personNamed(login: Person): Account {
  const found = people.find((account) => account.login === login);
  if (found === undefined)
    throw new RemitError("usage", `the sandbox has no person called ${login}`, { audience: "user" });
  return found;
}

/** Who commits what GitHub itself writes: merges and commits through the API. */
export const webFlow: Account = {
  type: "User",
  login: "web-flow",
  id: 19864447,
  name: "GitHub",
  email: "noreply@github.com",
  role: "none",
};

export function app(id: number, slug: string, name: string, botId: number): AppAccount {
  const login = `${slug}[bot]`;
  const email = `${botId}+${login}@users.noreply.github.com`;
  return {
    id,
    slug,
    name,
    clientId: `Iv23sandbox${String(id).padStart(9, "0")}`,
    bot: { type: "Bot", login, id: botId, name: login, email, role: "none" },
  };
}
