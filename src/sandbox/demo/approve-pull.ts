/** A person's approving review, through GitHub's REST API as any client would give it. */
export interface Approval {
  readonly apiUrl: string;
  readonly repository: string;
  readonly token: string;
  readonly pull: number;
}

/** Throws when GitHub doesn't take it. */
export async function approvePull({ apiUrl, repository, token, pull }: Approval): Promise<void> {
  const response = await fetch(`${apiUrl}/repos/${repository}/pulls/${pull}/reviews`, {
    method: "POST",
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ event: "APPROVE", body: "Back to the version that worked. Go." }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the review was refused: ${response.status} ${answer.slice(0, 200)}`);
}
