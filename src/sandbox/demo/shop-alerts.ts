/** What the shop's people want to hear of. Each rule is about another kind of trouble, so that one trouble raises one alert. */
import type { AlertingRule } from "../cluster/alerting.ts";
import { increase, shareOf } from "../cluster/error-rate.ts";

/** Share of failed requests above which an alert fires. */
export const alertThreshold = 0.05;

export function shopAlerts(forMs: number): readonly AlertingRule[] {
  return [
    {
      name: "HighErrorRate",
      labels: () => ({}),
      value: shareOfRequests("errors"),
      threshold: alertThreshold,
      forMs,
      summary: `answers more than ${percent(alertThreshold)} of requests with an error`,
      tell: (value) => `${percent(value)} of requests fail`,
    },
    {
      name: "ServiceOverloaded",
      labels: () => ({}),
      value: shareOfRequests("turnedAway"),
      threshold: alertThreshold,
      forMs,
      summary: `turns more than ${percent(alertThreshold)} of requests away: no pod has room for them`,
      tell: (value) => `${percent(value)} of requests find no pod with room`,
    },
    {
      name: "ContainerOOMKilled",
      labels: (service) => ({ container: service, reason: "OOMKilled" }),
      value: (samples, windowMs, now) => increase(samples, "oomKills", windowMs, now, fewestSamples),
      threshold: 0,
      forMs,
      summary: "has containers that are killed because they use more memory than they may",
      tell: (value) => (value === 1 ? "a container was killed" : `containers were killed ${value} times`),
    },
  ];
}

/** Of any five requests in a row one is turned away where a third are: fewer may all have been lucky. */
const fewestRequests = 5;
/** The kernel looks as often as the service is scraped, so two samples may lie between two of its looks. */
const fewestSamples = 3;

function shareOfRequests(counter: "errors" | "turnedAway"): AlertingRule["value"] {
  return (samples, windowMs, now) => {
    const requests = increase(samples, "total", windowMs, now) ?? 0;
    return requests < fewestRequests ? undefined : shareOf(samples, counter, windowMs, now);
  };
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
