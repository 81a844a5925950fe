/** One reconcile of one incident: the stored record, and what was learnt from GitHub since it began. */
import type { Clock, Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { IncidentRecord, Store } from "../store/store.ts";
import type { Counsel } from "./counsel.ts";
import type { Forge, RepositoryView } from "./forge.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Remediation, Response } from "./response.ts";
import type { ResponseSettings } from "./settings.ts";
import type { Assessment, Permission } from "./situation.ts";

export interface ReconcilerParts {
  readonly store: Store;
  readonly forge: (repository: string) => Forge;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
  readonly clock: Clock;
  readonly settings: ResponseSettings;
  /** `REMIT_STOP` is set. */
  readonly stopEnvironment: () => boolean;
  readonly log: Log;
  /** A second opinion, where one is configured. */
  readonly counsel?: Counsel | undefined;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Somebody else saved the incident first: start again from what is stored. */
export class SavedElsewhere extends Error {}

export class Session {
  readonly parts: ReconcilerParts;
  readonly reader: RepositoryReader;
  readonly forge: Forge;
  readonly permissions = new Map<string, Permission>();
  record: IncidentRecord;
  view: RepositoryView | undefined;
  viewedAt: Instant = 0;
  assessment: Assessment | undefined;
  #counted: number;

  constructor(parts: ReconcilerParts, record: IncidentRecord, reader: RepositoryReader, forge: Forge) {
    this.parts = parts;
    this.record = record;
    this.reader = reader;
    this.forge = forge;
    this.#counted = forge.requests;
  }

  get incident(): Incident {
    return this.record.incident;
  }

  get response(): Response {
    return this.record.response;
  }

  get current(): Remediation | undefined {
    return this.response.remediations.at(-1);
  }

  now(): Instant {
    return this.parts.clock.now();
  }

  /** Head of the default branch as the mirror knows it. Costs no request. */
  async knownHead(): Promise<string | undefined> {
    return this.view?.head ?? (await this.reader.mirror.head());
  }

  /** GitHub's last word: this reconcile's, or the stored one. For writes that need only identities. */
  anyView(): RepositoryView | undefined {
    return this.view ?? this.response.lastView;
  }

  /** Remembers what a read or a write of ours told about GitHub. */
  saw(view: RepositoryView, at: Instant): void {
    this.view = view;
    this.viewedAt = at;
  }

  /** Saves a change of the response, with a line in the timeline where there is something to tell. */
  async save(change: Partial<Response>, event?: string, message?: string): Promise<void> {
    const spent = this.forge.requests - this.#counted;
    const { response } = this;
    const timeline =
      event === undefined
        ? response.timeline
        : [...response.timeline, { at: this.now(), event, message: message ?? event }];
    const next: Response = {
      ...response,
      ...change,
      timeline,
      lastView: this.view ?? response.lastView,
      requests: response.requests + spent,
    };
    await this.#store({ ...this.record, response: next });
    this.#counted += spent;
    if (event !== undefined) {
      this.parts.log.info({ incident: this.incident.id, event, requests: next.requests }, message ?? event);
    }
  }

  /** Saves a change of the newest remediation. */
  saveCurrent(change: Partial<Remediation>, event?: string, message?: string): Promise<void> {
    const remediations = this.response.remediations.map((remediation, index, all) =>
      index === all.length - 1 ? { ...remediation, ...change } : remediation,
    );
    return this.save({ remediations }, event, message);
  }

  async saveIncident(incident: Incident): Promise<void> {
    await this.#store({ ...this.record, incident });
  }

  async #store(record: IncidentRecord): Promise<void> {
    if (!(await this.parts.store.incidents.save(record))) throw new SavedElsewhere(record.incident.id);
    this.record = { ...record, version: record.version + 1 };
  }
}
