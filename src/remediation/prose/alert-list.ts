import type { Incident, IncidentAlert } from "../../incidents/incident.ts";
import { formatTime } from "./format-time.ts";
import { fence, inlineCode } from "./untrusted.ts";

const shown = 5;

/** `2 of 3 alerts fire: …`: names as code. */
export function alertLine({ alerts, unlisted }: Incident): string {
  const firing = alerts.filter((alert) => alert.status === "firing");
  const beyond = Object.keys(unlisted?.firing ?? {}).length;
  const namesBeyond = (unlisted?.kinds ?? []).flatMap(({ alertname }) => alertname ?? []);
  const named =
    firing.length + namesBeyond.length > 0 ? [...firing.map(alertName), ...namesBeyond] : alerts.map(alertName);
  const names = [...new Set(named)];
  const listed = names.slice(0, shown).map((name) => inlineCode(name));
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  const count =
    firing.length + beyond > 0
      ? `${firing.length + beyond} of ${plural(alerts.length + beyond)} firing`
      : `${plural(alerts.length)}, all resolved`;
  if (names.length === 0) return alerts.length + beyond === 0 ? "no alerts" : count;
  return `${count}: ${listed.join(", ")}${more}`;
}

/** What the alerts said, as it came, folded away. */
export function alertDetails({ alerts }: Incident): string {
  const blocks = alerts
    .slice(0, shown)
    .map((alert) =>
      [
        `${inlineCode(alertName(alert))} from ${inlineCode(alert.source)}, ${alert.status}, since ${formatTime(alert.startsAt)}:`,
        "",
        fence([...lines(alert.labels), ...lines(alert.annotations)].join("\n")),
      ].join("\n"),
    );
  const more = alerts.length > shown ? [`${alerts.length - shown} more aren't shown.`] : [];
  return [
    "<details>",
    "<summary>What the alerts said</summary>",
    "",
    ...[...blocks, ...more].flatMap((block) => [block, ""]),
    "</details>",
  ].join("\n");
}

function alertName(alert: IncidentAlert): string {
  return alert.labels.alertname ?? alert.fingerprint;
}

function lines(texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`);
}

function plural(count: number): string {
  return count === 1 ? "1 alert" : `${count} alerts`;
}
