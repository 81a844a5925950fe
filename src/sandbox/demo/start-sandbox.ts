/** The world without Remit: the GitHub stand-in and the shop's cluster, for a `remit serve` of one's own to work in. */
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock.ts";
import type { ClusterEvent } from "../cluster/cluster-event.ts";
import type { GitHubStandIn } from "../github/start-github.ts";
import type { Pace } from "./pace.ts";
import { hookPaths, remitSettings } from "./remit-settings.ts";
import type { Scenario } from "./scenario.ts";
import { shopRepository } from "./shop-files.ts";
import { startShopCluster, troubledService } from "./start-shop-cluster.ts";
import { startShopGitHub } from "./start-shop-github.ts";

export interface SandboxOptions {
  readonly directory: string;
  /** Of the GitHub stand-in; 0 for a free one. */
  readonly port: number;
  /** Where Remit listens or will listen: `http://127.0.0.1:8080`. */
  readonly remitUrl: string;
  readonly scenario: Scenario;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly onEvent: (event: ClusterEvent) => void;
}

export interface Sandbox {
  readonly github: GitHubStandIn;
  readonly serviceUrl: string;
  /** Files for `remit serve`. */
  readonly configFile: string;
  readonly environmentFile: string;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { directory, port, remitUrl, scenario, pace, clock, onEvent } = options;
  await mkdir(directory, { recursive: true });
  const github = await startShopGitHub({ directory: join(directory, "github"), scenario, clock, port });
  try {
    github.setWebhook(remitUrl + hookPaths.github);
    const tokens = { alertmanager: secret(), argocd: secret() };
    const cluster = await startShopCluster({
      gitDirectory: github.gitDirectory,
      scenario,
      pace,
      clock,
      argocd: { url: remitUrl + hookPaths.argocd, token: tokens.argocd },
      alertmanager: { url: remitUrl + hookPaths.alertmanager, token: tokens.alertmanager },
      onEvent,
    });
    const settings = remitSettings({
      github: { ...github, repository: shopRepository },
      port: Number(new URL(remitUrl).port || 80),
      dataDirectory: join(directory, "remit"),
      response: pace.remit,
      tokens,
      logLevel: "info",
    });
    const configFile = join(directory, "remit.yaml");
    const environmentFile = join(directory, "remit.env");
    await writeFile(configFile, settings.file);
    await writeFile(environmentFile, shellVariables(settings.environment), { mode: 0o600 });
    return {
      github,
      serviceUrl: cluster.service(troubledService).url,
      configFile,
      environmentFile,
      async close() {
        await cluster.close();
        await github.close();
      },
    };
  } catch (error) {
    await github.close();
    throw error;
  }
}

const secret = () => randomBytes(16).toString("hex");

/** For `set -a; . remit.env`. */
function shellVariables(environment: Readonly<Record<string, string>>): string {
  const lines = Object.entries(environment).map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`);
  return `${lines.join("\n")}\n`;
}
