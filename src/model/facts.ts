/** What the model may see: named facts and nothing else. Annotations, commit bodies and file contents stay here. */
import type { CounselQuestion } from "../remediation/counsel.ts";
import { targetName } from "../target.ts";

const shownLabels = ["alertname", "severity", "service", "app", "namespace", "environment", "cluster", "job"];
const textLimit = 200;

export function facts({ incident, candidates, suspects }: CounselQuestion) {
  return {
    target: targetName(incident.target),
    alerts: incident.alerts.map((alert) => ({
      status: alert.status,
      startsAt: new Date(alert.startsAt).toISOString(),
      labels: Object.fromEntries(
        shownLabels.filter((name) => Object.hasOwn(alert.labels, name)).map((name) => [name, cut(alert.labels[name])]),
      ),
    })),
    suspects: suspects.map((suspect) => ({
      commit: suspect.commit.slice(0, 12),
      committedAt: new Date(suspect.committedAt).toISOString(),
      subject: cut(suspect.subject),
      score: suspect.score,
    })),
    candidates: candidates.map((candidate, index) => ({
      index,
      action: candidate.action,
      title: cut(candidate.title),
      effects: candidate.effects.map(({ file, role, before, after }) => ({
        file: cut(file),
        role,
        before: cut(before),
        after: cut(after),
      })),
    })),
  };
}

function cut(text: string | undefined): string {
  return (text ?? "").replace(/\p{C}/gu, " ").slice(0, textLimit);
}
