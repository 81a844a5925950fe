/** What GitHub counts a request as, and how much it matters. From the request itself, so that no caller can forget to say. */

export interface RequestKind {
  readonly write: boolean;
  /** People are notified of it: GitHub wants these further apart. */
  readonly notifies: boolean;
  /** Part of undoing damage: goes before what only keeps books. */
  readonly mitigates: boolean;
}

export function requestKind(request: {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
}): RequestKind {
  const { method, url, query } = request;
  if (url.includes("graphql") && typeof query === "string") {
    const write = /^\s*mutation\b/.test(query);
    return { write, notifies: write && notifying.test(query), mitigates: !write || mitigating.test(query) };
  }
  const write = method !== "GET" && method !== "HEAD";
  return { write, notifies: write, mitigates: true };
}

const notifying =
  /\b(createPullRequest|createIssue|addComment|closeIssue|closePullRequest|mergePullRequest|requestReviews)\b/;
const mitigating = /\b(createRef|createCommitOnBranch|createPullRequest|createCheckRun|mergePullRequest)\b/;
