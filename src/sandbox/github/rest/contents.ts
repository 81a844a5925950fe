/** The contents API: files and directories of a branch. */
import { commitOnBranch } from "../acts/commit-on-branch.ts";
import type { Fields } from "../fields.ts";
import type { Identity } from "../git/git-objects.ts";
import { presentGitCommit } from "../present/present-commit.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { findCommit, found } from "./find.ts";
import { ok, type RestCall, type RestRoute } from "./rest-route.ts";

const WRITE = { app: "contents:write", user: "write" } as const;

export const contents: readonly RestRoute[] = [
  { operation: "repos/get-content", need: { app: "contents:read", user: "read" }, handle: getContent },
  { operation: "repos/create-or-update-file-contents", need: WRITE, handle: putContent },
  { operation: "repos/delete-file", need: WRITE, handle: deleteContent },
];

async function getContent({ world, params, query }: RestCall) {
  const ref = query.string("ref") ?? world.defaultBranch;
  const path = params.string("path") ?? "";
  const commit = await findCommit(world, ref).catch(() => {
    throw new Refusal(404, `No commit found for the ref ${ref}`);
  });
  const object = found(await world.git.resolve(`${commit.oid}:${path}`));
  if (object.type === "blob") return ok(await presentBlob(world, path, ref, object.oid));
  const entries = await world.git.readTree(commit.oid, { path });
  return ok(
    entries.map((entry) => ({
      ...links(world, entry.path, ref, entry.oid, entry.type === "tree" ? "tree" : "blob"),
      type: entry.type === "tree" ? "dir" : "file",
      size: entry.size ?? 0,
    })),
  );
}

async function putContent(call: RestCall) {
  const { world, account, params, body } = call;
  const path = params.string("path") ?? "";
  const branch = body.string("branch") ?? world.defaultBranch;
  const existing = await world.git.resolve(`refs/heads/${branch}:${path}`);
  checkSha(path, existing?.oid, body.string("sha"));
  const content = Buffer.from(body.string("content") ?? "", "base64");
  const oid = await commitOnBranch(world, account, {
    branch,
    expectedHead: undefined,
    message: body.string("message") ?? "",
    changes: [{ path, content }],
    ...identities(world, body),
  });
  const blob = found(await world.git.resolve(`${oid}:${path}`));
  const shown = { ...links(world, path, branch, blob.oid, "blob"), type: "file", size: blob.size };
  const commit = presentGitCommit(world, await world.git.commit(oid));
  return { status: existing === undefined ? 201 : 200, body: { content: shown, commit } };
}

async function deleteContent({ world, account, params, body }: RestCall) {
  const path = params.string("path") ?? "";
  const branch = body.string("branch") ?? world.defaultBranch;
  const existing = found(await world.git.resolve(`refs/heads/${branch}:${path}`));
  checkSha(path, existing.oid, body.string("sha"));
  const oid = await commitOnBranch(world, account, {
    branch,
    expectedHead: undefined,
    message: body.string("message") ?? "",
    changes: [{ path }],
    ...identities(world, body),
  });
  return ok({ content: null, commit: presentGitCommit(world, await world.git.commit(oid)) });
}

function checkSha(path: string, existing: string | undefined, given: string | undefined): void {
  if (existing !== undefined && given === undefined)
    throw new Refusal(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (given !== undefined && given !== existing) throw new Refusal(409, `${path} does not match ${given}`);
}

function identities(world: World, body: Fields): { author?: Identity; committer?: Identity } {
  const read = (fields: Fields) => ({
    name: fields.string("name") ?? "",
    email: fields.string("email") ?? "",
    at: fields.instant("date") ?? world.now(),
  });
  const author = body.object("author");
  const committer = body.object("committer");
  return {
    ...(author === undefined ? {} : { author: read(author) }),
    ...(committer === undefined ? {} : { committer: read(committer) }),
  };
}

async function presentBlob(world: World, path: string, ref: string, oid: string) {
  const content = await world.git.readBlob(oid);
  return {
    ...links(world, path, ref, oid, "blob"),
    type: "file",
    size: content.length,
    encoding: "base64",
    content: content.toString("base64").replace(/.{60}/g, "$&\n"),
  };
}

function links(world: World, path: string, ref: string, oid: string, kind: "blob" | "tree") {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = `${world.apiUrl}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${world.apiUrl}/git/${kind}s/${oid}`;
  const html = `${world.htmlUrl}/${kind}/${ref}/${encoded}`;
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha: oid,
    url: self,
    html_url: html,
    git_url: git,
    download_url: kind === "blob" ? `${world.htmlUrl}/raw/${ref}/${encoded}` : null,
    _links: { self, git, html },
  };
}
