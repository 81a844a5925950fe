/** What a person may do on the repository, in GitHub's words. A look-up that fails is thrown: nobody is assumed to be allowed. */
import { z } from "zod";
import type { Forge } from "../remediation/forge.ts";
import { type ForgeContext, ownerAndRepo } from "./forge-context.ts";
import { toRemitError } from "./to-remit-error.ts";

type Permission = Awaited<ReturnType<Forge["permission"]>>;

const roles = ["admin", "maintain", "write", "triage", "read", "none"] as const;
const answerSchema = z.object({
  permission: z.enum(["admin", "write", "read", "none"]),
  role_name: z.string().optional(),
});

/** Letters, digits, `-`, and `_` of managed accounts; a bot's login ends in `[bot]`. */
const login = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})(?:\[bot\])?$/;

export async function readPermission(context: ForgeContext, username: string): Promise<Permission> {
  if (!login.test(username)) return "none";
  try {
    const { octokit } = context.app.client(context.repository);
    const response = await octokit.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      ...ownerAndRepo(context),
      username,
    });
    const { permission, role_name } = answerSchema.parse(response.data);
    // A custom role has a name of its own; `permission` is what it amounts to.
    return roles.find((role) => role === role_name) ?? permission;
  } catch (error) {
    const failure = toRemitError(
      error,
      `look up what ${username} may do in ${context.repository}`,
      context.app.clock.now(),
    );
    if (failure.code === "github-not-found" && /is not a user/i.test(failure.message)) return "none";
    throw failure;
  }
}
