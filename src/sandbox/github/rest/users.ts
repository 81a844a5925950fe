/** The people, and how many requests one has left. */
import { iso } from "../present/iso.ts";
import { presentAccount } from "../present/present-account.ts";
import type { Account } from "../world/accounts.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { found } from "./find.ts";
import { ok, type RestRoute } from "./rest-route.ts";

export const users: readonly RestRoute[] = [
  {
    operation: "users/get-authenticated",
    need: "anyone",
    handle: ({ world, actor, account }) => {
      if (actor.kind !== "user") throw new Refusal(403, "Resource not accessible by integration");
      return ok(profile(world, account));
    },
  },
  {
    operation: "users/get-by-username",
    need: "anyone",
    handle: ({ world, params }) =>
      ok(profile(world, found(world.accounts.find((account) => account.login === params.string("username"))))),
  },
];

function profile(world: World, account: Account) {
  return {
    ...presentAccount(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: iso(world.createdAt),
    updated_at: iso(world.createdAt),
  };
}
