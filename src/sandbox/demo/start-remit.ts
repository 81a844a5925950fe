/** Remit itself, as `remit serve` runs it: its own configuration file, server, store and mirror; only the log is kept quiet. */
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../remediation/session.ts";
import type { ResponseSettings } from "../../remediation/settings.ts";
import { assemble } from "../../server/assemble.ts";
import type { Config } from "../../server/config/config.ts";
import { loadConfig } from "../../server/config/load-config.ts";
import { formatMistake } from "../../server/config/mistake.ts";
import { serve } from "../../server/serve.ts";
import type { IncidentRecord } from "../../store/store.ts";
import type { Receiver } from "../cluster/post-json.ts";
import type { GitHubStandIn } from "../github/start-github.ts";
import { hookPaths, remitSettings, type SourceTokens } from "./remit-settings.ts";
import { shopRepository } from "./shop-files.ts";

export interface DemoRemit {
  readonly url: string;
  /** Where its incidents can be read. */
  readonly adminUrl: string;
  readonly webhookUrl: string;
  readonly alertmanager: Receiver;
  readonly argocd: Receiver;
  /** Its incidents as they are stored, newest first. */
  incidents(): Promise<readonly IncidentRecord[]>;
  /** What its log warned of, oldest first. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export interface DemoRemitOptions {
  readonly directory: string;
  readonly github: GitHubStandIn;
  readonly settings: ResponseSettings;
  readonly clock: Clock;
  /** Once a minute unless said otherwise. */
  readonly leasesEveryMs?: number;
  readonly policySigning?: Config["policySigning"];
  readonly autoMerge?: boolean;
  /** Not unless said so. */
  readonly onboarding?: boolean;
}

export async function startRemit(options: DemoRemitOptions): Promise<DemoRemit> {
  const tokens = { alertmanager: secret(), argocd: secret() };
  const config = await configure(options, tokens);
  const problems: string[] = [];
  const assembly = await assemble(config, { clock: options.clock, log: quietLog(problems), throttle: false });
  try {
    const serving = await serve(config, assembly, { pollMs: 250, leasesEveryMs: options.leasesEveryMs });
    return {
      url: serving.url,
      adminUrl: serving.adminUrl,
      webhookUrl: serving.url + hookPaths.github,
      alertmanager: { url: serving.url + hookPaths.alertmanager, token: tokens.alertmanager },
      argocd: { url: serving.url + hookPaths.argocd, token: tokens.argocd },
      incidents: () => assembly.store.incidents.list(10),
      problems,
      async close() {
        await serving.close();
        await assembly.close();
      },
    };
  } catch (error) {
    await assembly.close();
    throw error;
  }
}

async function configure(options: DemoRemitOptions, tokens: SourceTokens): Promise<Config> {
  const { directory, github, settings, policySigning } = options;
  const { file, environment } = remitSettings({
    github: { ...github, repository: shopRepository },
    port: 0,
    dataDirectory: join(directory, "data"),
    response: settings,
    tokens,
    policySigning,
    logLevel: "warn",
  });
  await mkdir(directory, { recursive: true });
  const path = join(directory, "remit.yaml");
  await writeFile(path, file);
  const { config, mistakes = [] } = await loadConfig({ path, env: environment });
  if (config === undefined)
    throw new Error(`the sandbox's settings are wrong: ${mistakes.map(formatMistake).join("; ")}`);
  // The story tells what its incident costs, and GitHub counts a dashboard's requests with it.
  const { autoMerge = false, onboarding = false } = options;
  return { ...config, dashboard: false, review: false, onboarding, autoMerge };
}

function quietLog(problems: string[]): Log {
  const keep = (fields: object, message: string) => {
    const error = "error" in fields && fields.error instanceof Error ? `: ${fields.error.message}` : "";
    problems.push(`${message}${error}`);
  };
  return { info() {}, warn: keep, error: keep };
}

const secret = () => randomBytes(16).toString("hex");
