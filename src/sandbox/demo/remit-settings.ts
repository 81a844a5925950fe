/** The remit.yaml and the environment with which `remit serve` works against the sandbox. The secrets are good for nothing else. */
import { stringify } from "yaml";
import type { ResponseSettings } from "../../remediation/settings.ts";
import type { Config } from "../../server/config/config.ts";
import { formatDuration } from "../../server/config/duration.ts";

export interface RemitSettingsOptions {
  readonly github: {
    readonly apiUrl: string;
    readonly appId: number;
    readonly privateKey: string;
    readonly webhookSecret: string;
    readonly repository: string;
  };
  /** 0 for a free one. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly response: ResponseSettings;
  readonly tokens: SourceTokens;
  /** undefined: the policy counts without signatures. */
  readonly policySigning?: Config["policySigning"];
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** Bearer tokens of the two sources. */
export interface SourceTokens {
  readonly alertmanager: string;
  readonly argocd: string;
}

export interface RemitSettings {
  /** Text of remit.yaml. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Paths on Remit's server, by source. */
export const hookPaths = {
  github: "/api/github/webhooks",
  alertmanager: "/hooks/alertmanager/prometheus",
  argocd: "/hooks/argocd/argocd",
} as const;

export function remitSettings(options: RemitSettingsOptions): RemitSettings {
  const { github, response, tokens } = options;
  const file = stringify({
    github: { appId: github.appId, apiUrl: github.apiUrl },
    listen: { host: "127.0.0.1", port: options.port },
    admin: { host: "127.0.0.1", port: 0 },
    dataDirectory: options.dataDirectory,
    logLevel: options.logLevel,
    response: {
      stood: formatDuration(response.stoodMs),
      suspectWindow: formatDuration(response.suspectWindowMs),
      checksWithin: formatDuration(response.checksWithinMs),
      reviewWithin: formatDuration(response.reviewWithinMs),
      deliverWithin: formatDuration(response.deliverWithinMs),
      verifyWithin: formatDuration(response.verifyWithinMs),
      observeEvery: formatDuration(response.observeEveryMs),
      pollEvery: formatDuration(response.pollEveryMs),
      settle: formatDuration(response.settleMs),
      recoveredStreak: response.recoveredStreak,
    },
    sources: [
      { name: "prometheus", type: "alertmanager", repository: github.repository },
      { name: "argocd", type: "argocd", repository: github.repository },
    ],
    ...(options.policySigning === undefined ? {} : { policySigning: options.policySigning }),
  });
  const environment = {
    REMIT_GITHUB_PRIVATE_KEY: github.privateKey.trim().replaceAll("\n", "\\n"),
    REMIT_WEBHOOK_SECRETS: github.webhookSecret,
    REMIT_SOURCE_PROMETHEUS_TOKEN: tokens.alertmanager,
    REMIT_SOURCE_ARGOCD_TOKEN: tokens.argocd,
  };
  return { file, environment };
}
