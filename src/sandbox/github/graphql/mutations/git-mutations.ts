/** Refs and commits. */
import { commitOnBranch } from "../../acts/commit-on-branch.ts";
import { createRef, deleteRef, moveRef, updateRefs } from "../../acts/refs.ts";
import type { Fields } from "../../fields.ts";
import type { TreeChange } from "../../git/git-objects.ts";
import { Refusal } from "../../world/refusal.ts";
import type { World } from "../../world/world.ts";
import { refById, repositoryById } from "../find-by-id.ts";
import { commitNode, refNode } from "../nodes/git-node.ts";
import type { Mutation } from "./mutation.ts";

const WRITE = { app: "contents:write", user: "write" } as const;

export const gitMutations: Readonly<Record<string, Mutation>> = {
  createRef: {
    need: WRITE,
    run: async (context, input) => {
      const { world, account } = context;
      repositoryById(world, input.string("repositoryId"));
      const name = input.string("name") ?? "";
      const oid = objectId(input, "oid");
      await createRef(world, account, name, oid);
      return { ref: refNode(context, name, oid) };
    },
  },
  updateRef: {
    need: WRITE,
    run: async (context, input) => {
      const { world, account } = context;
      const name = await refById(world, input.string("refId"));
      const oid = objectId(input, "oid");
      await moveRef(world, account, name, oid, input.boolean("force") ?? false);
      return { ref: refNode(context, name, oid) };
    },
  },
  updateRefs: {
    need: WRITE,
    run: async ({ world, account }, input) => {
      repositoryById(world, input.string("repositoryId"));
      const updates = (input.objects("refUpdates") ?? []).map((update) => ({
        ref: update.string("name") ?? "",
        after: objectId(update, "afterOid"),
        before: update.has("beforeOid") ? objectId(update, "beforeOid") : undefined,
        force: update.boolean("force") ?? false,
      }));
      await updateRefs(world, account, updates);
      return {};
    },
  },
  deleteRef: {
    need: WRITE,
    run: async ({ world, account }, input) => {
      await deleteRef(world, account, await refById(world, input.string("refId")));
      return {};
    },
  },
  createCommitOnBranch: {
    need: WRITE,
    run: async (context, input) => {
      const { world, account } = context;
      const branch = await branchOf(world, input.object("branch"));
      const message = input.object("message");
      const body = message?.string("body") ?? "";
      const headline = message?.string("headline") ?? "";
      const oid = await commitOnBranch(world, account, {
        branch,
        expectedHead: objectId(input, "expectedHeadOid"),
        message: body === "" ? headline : `${headline}\n\n${body}`,
        changes: changesOf(input.object("fileChanges")),
      });
      return { commit: commitNode(context, oid), ref: refNode(context, `refs/heads/${branch}`, oid) };
    },
  },
};

/** By the ref's id, or by repository and branch name: one of the two. */
async function branchOf(world: World, branch: Fields | undefined): Promise<string> {
  const id = branch?.string("id");
  if (id !== undefined) return (await refById(world, id)).replace("refs/heads/", "");
  const repository = branch?.string("repositoryNameWithOwner");
  if (repository?.toLowerCase() !== world.fullName.toLowerCase()) {
    throw Refusal.notFound(`Could not resolve to a Repository with the name '${repository}'.`);
  }
  return (branch?.string("branchName") ?? "").replace(/^refs\/heads\//, "");
}

/** Only plain files: this mutation can't say any other mode. */
function changesOf(changes: Fields | undefined): TreeChange[] {
  const additions = (changes?.objects("additions") ?? []).map((item) => ({
    path: item.string("path") ?? "",
    content: Buffer.from(item.string("contents") ?? "", "base64"),
  }));
  const deletions = (changes?.objects("deletions") ?? []).map((item) => ({ path: item.string("path") ?? "" }));
  return [...additions, ...deletions];
}

function objectId(input: Fields, key: string): string {
  const text = input.string(key) ?? "";
  if (!/^[0-9a-f]{40}$/.test(text)) throw new Refusal(422, `${key} is not a valid Git object id`);
  return text;
}
