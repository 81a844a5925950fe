/** The dashboard as an issue. */
import { z } from "zod";
import { redact } from "../redact.ts";
import { type Dashboards, type DashboardView, dashboardLabel } from "../remediation/dashboard/dashboards.ts";
import { findMarker } from "../remediation/marker.ts";
import { fitBody } from "./fit-body.ts";
import { asking, type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { presentNodes } from "./present-nodes.ts";
import { nodes } from "./read-schema.ts";
import { toRemitError } from "./to-remit-error.ts";

const document = `query RemitDashboard($owner: String!, $name: String!, $label: String!) {
  repository(owner: $owner, name: $name) {
    isArchived
    stopIssues: issues(first: 1, states: OPEN, labels: ["remit:stop"]) { nodes { number } }
    dashboards: issues(first: 20, labels: [$label], orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { number state body viewerDidAuthor editor { __typename login } }
    }
  }
}`;

const answerSchema = z.object({
  repository: z.object({
    isArchived: z.boolean(),
    stopIssues: nodes(z.object({ number: z.number() })),
    dashboards: nodes(
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

const doing = "read the dashboard";

export function dashboardIssues(context: ForgeContext): Dashboards {
  return {
    async read() {
      const { owner, repo } = ownerAndRepo(context);
      const answer = await run(context, document, { owner, name: repo, label: dashboardLabel }, doing);
      if (answer.anyFault !== undefined) throw answer.anyFault;
      const { success, data, error } = answerSchema.safeParse(answer.data);
      if (success) return toView(data.repository);
      throw toRemitError(error, `${doing} in ${context.repository}`, context.app.clock.now());
    },
    open: ({ title, body }) =>
      asking(context, "open the dashboard", async (octokit) => {
        await octokit.request("POST /repos/{owner}/{repo}/issues", {
          ...ownerAndRepo(context),
          title: redact(title),
          body: fitBody(body),
          labels: [dashboardLabel],
        });
      }),
    write: ({ number, body }) =>
      asking(context, "update the dashboard", async (octokit) => {
        await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
          ...ownerAndRepo(context),
          issue_number: number,
          body: fitBody(body),
        });
      }),
  };
}

/** Only what Remit wrote itself counts: anybody may put a label on an issue of theirs. */
function toView({ isArchived, stopIssues, dashboards }: z.infer<typeof answerSchema>["repository"]): DashboardView {
  const found = presentNodes(dashboards).find(
    ({ viewerDidAuthor, body }) => viewerDidAuthor && findMarker(body)?.kind === "dashboard",
  );
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
