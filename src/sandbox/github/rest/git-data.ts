/** The Git Data API: refs, commits, trees and blobs. */

import { signedCommit } from "../acts/commit-on-branch.ts";
import { createRef, deleteRef, moveRef } from "../acts/refs.ts";
import type { Fields } from "../fields.ts";
import { ZERO_OID } from "../git/git-repository.ts";
import { presentGitCommit } from "../present/present-commit.ts";
import { nodeId } from "../world/node-id.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { found } from "./find.ts";
import { created, noContent, ok, type RestCall, type RestRoute } from "./rest-route.ts";

const READ = { app: "contents:read", user: "read" } as const;
const WRITE = { app: "contents:write", user: "write" } as const;

export const gitData: readonly RestRoute[] = [
  {
    operation: "git/get-ref",
    need: READ,
    handle: async ({ world, params }) => {
      const ref = `refs/${params.string("ref")}`;
      return ok(presentRef(world, ref, found(await world.git.readRef(ref))));
    },
  },
  {
    operation: "git/list-matching-refs",
    need: READ,
    handle: async ({ world, params }) => {
      const prefix = `refs/${params.string("ref")}`;
      const refs = [...(await world.git.refs("refs/heads")), ...(await world.git.refs("refs/tags"))];
      return ok(refs.filter(([ref]) => ref.startsWith(prefix)).map(([ref, oid]) => presentRef(world, ref, oid)));
    },
  },
  {
    operation: "git/create-ref",
    need: WRITE,
    handle: async ({ world, account, body }) => {
      const ref = body.string("ref") ?? "";
      const oid = body.string("sha") ?? "";
      await createRef(world, account, ref, oid);
      return created(presentRef(world, ref, oid));
    },
  },
  {
    operation: "git/update-ref",
    need: WRITE,
    handle: async ({ world, account, params, body }) => {
      const ref = `refs/${params.string("ref")}`;
      const oid = body.string("sha") ?? "";
      await moveRef(world, account, ref, oid, body.boolean("force") ?? false);
      return ok(presentRef(world, ref, oid));
    },
  },
  {
    operation: "git/delete-ref",
    need: WRITE,
    handle: async ({ world, account, params }) => {
      await deleteRef(world, account, `refs/${params.string("ref")}`);
      return noContent;
    },
  },
  {
    operation: "git/get-commit",
    need: READ,
    handle: async ({ world, params }) => {
      const oid = await objectOf(world, params.string("commit_sha"), "commit");
      return ok(presentGitCommit(world, await world.git.commit(oid)));
    },
  },
  { operation: "git/create-commit", need: WRITE, handle: createCommit },
  { operation: "git/get-tree", need: READ, handle: getTree },
  { operation: "git/create-tree", need: WRITE, handle: createTree },
  {
    operation: "git/get-blob",
    need: READ,
    handle: async ({ world, params }) => {
      const oid = await objectOf(world, params.string("file_sha"), "blob");
      const content = await world.git.readBlob(oid);
      return ok({
        sha: oid,
        node_id: nodeId("blob", oid),
        size: content.length,
        url: `${world.apiUrl}/git/blobs/${oid}`,
        content: content.toString("base64"),
        encoding: "base64",
      });
    },
  },
  {
    operation: "git/create-blob",
    need: WRITE,
    handle: async ({ world, body }) => {
      const encoding = body.string("encoding") === "base64" ? "base64" : "utf8";
      const sha = await world.git.writeBlob(Buffer.from(body.string("content") ?? "", encoding));
      return created({ sha, url: `${world.apiUrl}/git/blobs/${sha}` });
    },
  },
];

async function createCommit({ world, account, body }: RestCall) {
  const parents = body.strings("parents") ?? [];
  const tree = await objectOf(world, body.string("tree"), "tree", "Tree SHA does not exist");
  for (const parent of parents)
    await objectOf(world, parent, "commit", "Parent SHA does not exist or is not a commit object");
  const oid = await signedCommit(world, account, {
    tree,
    parents,
    message: body.string("message") ?? "",
    author: identity(world, body.object("author")),
    committer: identity(world, body.object("committer")),
  });
  // Only Apps get GitHub's signature here; a person's commit stays unsigned.
  if (account.type !== "Bot") world.signed.delete(oid);
  return created(presentGitCommit(world, await world.git.commit(oid)));
}

function identity(world: World, fields: Fields | undefined) {
  if (fields === undefined) return undefined;
  return {
    name: fields.string("name") ?? "",
    email: fields.string("email") ?? "",
    at: fields.instant("date") ?? world.now(),
  };
}

async function getTree({ world, params, query }: RestCall) {
  const object = found(await world.git.resolve(`${params.string("tree_sha")}^{tree}`));
  const entries = await world.git.readTree(object.oid, { recursive: query.has("recursive") });
  return ok(presentTree(world, object.oid, entries));
}

async function createTree({ world, body }: RestCall) {
  const base = body.string("base_tree");
  const changes = (body.objects("tree") ?? []).map((entry) => {
    const content = entry.string("content");
    const oid = entry.string("sha") ?? (content === undefined ? ZERO_OID : undefined);
    return {
      path: entry.string("path") ?? "",
      mode: entry.string("mode") ?? "100644",
      ...(content === undefined ? {} : { content }),
      ...(oid === undefined ? {} : { oid }),
    };
  });
  const tree = base === undefined ? undefined : found(await world.git.resolve(`${base}^{tree}`)).oid;
  const oid = await world.git.writeTree(tree, changes).catch(() => {
    throw new Refusal(422, "tree.sha is not a valid tree or blob");
  });
  return created(presentTree(world, oid, await world.git.readTree(oid)));
}

function presentTree(world: World, oid: string, entries: Awaited<ReturnType<World["git"]["readTree"]>>) {
  return {
    sha: oid,
    url: `${world.apiUrl}/git/trees/${oid}`,
    truncated: false,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.oid,
      ...(entry.size === undefined ? {} : { size: entry.size }),
      url: `${world.apiUrl}/git/${entry.type}s/${entry.oid}`,
    })),
  };
}

function presentRef(world: World, ref: string, oid: string) {
  return {
    ref,
    node_id: nodeId("ref", ref),
    url: `${world.apiUrl}/git/${ref}`,
    object: { sha: oid, type: "commit", url: `${world.apiUrl}/git/commits/${oid}` },
  };
}

async function objectOf(world: World, oid: string | undefined, type: string, missing?: string): Promise<string> {
  const object = oid !== undefined && /^[0-9a-f]{40}$/.test(oid) ? await world.git.resolve(oid) : undefined;
  if (object?.type === type) return object.oid;
  throw missing === undefined ? Refusal.notFound() : new Refusal(422, missing);
}
