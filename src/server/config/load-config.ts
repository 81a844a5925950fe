/** remit.yaml and the environment become one checked configuration, or the list of everything that is wrong with them. */
import { createPrivateKey } from "node:crypto";
import { nearestWord } from "../../nearest-word.ts";
import { defaultSettings, type ResponseSettings } from "../../remediation/settings.ts";
import { usualHeartbeat } from "../source-signals.ts";
import type { Config, SourceConfig } from "./config.ts";
import { formatDuration, parseDuration } from "./duration.ts";
import { Environment } from "./environment.ts";
import type { ConfigFile } from "./file-schema.ts";
import type { Mistake } from "./mistake.ts";
import { type LoadOptions, readConfigFile } from "./read-config-file.ts";
import { readDatabase } from "./read-database.ts";
import type { ReadFile } from "./read-file.ts";
import { readOauth } from "./read-oauth.ts";
import { readRegistries } from "./read-registries.ts";
import { readSigning } from "./read-signing.ts";
import { defaultRetention, type Retention, shortestRetention } from "./retention.ts";
import { Secret } from "./secret.ts";

export type LoadedConfig =
  | { readonly config: Config; readonly mistakes?: never }
  | { readonly mistakes: readonly Mistake[]; readonly config?: never };

/** Reads files and nothing else: no network, and nothing is created. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const environment = new Environment(options.env);
  const { file, directory, dataDirectory } = await readConfigFile(options);
  const { content } = file;

  const github = await githubOf(content, environment);
  const sources = await sourcesOf(file, environment);
  const registries = await readRegistries(file, environment);
  const modelApiKey = await environment.secret("ANTHROPIC_API_KEY");
  const stop = flag(environment, "REMIT_STOP");
  const database = await readDatabase(environment, content);
  const retention = retentionOf(content.retention ?? {});
  const oauth = await readOauth(environment, content);
  const signing = await readSigning(file, directory);
  const ours = [
    ...sourceMistakes(file),
    ...retentionMistakes(file, retention),
    ...signing.mistakes,
    ...registries.mistakes,
  ];
  const mistakes = [...file.mistakes, ...ours, ...environment.mistakes];
  if (mistakes.length > 0 || github === undefined) return { mistakes };
  return {
    config: {
      github,
      listen: { host: content.listen?.host ?? "127.0.0.1", port: content.listen?.port ?? 8080 },
      admin: {
        host: content.admin?.host ?? "127.0.0.1",
        port: content.admin?.port ?? 8081,
        hosts: content.admin?.hosts ?? [],
      },
      oauth,
      publicUrl: content.publicUrl?.replace(/\/+$/, ""),
      dataDirectory,
      database,
      retention,
      logLevel: content.logLevel ?? "info",
      stop: stop || content.stop === true,
      response: responseOf(content.response ?? {}),
      mergeMethod: content.mergeMethod ?? "squash",
      autoMerge: content.autoMerge ?? false,
      dashboard: content.dashboard ?? true,
      onboarding: content.onboarding ?? true,
      ledger: content.ledger ?? true,
      watchdog: content.watchdog ?? true,
      review: content.review ?? content.ledger ?? true,
      sources,
      registries: registries.registries,
      policySigning: signing.policySigning,
      modelApiKey: modelApiKey === undefined ? undefined : new Secret(modelApiKey),
    },
  };
}

async function githubOf(content: ConfigFile, environment: Environment): Promise<Config["github"] | undefined> {
  const appId = appIdOf(content, environment);
  const privateKey = await privateKeyOf(environment);
  const webhookSecrets = await environment.secrets("REMIT_WEBHOOK_SECRETS");
  if (!environment.has("REMIT_WEBHOOK_SECRETS")) {
    environment.mistake("REMIT_WEBHOOK_SECRETS", "missing: the webhook secret of the GitHub App");
  }
  if (appId === undefined || privateKey === undefined || webhookSecrets.length === 0) return undefined;
  return {
    appId,
    privateKey,
    apiUrl: (content.github?.apiUrl ?? "https://api.github.com").replace(/\/+$/, ""),
    webhookSecrets: webhookSecrets.map((value) => new Secret(value)),
  };
}

function appIdOf(content: ConfigFile, environment: Environment): number | undefined {
  const text = environment.plain("REMIT_GITHUB_APP_ID");
  if (text !== undefined && !/^[1-9]\d{0,9}$/.test(text)) {
    environment.mistake("REMIT_GITHUB_APP_ID", "expected a whole number");
    return undefined;
  }
  const appId = text === undefined ? content.github?.appId : Number(text);
  if (appId === undefined) environment.mistake("REMIT_GITHUB_APP_ID", "missing: the App's id, here or as github.appId");
  return appId;
}

async function privateKeyOf(environment: Environment): Promise<Secret | undefined> {
  const name = "REMIT_GITHUB_PRIVATE_KEY";
  const text = await environment.secret(name);
  if (text === undefined) {
    if (!environment.has(name)) environment.mistake(name, `missing: the App's private key, here or in ${name}_FILE`);
    return undefined;
  }
  // Variables that can't hold line ends carry them as \n.
  const pem = text.includes("\n") ? text : text.replaceAll("\\n", "\n");
  try {
    if (createPrivateKey(pem).asymmetricKeyType === "rsa") return new Secret(pem);
    environment.mistake(name, "expected an RSA key, as GitHub makes them");
  } catch {
    environment.mistake(name, "not a private key in PEM form (-----BEGIN RSA PRIVATE KEY-----)");
  }
  return undefined;
}

async function sourcesOf({ content }: ReadFile, environment: Environment): Promise<readonly SourceConfig[]> {
  const sources: SourceConfig[] = [];
  for (const source of content.sources ?? []) {
    const { name, type, repository, environments, services, alerts } = source;
    const variable = tokenVariable(name);
    const tokens = await environment.secrets(variable);
    if (!environment.has(variable)) environment.mistake(variable, `missing: the token of source ${name}`);
    const secrets = tokens.map((token) => new Secret(token));
    const watchdog = watchdogOf(source);
    sources.push({ name, type, repository, environments, services, alerts, watchdog, tokens: secrets });
  }
  const known = new Set(sources.map(({ name }) => tokenVariable(name)));
  for (const name of environment.names()) {
    const variable = name.replace(/_FILE$/, "");
    if (/^REMIT_SOURCE_\w+_TOKEN$/.test(variable) && !known.has(variable)) {
      environment.mistake(name, "no source of that name is configured", nearestWord(variable, [...known]));
    }
  }
  return sources;
}

function watchdogOf({ watchdog, type }: NonNullable<ConfigFile["sources"]>[number]): SourceConfig["watchdog"] {
  const silenceMs = parseDuration(watchdog?.silence ?? "");
  if (watchdog === undefined || silenceMs === undefined) return undefined;
  return { silenceMs, alert: type === "alertmanager" ? (watchdog.alert ?? usualHeartbeat) : undefined };
}

function tokenVariable(source: string): string {
  return `REMIT_SOURCE_${source.toUpperCase().replaceAll("-", "_")}_TOKEN`;
}

function sourceMistakes({ content, mistakeAt }: ReadFile): Mistake[] {
  const names = (content.sources ?? []).map(({ name }) => name);
  return (content.sources ?? []).flatMap(({ name, type, watchdog }, index) => [
    ...(names.indexOf(name) === index ? [] : [mistakeAt(["sources", index, "name"], "another source has this name")]),
    ...(watchdog?.alert === undefined || type === "alertmanager"
      ? []
      : [mistakeAt(["sources", index, "watchdog", "alert"], "only Alertmanager sends alerts that always fire")]),
  ]);
}

function retentionOf({ deliveries, incidents, syncs, shadows }: NonNullable<ConfigFile["retention"]>): Retention {
  return {
    deliveriesMs: parseDuration(deliveries ?? "") ?? defaultRetention.deliveriesMs,
    incidentsMs: parseDuration(incidents ?? "") ?? defaultRetention.incidentsMs,
    syncsMs: parseDuration(syncs ?? "") ?? defaultRetention.syncsMs,
    shadowsMs: parseDuration(shadows ?? "") ?? defaultRetention.shadowsMs,
  };
}

function retentionMistakes({ mistakeAt }: ReadFile, retention: Retention): Mistake[] {
  const keys = ["deliveries", "incidents", "syncs", "shadows"] as const;
  return keys
    .filter((key) => retention[`${key}Ms`] < shortestRetention[`${key}Ms`])
    .map((key) => {
      const shortest = formatDuration(shortestRetention[`${key}Ms`]);
      return mistakeAt(["retention", key], `expected at least ${shortest}: it is needed for that long`);
    });
}

function flag(environment: Environment, name: string): boolean {
  const text = environment.plain(name)?.toLowerCase();
  if (text === undefined || ["0", "false", "no", "off"].includes(text)) return false;
  // A stop switch that is set to something unclear stops.
  return true;
}

function responseOf(response: NonNullable<ConfigFile["response"]>): ResponseSettings {
  const ms = (text: string | undefined, otherwise: number) => parseDuration(text ?? "") ?? otherwise;
  return {
    stoodMs: ms(response.stood, defaultSettings.stoodMs),
    suspectWindowMs: ms(response.suspectWindow, defaultSettings.suspectWindowMs),
    checksWithinMs: ms(response.checksWithin, defaultSettings.checksWithinMs),
    reviewWithinMs: ms(response.reviewWithin, defaultSettings.reviewWithinMs),
    deliverWithinMs: ms(response.deliverWithin, defaultSettings.deliverWithinMs),
    verifyWithinMs: ms(response.verifyWithin, defaultSettings.verifyWithinMs),
    observeEveryMs: ms(response.observeEvery, defaultSettings.observeEveryMs),
    pollEveryMs: ms(response.pollEvery, defaultSettings.pollEveryMs),
    settleMs: ms(response.settle, defaultSettings.settleMs),
    recoveredStreak: response.recoveredStreak ?? defaultSettings.recoveredStreak,
  };
}
