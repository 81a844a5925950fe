/** Remit's configuration, complete and checked: what `loadConfig` makes of remit.yaml and the environment. */
import type { ResponseSettings } from "../../remediation/settings.ts";
import type { SourceType } from "../../signals/sources.ts";
import type { Retention } from "./retention.ts";
import type { Secret } from "./secret.ts";

export interface Config {
  readonly github: {
    readonly appId: number;
    /** PEM. */
    readonly privateKey: Secret;
    /** `https://api.github.com`, or `https://host/api/v3`; no slash at the end. */
    readonly apiUrl: string;
    /** Any of them verifies a webhook: several while one is rotated. Never empty. */
    readonly webhookSecrets: readonly Secret[];
  };
  readonly listen: { readonly host: string; readonly port: number };
  /** Metrics and state, for those who run Remit: apart from `listen`, which the internet may reach. */
  readonly admin: {
    readonly host: string;
    readonly port: number;
    /** Names that it answers to beside its own, loopback's and any address. */
    readonly hosts?: readonly string[];
  };
  /** People may sign in on the status page with their GitHub account; undefined: it only shows. */
  readonly oauth?: OAuthConfig | undefined;
  /** Where people reach this server; no slash at the end. */
  readonly publicUrl: string | undefined;
  /** Absolute. */
  readonly dataDirectory: string;
  /** DATABASE_URL. PostgreSQL for the state; undefined: SQLite in `dataDirectory`. Mirrors are in `dataDirectory` anyway. */
  readonly database: { readonly url: Secret; readonly poolSize: number } | undefined;
  readonly retention: Retention;
  readonly logLevel: LogLevel;
  /** `stop: true` or REMIT_STOP: look, but write nothing. */
  readonly stop: boolean;
  readonly response: ResponseSettings;
  readonly mergeMethod: MergeMethod;
  /** What waits for GitHub's rules only is left to GitHub's auto-merge. Not unless said so. */
  readonly autoMerge?: boolean;
  /** Keep an issue in each repository with a policy that tells how it stands. Not unless said so here; remit.yaml's default is that it is. */
  readonly dashboard?: boolean;
  /** Ask each repository without a policy once, by a pull request, for one. As `dashboard`. */
  readonly onboarding?: boolean;
  /** Record decisions on the branch remit/ledger of each repository. As `dashboard`. */
  readonly ledger?: boolean;
  /** Keep an issue in each configured repository while something that Remit needs is broken. As `dashboard`. */
  readonly watchdog?: boolean;
  /** Write an issue in each repository once a month that says what the ledger tells of the last one. As `dashboard`, where there is a ledger. */
  readonly review?: boolean;
  readonly sources: readonly SourceConfig[];
  /** Who is asked whether an image is still there; empty: nobody. */
  readonly registries: readonly RegistryConfig[];
  /** Whose signatures policies need; undefined: nobody's. */
  readonly policySigning: PolicySigning | undefined;
  /** ANTHROPIC_API_KEY. */
  readonly modelApiKey: Secret | undefined;
}

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

export const mergeMethods = ["merge", "squash", "rebase"] as const;
export type MergeMethod = (typeof mergeMethods)[number];

export interface OAuthConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Where people reach the status page: `https://remit.internal`. */
  readonly url: string;
}

export interface PolicySigning {
  /** Absolute path of OpenSSH's allowed signers. */
  readonly allowedSigners: string;
  /** Signers that it takes to raise what Remit may do. Lowering it takes one. */
  readonly threshold: number;
}

/** Who may send what, and which repository it speaks for. */
export interface SourceConfig {
  /** Lowercase letters, digits and dashes: it is part of the URL and of a variable's name. */
  readonly name: string;
  readonly type: SourceType;
  /** `owner/name`. */
  readonly repository: string;
  /** The only environments that it may speak of; undefined: any. */
  readonly environments: readonly string[] | undefined;
  /** The only services that it may speak of; undefined: any. */
  readonly services?: readonly string[] | undefined;
  /** The only alerts that it may raise, by their names; undefined: any. */
  readonly alerts?: readonly string[] | undefined;
  /** How long it may be silent; undefined: as long as it likes. */
  readonly watchdog?: SourceWatchdog | undefined;
  /** Any of them opens the door: several while one is rotated. Never empty. */
  readonly tokens: readonly Secret[];
}

export interface SourceWatchdog {
  readonly silenceMs: number;
  /** Of Alertmanager: the alert that always fires. */
  readonly alert?: string | undefined;
}

/** A registry that may be asked for an image. */
export interface RegistryConfig {
  /** As that of a source; it is part of variables' names. */
  readonly name: string;
  /** As references name it, with the port where there is one: `ghcr.io`, `docker.io`. In small letters. */
  readonly host: string;
  /** Other hosts that it may send Remit to, for a token or by a redirect. */
  readonly referrals: readonly string[];
  readonly plainHttp: boolean;
  /** undefined: it is asked as anybody may. */
  readonly credentials: { readonly username: Secret; readonly password: Secret } | undefined;
}
