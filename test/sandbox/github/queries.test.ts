import { expect, test } from "vitest";
import { openPull, repo, startWorld } from "./world.ts";

test("one query reads everything about a pull request", async () => {
  const world = await startWorld({ requiredChecks: ["ci/validate"], requiredReviews: 1 });
  const { number, head } = await openPull(world);
  await world.as("alice").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" });
  await world.remit.repos.createCommitStatus({ ...repo, sha: head, state: "pending", context: "slow" });
  const answer = await world.remit.graphql(
    `query ($number: Int!) {
      viewer { login }
      rateLimit { cost remaining }
      repository(owner: "acme", name: "shop") {
        id databaseId isArchived squashMergeAllowed
        defaultBranchRef { name target { oid } refUpdateRule { requiredStatusCheckContexts }
          rules(first: 9) { nodes { type parameters { ... on RequiredStatusChecksParameters { requiredStatusChecks { context integrationId } } } } } }
        readme: object(expression: "HEAD:README.md") { ... on Blob { text byteSize } }
        nothing: object(expression: "HEAD:.github/remit/STOP") { __typename }
        ref(qualifiedName: "refs/heads/topic") { id target { oid ... on Commit { message parents(first: 2) { nodes { oid } } } } }
        pullRequests(headRefName: "topic", baseRefName: "main", states: [OPEN], first: 1, orderBy: {field: CREATED_AT, direction: DESC}) {
          totalCount
          nodes {
            number state mergeStateStatus mergeable isDraft headRefOid viewerDidAuthor reviewDecision
            headRef { id }
            reviews(last: 10) { nodes { state author { login __typename } commit { oid } submittedAt } }
            commits(last: 1) { nodes { commit { oid author { user { login } } signature { isValid } statusCheckRollup { state contexts(first: 10) { nodes {
              __typename
              ... on CheckRun { name status conclusion isRequired(pullRequestNumber: $number) checkSuite { app { slug databaseId } } }
              ... on StatusContext { context state isRequired(pullRequestNumber: $number) }
            } } } } } }
          }
        }
      }
    }`,
    { number },
  );
  expect(answer).toMatchObject({
    viewer: { login: "remit[bot]" },
    repository: {
      isArchived: false,
      defaultBranchRef: {
        name: "main",
        refUpdateRule: { requiredStatusCheckContexts: ["ci/validate"] },
        rules: {
          nodes: [{ parameters: { requiredStatusChecks: [{ context: "ci/validate" }] } }, { type: "PULL_REQUEST" }],
        },
      },
      readme: { text: "# shop\n", byteSize: 7 },
      nothing: null,
      ref: { target: { oid: head, message: "Change the tag" } },
      pullRequests: {
        totalCount: 1,
        nodes: [
          {
            number,
            mergeStateStatus: "UNSTABLE",
            mergeable: "MERGEABLE",
            viewerDidAuthor: false,
            reviewDecision: "APPROVED",
            reviews: {
              nodes: [{ state: "APPROVED", author: { login: "alice", __typename: "User" }, commit: { oid: head } }],
            },
            commits: {
              nodes: [
                {
                  commit: {
                    author: { user: { login: "bob" } },
                    signature: null,
                    statusCheckRollup: {
                      state: "PENDING",
                      contexts: {
                        nodes: [
                          {
                            name: "ci/validate",
                            conclusion: "SUCCESS",
                            isRequired: true,
                            checkSuite: { app: { slug: "acme-ci" } },
                          },
                          { context: "slow", state: "PENDING", isRequired: false },
                        ],
                      },
                    },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  });
});

test("issues are found by label, state and author, newest first when asked", async () => {
  const world = await startWorld();
  await world.remit.issues.create({ ...repo, title: "One", labels: ["remit:stop"] });
  await world.as("alice").issues.create({ ...repo, title: "Two", labels: ["remit:stop"] });
  await world.as("bob").issues.create({ ...repo, title: "Three" });
  const answer = await world.remit.graphql(`{ repository(owner: "acme", name: "shop") {
    labelled: issues(first: 9, states: OPEN, labels: ["remit:stop"], orderBy: {field: CREATED_AT, direction: DESC}) { nodes { title } }
    mine: issues(first: 9, filterBy: {createdBy: "remit[bot]"}) { nodes { title viewerDidAuthor } }
    page: issues(first: 2) { nodes { title } pageInfo { hasNextPage endCursor } }
    last: issues(last: 1) { nodes { title } pageInfo { hasPreviousPage } }
    issue(number: 3) { title state }
  } }`);
  expect(answer).toEqual({
    repository: {
      labelled: { nodes: [{ title: "Two" }, { title: "One" }] },
      mine: { nodes: [{ title: "One", viewerDidAuthor: true }] },
      page: {
        nodes: [{ title: "One" }, { title: "Two" }],
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      },
      last: { nodes: [{ title: "Three" }], pageInfo: { hasPreviousPage: true } },
      issue: { title: "Three", state: "OPEN" },
    },
  });
});

test("a number that nobody has is an error of its field alone", async () => {
  const world = await startWorld();
  const query = `{ repository(owner: "acme", name: "shop") { id issue(number: 99) { id } } }`;
  const failure = await world.remit.graphql(query).then(
    () => undefined,
    (error: unknown) => Object(error),
  );
  expect(failure.errors).toMatchObject([
    {
      type: "NOT_FOUND",
      path: ["repository", "issue"],
      message: "Could not resolve to an Issue with the number of 99.",
    },
  ]);
  expect(failure.data.repository.issue).toBe(null);
});

test("a list without a length, or with too great a one, is refused", async () => {
  const world = await startWorld();
  const list = (args: string) =>
    world.remit.graphql(`{ repository(owner: "acme", name: "shop") { issues${args} { totalCount } } }`);
  await expect(list("")).rejects.toThrow(
    "You must provide a `first` or `last` value to properly paginate the `issues` connection.",
  );
  await expect(list("(first: 101)")).rejects.toThrow("exceeds the `first` limit of 100 records");
});

test("a node is found again by its id", async () => {
  const world = await startWorld();
  const { number } = await openPull(world);
  const { data } = await world.remit.pulls.get({ ...repo, pull_number: number });
  const found = await world.remit.graphql("query ($id: ID!) { node(id: $id) { id ... on PullRequest { number } } }", {
    id: data.node_id,
  });
  expect(found).toEqual({ node: { id: data.node_id, number } });
  await expect(world.remit.graphql(`{ node(id: "R_kgDOnonsense") { id } }`)).rejects.toThrow(
    "Could not resolve to a node",
  );
});
