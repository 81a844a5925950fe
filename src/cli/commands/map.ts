/** `remit map`: what exists in a repository and which bytes control it. Reads git, writes nothing, needs no network. */
import { repositoryReader } from "../../remediation/repository-reader.ts";
import type { Command } from "../command.ts";
import { describeTarget, type TargetDescription } from "../map/describe-target.ts";
import { fieldReports } from "../map/field-report.ts";
import { withRepository } from "../map/open-repository.ts";
import { progress } from "../map/progress.ts";
import { renderDiagnostics } from "../map/render-diagnostics.ts";
import { renderFieldReport } from "../map/render-field-report.ts";
import { renderTarget } from "../map/render-targets.ts";
import { selectTargets } from "../map/select-targets.ts";

export const map: Command = {
  name: "map",
  summary: "targets of a repository, the fields that control them, and who else writes those",
  usage: `--repo DIR [--at REV] [--service S] [--environment E]
--repo DIR [--at REV] --field FILE:PATH

--repo DIR         a git directory or work tree
--at REV           the commit to read (40 or 64 hex digits); HEAD otherwise
--service S        only this service
--environment E    only this environment, as the repository spells it or as it is commonly called
--field FILE:PATH  one field, such as apps/checkout/prod.yaml:spec.values.image.tag or kustomization.yaml:images[0].newTag:
                   who set it, who else writes it, which targets it affects, what it was before and when`,
  options: {
    repo: { type: "string" },
    at: { type: "string" },
    service: { type: "string" },
    environment: { type: "string" },
    field: { type: "string" },
  },
  run: (context) =>
    withRepository(context, async (mirror, revision) => {
      const reader = repositoryReader(mirror);
      const field = context.text("field");
      const bar = progress(context.stderr, field === undefined ? "targets" : "commits");
      if (field !== undefined) {
        const reports = await fieldReports(reader, revision, field, bar);
        bar.end();
        if (context.json) context.printJson({ revision, fields: reports });
        else for (const report of reports) for (const line of renderFieldReport(report)) context.print(line);
        return 0;
      }
      const catalogue = await reader.catalogue(revision);
      const entries = selectTargets(catalogue, context.text("service"), context.text("environment"));
      const described: TargetDescription[] = [];
      for (const [index, entry] of entries.entries()) {
        if (context.signal.aborted) return 1;
        bar.step(index + 1, entries.length);
        described.push(describeTarget(catalogue, entry));
      }
      bar.end();
      if (context.json) {
        const { diagnostics, unresolved = [] } = catalogue;
        context.printJson({ revision, targets: described, diagnostics, unresolved });
      } else {
        for (const target of described) for (const line of renderTarget(target)) context.print(line);
        for (const line of renderDiagnostics([...catalogue.diagnostics, ...(catalogue.unresolved ?? [])]))
          context.stderr.write(`${line}\n`);
      }
      return 0;
    }),
};
