import type { Session } from "../session.ts";

/** Asks GitHub, at this moment, what these people may do. A look-up that fails stops the step: nobody is assumed to be allowed. */
export async function lookUpPermissions(session: Session, logins: readonly string[]): Promise<void> {
  for (const login of logins) session.permissions.set(login, await session.forge.permission(login));
}
