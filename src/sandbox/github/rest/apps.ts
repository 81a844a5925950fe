/** The App, its installation and its tokens. */

import { iso } from "../present/iso.ts";
import { presentApp, presentInstallation } from "../present/present-app.ts";
import { presentFullRepository, presentRepository } from "../present/present-repository.ts";
import type { Level, Permission, Permissions } from "../world/actor.ts";
import { Refusal } from "../world/refusal.ts";
import { found } from "./find.ts";
import { created, noContent, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

export const apps: readonly RestRoute[] = [
  {
    operation: "apps/get-authenticated",
    need: "app-jwt",
    handle: ({ world }) => ok({ ...presentApp(world, world.remit), installations_count: 1 }),
  },
  {
    operation: "apps/get-by-slug",
    need: "anyone",
    handle: ({ world, params }) =>
      ok(presentApp(world, found([world.remit, world.ci].find((app) => app.slug === params.string("app_slug"))))),
  },
  {
    operation: "apps/list-installations",
    need: "app-jwt",
    handle: (call) => page(call, [presentInstallation(call.world)]),
  },
  {
    operation: "apps/get-installation",
    need: "app-jwt",
    handle: (call) => {
      findInstallation(call);
      return ok(presentInstallation(call.world));
    },
  },
  {
    operation: "apps/get-repo-installation",
    need: "app-jwt",
    handle: (call) => {
      const { owner, name } = call.world;
      if (call.params.string("owner") !== owner || call.params.string("repo") !== name) throw Refusal.notFound();
      if (call.world.installed === "removed") throw Refusal.notFound();
      return ok(presentInstallation(call.world));
    },
  },
  {
    operation: "apps/get-org-installation",
    need: "app-jwt",
    handle: (call) => {
      if (call.params.string("org") !== call.world.owner) throw Refusal.notFound();
      return ok(presentInstallation(call.world));
    },
  },
  { operation: "apps/create-installation-access-token", need: "app-jwt", handle: createToken },
  {
    operation: "apps/revoke-installation-access-token",
    need: "anyone",
    handle: ({ actor, credentials }) => {
      if (actor.kind !== "installation")
        throw new Refusal(403, "You must authenticate with an installation access token");
      credentials.revoke(actor.token);
      return noContent;
    },
  },
  {
    operation: "apps/list-repos-accessible-to-installation",
    need: "anyone",
    handle: (call) => {
      if (call.actor.kind !== "installation")
        throw new Refusal(403, "You must authenticate with an installation access token");
      return page(call, [presentRepository(call.world)], (repositories) => ({ total_count: 1, repositories }));
    },
  },
];

function createToken(call: RestCall) {
  findInstallation(call);
  const { world, body } = call;
  if (world.installed === "suspended") throw Refusal.suspended();
  const names = body.strings("repositories") ?? [];
  const ids = body.list("repository_ids") ?? [];
  if (names.some((name) => name !== world.name) || ids.some((id) => id !== world.repositoryId)) {
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  const permissions = narrowed(world.permissions, body.raw("permissions"));
  const issued = call.credentials.createInstallationToken(permissions);
  const narrow = names.length + ids.length > 0;
  return created({
    token: issued.token,
    expires_at: iso(issued.expiresAt),
    permissions,
    repository_selection: "selected",
    ...(narrow ? { repositories: [presentFullRepository(world)] } : {}),
  });
}

function narrowed(held: Permissions, wanted: unknown): Permissions {
  if (typeof wanted !== "object" || wanted === null) return held;
  const granted: Partial<Record<Permission, Level>> = {};
  const asked = new Map<string, unknown>(Object.entries(wanted));
  for (const [name, level] of asked) {
    const permission = permissionNames(held).find((candidate) => candidate === name);
    const most = permission === undefined ? undefined : held[permission];
    if (permission === undefined || most === undefined || (level === "write" && most === "read")) {
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
    granted[permission] = level === "write" ? "write" : "read";
  }
  return { ...granted, metadata: "read" };
}

function permissionNames(permissions: Permissions): Permission[] {
  const names: readonly Permission[] = [
    "actions",
    "administration",
    "checks",
    "contents",
    "deployments",
    "issues",
    "merge_queues",
    "metadata",
    "pull_requests",
    "statuses",
    "workflows",
  ];
  return names.filter((name) => permissions[name] !== undefined);
}

function findInstallation(call: RestCall): void {
  const { installationId, installed } = call.world;
  if (call.params.integer("installation_id") !== installationId || installed === "removed") throw Refusal.notFound();
}
