/** A person who looks at GitHub, finds Remit's pull request, reads it and approves: through the REST API, as any client would. */
import { setTimeout as pause } from "node:timers/promises";

export interface Reviewer {
  readonly apiUrl: string;
  readonly repository: string;
  readonly token: string;
  /** Called with the number of the pull request that was found; reading begins when it resolves. */
  readonly found: (pull: number) => Promise<unknown>;
  /** How long reading takes. */
  readonly thinkMs: number;
  readonly signal: AbortSignal;
}

const lookEveryMs = 200;

/** Answers the pull request's number. Rejects when the signal aborts or GitHub won't have the review. */
export async function reviewPull(reviewer: Reviewer): Promise<number> {
  const { found, thinkMs, signal } = reviewer;
  let pull = await openPull(reviewer);
  while (pull === undefined) {
    await pause(lookEveryMs, undefined, { signal });
    pull = await openPull(reviewer);
  }
  await found(pull);
  await pause(thinkMs, undefined, { signal });
  const review = JSON.stringify({ event: "APPROVE", body: "Back to the version that worked. Go." });
  await ask(reviewer, `pulls/${pull}/reviews`, review);
  return pull;
}

async function openPull(reviewer: Reviewer): Promise<number | undefined> {
  const pulls: unknown = await ask(reviewer, "pulls?state=open");
  const [first]: unknown[] = Array.isArray(pulls) ? pulls : [];
  const number = typeof first === "object" && first !== null && "number" in first ? first.number : undefined;
  return typeof number === "number" ? number : undefined;
}

async function ask({ apiUrl, repository, token, signal }: Reviewer, path: string, body?: string): Promise<unknown> {
  const response = await fetch(`${apiUrl}/repos/${repository}/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "user-agent": "a person",
    },
    ...(body === undefined ? {} : { body }),
    signal,
  });
  if (response.ok) return response.json();
  throw new Error(`GitHub refused ${path}: ${response.status} ${(await response.text()).slice(0, 200)}`);
}
