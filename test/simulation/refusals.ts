/**
 * What GitHub itself tells whoever was overtaken, or sent on. Nobody strikes these: they follow from what people and other processes do
 * to objects with ids of their own. One that never came proves as little as a fault that never struck.
 */
import { z } from "zod";

export const refusals = [
  "301: the repository was renamed, and is read by its id",
  "307: the repository was renamed, and is written by its id",
  "401: the token isn't good any more",
  "405: it may not be merged",
  "409: the head that was to be merged has moved",
  "422: there is nothing of that name",
  "FORBIDDEN: the repository is archived",
  "STALE_DATA: a branch isn't where it was",
  "UNPROCESSABLE: what was to be written is there already, or may not be",
] as const;

export type RefusalName = (typeof refusals)[number];

const faults = z.object({ errors: z.array(z.object({ type: z.string() })) });

/** GraphQL tells them with status 200. */
export async function refusalsIn(answer: Response, isGraphql: boolean): Promise<readonly RefusalName[]> {
  const told = new Set([String(answer.status)]);
  const parsed = isGraphql
    ? faults.safeParse(
        await answer
          .clone()
          .json()
          .catch(() => undefined),
      )
    : undefined;
  for (const { type } of parsed?.data?.errors ?? []) told.add(type);
  return refusals.filter((name) => told.has(name.split(":")[0] ?? ""));
}
