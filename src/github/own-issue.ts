/** An issue that Remit keeps in a repository and edits in place, known by its label and its hidden marker. */
import { z } from "zod";
import { redact } from "../redact.ts";
import type { WrongClock } from "../remediation/forge.ts";
import { findMarker, type MarkerKind } from "../remediation/marker.ts";
import { fitBody } from "./fit-body.ts";
import { asking, type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { presentNodes } from "./present-nodes.ts";
import { nodes } from "./read-schema.ts";
import { toRemitError } from "./to-remit-error.ts";
import { wrongClock } from "./wrong-clock.ts";

export interface OwnIssueKind {
  readonly label: string;
  readonly marker: MarkerKind;
  /** What the marker names; undefined: anything. */
  readonly about?: string;
  /** For messages: `the dashboard`. */
  readonly name: string;
}

export interface OwnIssueView {
  readonly archived: boolean;
  /** Number of an open issue labelled `remit:stop`. */
  readonly stopIssue: number | undefined;
  /** This machine's, by GitHub's answer. */
  readonly wrongClock?: WrongClock | undefined;
  readonly issue:
    | {
        readonly number: number;
        readonly open: boolean;
        readonly body: string;
        /** Who changed its text last; undefined: nobody since it was written, or GitHub doesn't tell. */
        readonly editor: { readonly login: string; readonly isPerson: boolean } | undefined;
      }
    | undefined;
}

export interface OwnIssue {
  read(): Promise<OwnIssueView>;
  open(issue: { readonly title: string; readonly body: string }): Promise<void>;
  write(issue: { readonly number: number; readonly body: string; readonly state?: "open" | "closed" }): Promise<void>;
}

const document = `query RemitOwnIssue($owner: String!, $name: String!, $label: String!) {
  repository(owner: $owner, name: $name) {
    isArchived
    stopIssues: issues(first: 1, states: OPEN, labels: ["remit:stop"]) { nodes { number } }
    own: issues(first: 20, labels: [$label], orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { number state body viewerDidAuthor editor { __typename login } }
    }
  }
}`;

const answerSchema = z.object({
  repository: z.object({
    isArchived: z.boolean(),
    stopIssues: nodes(z.object({ number: z.number() })),
    own: nodes(
      z.object({
        number: z.number(),
        state: z.enum(["OPEN", "CLOSED"]),
        body: z.string(),
        viewerDidAuthor: z.boolean(),
        editor: z.object({ __typename: z.string(), login: z.string() }).nullish(),
      }),
    ),
  }),
});

export function ownIssue(context: ForgeContext, kind: OwnIssueKind): OwnIssue {
  const { label, name } = kind;
  return {
    async read() {
      const doing = `read ${name}`;
      const { owner, repo } = ownerAndRepo(context);
      const { clock } = context.app;
      const sentAt = clock.now();
      const answer = await run(context, document, { owner, name: repo, label }, doing);
      if (answer.anyFault !== undefined) throw answer.anyFault;
      const { success, data, error } = answerSchema.safeParse(answer.data);
      const now = clock.now();
      if (success) return { ...toView(data.repository, kind), wrongClock: wrongClock(answer.date, sentAt, now) };
      throw toRemitError(error, `${doing} in ${context.repository}`, now);
    },
    open: ({ title, body }) =>
      asking(context, `open ${name}`, async (octokit) => {
        await octokit.request("POST /repos/{owner}/{repo}/issues", {
          ...ownerAndRepo(context),
          title: redact(title),
          body: fitBody(body),
          labels: [label],
        });
      }),
    write: ({ number, body, state }) =>
      asking(context, `update ${name}`, async (octokit) => {
        await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
          ...ownerAndRepo(context),
          issue_number: number,
          body: fitBody(body),
          ...(state === undefined ? {} : { state }),
        });
      }),
  };
}

/** Only what Remit wrote itself counts: anybody may put a label on an issue of theirs. */
function toView(
  { isArchived, stopIssues, own }: z.infer<typeof answerSchema>["repository"],
  { marker, about }: OwnIssueKind,
): OwnIssueView {
  const found = presentNodes(own).find(({ viewerDidAuthor, body }) => {
    const named = findMarker(body);
    return viewerDidAuthor && named?.kind === marker && (about === undefined || named.incident === about);
  });
  const editor = found?.editor ?? undefined;
  return {
    archived: isArchived,
    stopIssue: presentNodes(stopIssues)[0]?.number,
    issue: found && {
      number: found.number,
      open: found.state === "OPEN",
      body: found.body,
      editor: editor && { login: editor.login, isPerson: editor.__typename === "User" },
    },
  };
}
