/** One look at GitHub, answered as if the repository were like this: the view that the forge makes of it, in one request. */
import { expect } from "vitest";
import { answerGraphql, branch, createApp, createReadyForge, incidentId, repositoryFacts } from "./world.ts";

export const query = { branch, incidentId, issueNumber: undefined };

export async function read(
  change: object,
  asked: Parameters<Awaited<ReturnType<typeof createReadyForge>>["forge"]["read"]>[0] = query,
  app = createApp(),
) {
  const { forge, spent } = await createReadyForge({}, app);
  answerGraphql(repositoryFacts(change));
  const view = await forge.read(asked);
  expect(spent()).toBe(1);
  return view;
}
