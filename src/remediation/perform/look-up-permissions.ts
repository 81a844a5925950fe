import type { Session } from "../session.ts";

/**
 * Asks GitHub, at this moment, what these people may do. A look-up that fails stops the step: nobody is assumed to be allowed.
 * Meanwhile somebody may have objected, so things are looked at anew: nothing stands between the look and the merge.
 */
export async function lookUpPermissions(session: Session, logins: readonly string[]): Promise<void> {
  for (const login of logins) session.permissions.set(login, await session.forge.permission(login));
  session.view = undefined;
}
