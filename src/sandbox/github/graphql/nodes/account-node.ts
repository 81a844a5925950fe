/** Users, bots and organizations. */
import { iso } from "../../present/iso.ts";
import type { Account } from "../../world/accounts.ts";
import { nodeId } from "../../world/node-id.ts";
import type { World } from "../../world/world.ts";
import type { Node } from "../graphql-context.ts";

/** As an `Actor`: a bot's login has no suffix here, unlike in REST. */
export function actorNode(world: World, account: Account): Node {
  const bot = account.type === "Bot";
  const login = bot ? account.login.replace("[bot]", "") : account.login;
  return { ...facts(world, account, login), __typename: account.type };
}

/** As a `User`: where GitHub's schema has room for users only, a bot appears as one, with its suffix. */
export function userNode(world: World, account: Account): Node {
  return { ...facts(world, account, account.login), __typename: "User" };
}

function facts(world: World, account: Account, login: string) {
  const kind = account.type === "Bot" ? "bot" : account.type === "User" ? "user" : "organization";
  const path = account.type === "Bot" ? `/apps/${login.replace("[bot]", "")}` : `/${login}`;
  return {
    id: nodeId(kind, account.id),
    databaseId: account.id,
    login,
    name: account.name,
    email: "",
    url: `${world.url}${path}`,
    resourcePath: path,
    avatarUrl: `${world.url}/avatars/${account.id}`,
    createdAt: iso(world.createdAt),
  };
}
