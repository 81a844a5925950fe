/** A real Prometheus and a real Alertmanager on loopback, with one-second intervals and one rule. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startChild } from "./child.ts";

export interface Monitoring {
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
  close(): Promise<void>;
}

export const prometheusBinary = firstThatExists("/usr/bin/prometheus", "/usr/local/bin/prometheus");
export const alertmanagerBinary = firstThatExists(
  "/usr/bin/prometheus-alertmanager",
  "/usr/bin/alertmanager",
  "/usr/local/bin/alertmanager",
);

export interface MonitoringOptions {
  /** `http://127.0.0.1:port` of the service to scrape. */
  readonly serviceUrl: string;
  readonly receiver: { readonly url: string; readonly token: string };
}

export async function startMonitoring({ serviceUrl, receiver }: MonitoringOptions): Promise<Monitoring> {
  const directory = mkdtempSync(join(tmpdir(), "remit-monitoring-"));
  const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
  const file = (name: string, value: unknown) => {
    const path = join(directory, name);
    writeFileSync(path, JSON.stringify(value), { mode: 0o600 });
    return path;
  };
  const alertmanager = await startChild(
    alertmanagerBinary ?? "alertmanager",
    [
      `--config.file=${file("alertmanager.json", alertmanagerConfig(receiver))}`,
      `--storage.path=${join(directory, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
      "--cluster.listen-address=",
    ],
    `http://127.0.0.1:${alertmanagerPort}/-/ready`,
  );
  const rules = file("rules.json", ruleFile());
  const prometheus = await startChild(
    prometheusBinary ?? "prometheus",
    [
      `--config.file=${file("prometheus.json", prometheusConfig(serviceUrl, rules, alertmanagerPort))}`,
      `--storage.tsdb.path=${join(directory, "prometheus")}`,
      `--web.listen-address=127.0.0.1:${prometheusPort}`,
    ],
    `http://127.0.0.1:${prometheusPort}/-/ready`,
  );
  return {
    prometheusUrl: `http://127.0.0.1:${prometheusPort}`,
    alertmanagerUrl: `http://127.0.0.1:${alertmanagerPort}`,
    async close() {
      await prometheus.close();
      await alertmanager.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

// JSON is YAML: both programs read these as they are.

function prometheusConfig(serviceUrl: string, rules: string, alertmanagerPort: number) {
  return {
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: [rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [{ job_name: "shop", static_configs: [{ targets: [new URL(serviceUrl).host] }] }],
  };
}

function ruleFile() {
  const by = "sum by (service, namespace, environment)";
  const errors = `${by} (rate(http_requests_total{code=~"5.."}[5s]))`;
  const all = `${by} (rate(http_requests_total[5s]))`;
  const rule = {
    alert: "HighErrorRate",
    expr: `${errors} / ${all} > 0.05`,
    for: "2s",
    labels: { severity: "critical" },
    annotations: { summary: "{{ $labels.service }} fails {{ $value | humanizePercentage }} of requests" },
  };
  return { groups: [{ name: "shop", rules: [rule] }] };
}

function alertmanagerConfig(receiver: MonitoringOptions["receiver"]) {
  return {
    route: {
      receiver: "remit",
      group_by: ["alertname", "service"],
      group_wait: "0s",
      group_interval: "1s",
      repeat_interval: "1m",
    },
    receivers: [
      {
        name: "remit",
        webhook_configs: [
          {
            url: receiver.url,
            send_resolved: true,
            http_config: { authorization: { type: "Bearer", credentials: receiver.token } },
          },
        ],
      },
    ],
  };
}

function firstThatExists(...paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}
