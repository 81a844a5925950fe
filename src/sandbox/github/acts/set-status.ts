/** Commit statuses. */

import { iso } from "../present/iso.ts";
import { presentCommit } from "../present/present-commit.ts";
import type { Account } from "../world/accounts.ts";
import type { StatusRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

export async function setStatus(
  world: World,
  creator: Account,
  input: Pick<StatusRecord, "head" | "context" | "state" | "description" | "targetUrl">,
): Promise<StatusRecord> {
  if ((await world.git.resolve(input.head))?.type !== "commit") {
    throw new Refusal(422, `No commit found for SHA: ${input.head}`);
  }
  if ((input.description ?? "").length > 140) {
    throw new Refusal(422, "Validation Failed", {
      errors: [
        {
          resource: "Status",
          code: "custom",
          field: "description",
          message: "description is too long (maximum is 140 characters)",
        },
      ],
    });
  }
  const status: StatusRecord = { ...input, id: world.nextId(), creator, at: world.now() };
  world.statuses.push(status);
  const commit = presentCommit(world, await world.git.commit(status.head));
  const heads = [...(await world.git.refs())].filter(([, oid]) => oid === status.head);
  world.emit({
    name: "status",
    action: undefined,
    sender: creator,
    payload: {
      id: status.id,
      sha: status.head,
      name: world.fullName,
      context: status.context,
      state: status.state,
      description: status.description,
      target_url: status.targetUrl,
      avatar_url: `${world.url}/avatars/${creator.id}`,
      created_at: iso(status.at),
      updated_at: iso(status.at),
      commit,
      branches: heads.map(([name, sha]) => ({
        name: name.slice("refs/heads/".length),
        commit: { sha, url: `${world.apiUrl}/commits/${sha}` },
        protected: name === world.defaultRef,
      })),
    },
  });
  return status;
}
