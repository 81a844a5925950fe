/** The senders of bench/intake.ts, in a process of their own: each connection sends a new alert once the last was answered. */
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

export interface LoadResult {
  /** Answered 202. */
  readonly accepted: number;
  readonly elapsedMs: number;
  /** From a request's last byte to its answer, in milliseconds; shortest first. */
  readonly latenciesMs: readonly number[];
}

/** A notification of the usual size, different for each number. */
export function notification(number: number): string {
  const labels = { alertname: "HighErrorRate", service: "checkout", namespace: "shop", severity: "critical" };
  const annotations = {
    summary: "The error rate of checkout is above 5 %",
    runbook: "https://runbooks.example/errors",
  };
  const alert = {
    status: "firing",
    labels: { ...labels, pod: `checkout-${number}` },
    annotations,
    startsAt: "2026-03-05T10:11:12.123Z",
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus.example:9090/graph?g0.expr=up&g0.tab=1",
    fingerprint: number.toString(16).padStart(16, "0"),
  };
  return JSON.stringify({
    receiver: "remit",
    status: "firing",
    alerts: [alert],
    groupLabels: { alertname: labels.alertname },
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: "http://alertmanager.example:9093",
    version: "4",
    groupKey: '{}:{alertname="HighErrorRate"}',
    truncatedAlerts: 0,
  });
}

/** Bare sockets: an HTTP client would take more of the machine than the server that is measured. */
async function load(url: URL, forMs: number, connections: number): Promise<LoadResult> {
  let next = 0;
  let accepted = 0;
  const latenciesMs: number[] = [];
  const begun = performance.now();
  const sender = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname);
      let sentAt = 0;
      const send = () => {
        if (performance.now() - begun > forMs) return void socket.end(resolve);
        next += 1;
        const body = notification(next);
        sentAt = performance.now();
        socket.write(
          `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer token\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      socket.setNoDelay(true).on("connect", send).on("error", reject);
      socket.setEncoding("latin1").on("data", (answer: string) => {
        if (!answer.startsWith("HTTP/1.1 202")) return void reject(new Error(answer.slice(0, 200)));
        accepted += 1;
        latenciesMs.push(performance.now() - sentAt);
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, sender));
  const elapsedMs = performance.now() - begun;
  return { accepted, elapsedMs, latenciesMs: latenciesMs.toSorted((a, b) => a - b) };
}

if (process.send !== undefined) {
  const [url = "", forMs = "", connections = ""] = process.argv.slice(2);
  const result = await load(new URL(url), Number(forMs), Number(connections));
  process.send(result, () => process.exit(0));
}
