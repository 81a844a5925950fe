import type { IssueView } from "../remediation/forge.ts";
import { findMarker, renderMarker } from "../remediation/marker.ts";
import { ownMarkers } from "./own-markers.ts";
import { presentNodes } from "./present-nodes.ts";
import type { IssueFacts, RepositoryFacts } from "./read-schema.ts";

/** The issue with the number that was asked for, or the oldest open one with the incident's marker. Only what Remit wrote itself counts. */
export function findIssue(repository: RepositoryFacts, incidentId: string): IssueFacts | undefined {
  if (repository.issue?.viewerDidAuthor) return repository.issue;
  return presentNodes(repository.openIssues)
    .filter((issue) => issue.viewerDidAuthor && isAbout(issue.body, incidentId))
    .sort((a, b) => a.number - b.number)[0];
}

function isAbout(body: string, incidentId: string): boolean {
  const marker = findMarker(body);
  return marker?.kind === "incident" && marker.incident === incidentId;
}

export function viewIssue(issue: IssueFacts): IssueView {
  const { id, number, body, url, assignees } = issue;
  const [assigned] = assignees ? presentNodes(assignees) : [];
  const assignee = assigned === undefined ? {} : { assignee: assigned.login };
  return { id, number, open: issue.state === "OPEN", body, url, ...assignee };
}

/** Markers of Remit's own comments on it; undefined where the comments weren't read. */
export function saidOn(issue: IssueFacts): Set<string> | undefined {
  if (issue.comments === undefined || issue.comments === null) return undefined;
  return new Set(ownMarkers(issue.comments).map(renderMarker));
}
