/** The App is installed on the repository, or the repository is added to its installation: somebody who may do that tells GitHub so. */
import { presentInstallation } from "../present/present-app.ts";
import { personNamed } from "../world/accounts.ts";
import { nodeId } from "../world/node-id.ts";
import type { World } from "../world/world.ts";

export type Installing = "installed" | "added";

/** These events are about no one repository, and tell of the installation in full. */
export function install(world: World, how: Installing): void {
  const { repositoryId: id, name, fullName: full_name } = world;
  const repositories = [{ id, node_id: nodeId("repository", id), name, full_name, private: true }];
  const common = { repository: undefined, installation: presentInstallation(world) };
  const sender = personNamed("alice");
  if (how === "installed") {
    const payload = { ...common, action: "created", repositories, requester: null };
    world.emit({ name: "installation", action: "created", sender, payload });
    return;
  }
  const changed = { repositories_added: repositories, repositories_removed: [], repository_selection: "selected" };
  const payload = { ...common, action: "added", ...changed, requester: null };
  world.emit({ name: "installation_repositories", action: "added", sender, payload });
}
