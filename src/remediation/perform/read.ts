import type { Session } from "../session.ts";

/** One request: everything that the next step depends on. The mirror follows, so that the head can be looked into. */
export async function read(session: Session): Promise<void> {
  const at = session.now();
  const view = await session.forge.read({
    branch: session.current?.branch,
    incidentId: session.incident.id,
    issueNumber: session.response.issueNumber,
  });
  await session.reader.require(view.head);
  session.assessment = undefined;
  session.saw(view, at);
}
