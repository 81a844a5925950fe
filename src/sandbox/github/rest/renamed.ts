/** A renamed repository: requests by a former name are sent on to its id, which never changes. */
import type { PreparedRequest } from "../api-gate.ts";
import type { World } from "../world/world.ts";

/** Where a path by a former name leads; undefined for any other path. */
export function movedTo(world: World, path: string): string | undefined {
  const [, repos, owner, name, ...rest] = path.split("/");
  if (repos !== "repos" || !world.wasCalled(`${owner}/${name}`)) return undefined;
  return ["", "repositories", world.repositoryId, ...rest].join("/");
}

/** A path by the repository's id, as the published description writes it: by name. */
export function byName(world: World, path: string): string {
  const [, repositories, id, ...rest] = path.split("/");
  if (repositories !== "repositories" || id !== String(world.repositoryId)) return path;
  return ["", "repos", world.owner, world.name, ...rest].join("/");
}

/** GitHub keeps the method of whatever isn't a plain read by answering 307. */
export function redirect(method: string, location: string): PreparedRequest {
  const [status, message] =
    method === "GET" ? ([301, "Moved Permanently"] as const) : ([307, "Temporary Redirect"] as const);
  const body = { message, url: location, documentation_url: "https://docs.github.com/rest" };
  return { operation: "moved", operations: ["moved"], run: async () => ({ status, body, headers: { location } }) };
}
