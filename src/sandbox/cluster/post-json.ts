/** Posts a webhook with a bearer token, and says whether sending it again makes sense. */

export interface Receiver {
  readonly url: string;
  readonly token: string;
}

export type PostResult =
  | { readonly outcome: "accepted"; readonly status: number }
  /** The receiver is away or in trouble (no answer, 429, 5xx): the sender repeats it. */
  | { readonly outcome: "retry"; readonly why: string }
  /** The receiver won't have it (other 4xx): the sender drops it. */
  | { readonly outcome: "rejected"; readonly status: number; readonly why: string };

const timeoutMs = 10_000;

export async function postJson(receiver: Receiver, body: string): Promise<PostResult> {
  try {
    const response = await fetch(receiver.url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${receiver.token}` },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const why = (await response.text()).slice(0, 200);
    if (response.ok) return { outcome: "accepted", status: response.status };
    if (response.status >= 500 || response.status === 429)
      return { outcome: "retry", why: `${response.status} ${why}` };
    return { outcome: "rejected", status: response.status, why };
  } catch (error) {
    return { outcome: "retry", why: error instanceof Error ? error.message : String(error) };
  }
}
