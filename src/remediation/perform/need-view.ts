import { RemitError } from "../../errors.ts";
import type { RepositoryView } from "../forge.ts";
import type { Remediation } from "../response.ts";
import type { Session } from "../session.ts";
import { read } from "./read.ts";

/** What GitHub said in this reconcile. `nextStep` asks for a read before any step that needs one. */
export function freshView(session: Session): RepositoryView {
  if (session.view === undefined) throw new RemitError("internal", "a step was decided without reading GitHub first");
  return session.view;
}

/** A view older than this is read again before anything is judged by it or merged, whatever was decided from it. */
const freshForMs = 30_000;

/** A clock that was set back makes no view young. */
export function isFresh(session: Session): boolean {
  const age = session.now() - session.viewedAt;
  return age >= 0 && age <= freshForMs;
}

/** For writes that need identities only: an older view will do; without any, one is read. */
export async function someView(session: Session): Promise<RepositoryView> {
  const known = session.anyView();
  if (known !== undefined) return known;
  await read(session);
  return freshView(session);
}

export function currentRemediation(session: Session): Remediation {
  if (session.current === undefined) throw new RemitError("internal", "a step was decided without a remediation");
  return session.current;
}
