/** What tells whether a commit is ours. */
export const commitFragment = `fragment CommitFacts on Commit {
  message
  parents(first: 2) { nodes { oid } }
  author { name }
  signature { isValid wasSignedByGitHub }
}
`;

/** What tells who wrote a comment, and whether it was answered. */
export const commentFragment = `fragment CommentFacts on IssueComment {
  id
  viewerDidAuthor
  body
  author { __typename login }
  createdAt
  lastEditedAt
  reactionGroups { content viewerHasReacted }
}
`;

/** The one query: everything that the next step depends on. Branch and issue are left out where they aren't asked for. */
export const readDocument = `query RemitRead(
  $owner: String!
  $name: String!
  $branch: String!
  $ref: String!
  $withBranch: Boolean!
  $issueNumber: Int!
  $withIssue: Boolean!
  $seekIssue: Boolean!
  $suspect: GitObjectID
  $withSuspect: Boolean!
) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    id
    databaseId
    nameWithOwner
    isArchived
    squashMergeAllowed
    mergeCommitAllowed
    rebaseMergeAllowed
    defaultBranchRef {
      name
      target { oid }
      refUpdateRule { requiredStatusCheckContexts }
      rules(first: 100) {
        nodes {
          parameters {
            ... on RequiredStatusChecksParameters { requiredStatusChecks { context integrationId } }
          }
        }
      }
    }
    stopFile: object(expression: "HEAD:.github/remit/STOP") { __typename }
    suspect: object(oid: $suspect) @include(if: $withSuspect) {
      ... on Commit {
        authors(first: 50) { totalCount nodes { user { login } } }
        committer { user { login } }
        associatedPullRequests(first: 20) { nodes { merged author { login } } }
      }
    }
    stopIssues: issues(first: 1, states: OPEN, labels: ["remit:stop"]) { nodes { number } }
    ref(qualifiedName: $ref) @include(if: $withBranch) {
      id
      target { oid ... on Commit { ...CommitFacts } }
    }
    pullRequests(headRefName: $branch, first: 25, orderBy: {field: CREATED_AT, direction: DESC}) @include(if: $withBranch) {
      nodes { ...PullFacts }
    }
    closedPulls: pullRequests(first: 100, states: CLOSED, orderBy: {field: CREATED_AT, direction: DESC}) @skip(if: $withBranch) {
      nodes { headRefName viewerDidAuthor isCrossRepository }
    }
    openPulls: pullRequests(first: 100, states: OPEN, orderBy: {field: CREATED_AT, direction: DESC}) @skip(if: $withBranch) {
      nodes { headRefName viewerDidAuthor isCrossRepository }
    }
    issue(number: $issueNumber) @include(if: $withIssue) {
      ...IssueFacts
      comments(last: 50) { nodes { ...CommentFacts } }
    }
    openIssues: issues(first: 50, states: OPEN, orderBy: {field: CREATED_AT, direction: DESC}) @include(if: $seekIssue) {
      nodes { ...IssueFacts }
    }
  }
}

fragment IssueFacts on Issue { id number state body url locked viewerDidAuthor assignees(first: 1) { nodes { login } } }

fragment PullFacts on PullRequest {
  id
  number
  state
  url
  body
  createdAt
  locked
  viewerDidAuthor
  isCrossRepository
  isDraft
  baseRefName
  headRefOid
  mergeStateStatus
  isMergeQueueEnabled
  mergeQueueEntry { enqueuer { login } }
  autoMergeRequest { enabledBy { login } }
  mergedAt
  mergedBy { __typename login }
  mergeCommit { oid }
  comments(last: 50) { nodes { ...CommentFacts } }
  commits(first: 100) { nodes { commit { oid ...CommitFacts } } }
  reviews(last: 100) { nodes { state submittedAt author { __typename login } commit { oid } } }
  headCommit: commits(last: 1) {
    nodes {
      commit {
        statusCheckRollup {
          contexts(first: 100) {
            nodes {
              __typename
              ... on CheckRun { name status conclusion startedAt checkSuite { app { slug databaseId } } }
              ... on StatusContext { context state }
            }
          }
        }
      }
    }
  }
}

${commentFragment}
${commitFragment}`;
