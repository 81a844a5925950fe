/** A user, bot or organization in REST's "simple user" form. */
import type { Account } from "../world/accounts.ts";
import { nodeId } from "../world/node-id.ts";
import type { World } from "../world/world.ts";

export function presentAccount(world: World, account: Account) {
  const url = `${world.url}/api/v3/users/${encodeURIComponent(account.login)}`;
  const kind = account.type === "User" ? "user" : account.type === "Bot" ? "bot" : "organization";
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(kind, account.id),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}
