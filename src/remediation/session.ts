/** One reconcile of one incident: the stored record, and what was learnt from GitHub since it began. */
import type { Clock, Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { SyncSignal } from "../signals/signal.ts";
import type { IncidentRecord, Lease, SaveGuard, Store } from "../store/store.ts";
import type { Counsel } from "./counsel.ts";
import type { Dashboards } from "./dashboard/dashboards.ts";
import type { Forge, RepositoryView } from "./forge.ts";
import { guardedForge } from "./guarded-forge.ts";
import type { Hold } from "./hold.ts";
import type { Images } from "./images.ts";
import type { InstallationPast } from "./installation-past.ts";
import type { OnboardingParts } from "./onboarding/onboarding.ts";
import { entriesOf, type Happening } from "./recording/entries-of.ts";
import type { Ledger } from "./recording/ledger.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Remediation, Response } from "./response.ts";
import { type ResponseSettings, syncWindowMs } from "./settings.ts";
import type { Assessment, Permission } from "./situation.ts";
import type { Spoken } from "./spoken.ts";

export interface ReconcilerParts {
  readonly store: Store;
  readonly forge: (repository: string) => Forge;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
  readonly clock: Clock;
  readonly settings: ResponseSettings;
  /** `REMIT_STOP` is set. */
  readonly stopEnvironment: () => boolean;
  readonly log: Log;
  /** What was done in the installation's other repositories. */
  readonly elsewhere?: InstallationPast | undefined;
  /** May this source speak of that target, with an alert of that name? By its configuration as it is now. */
  readonly maySpeakOf: (source: string, spoken: Spoken) => boolean;
  /** A second opinion, where one is configured. */
  readonly counsel?: Counsel | undefined;
  /** Where each repository's dashboard is kept; undefined: there are none. */
  readonly dashboards?: ((repository: string) => Dashboards) | undefined;
  /** GitHub's auto-merge may do what waits for its rules only. Not unless said otherwise. */
  readonly autoMerge?: boolean | undefined;
  /** How repositories without a policy are asked for one; undefined: they aren't. */
  readonly onboarding?: OnboardingParts | undefined;
  /** Where decisions are recorded; undefined: nowhere. */
  readonly ledger?: Ledger | undefined;
  /** Who knows whether images are still there, where a registry is configured. */
  readonly images?: Images | undefined;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What goes with a save. */
export interface Saving extends Pick<Happening, "actor" | "more"> {
  readonly guard?: SaveGuard;
  /** What the ledger calls it, where that isn't the timeline's event. */
  readonly recordAs?: string;
}

/** Somebody else saved the incident first: start again from what is stored. */
export class SavedElsewhere extends Error {}

export class Session {
  readonly parts: ReconcilerParts;
  readonly reader: RepositoryReader;
  readonly forge: Forge;
  /** Undefined where only one process can be at work. */
  readonly lease: Lease | undefined;
  readonly permissions = new Map<string, Permission>();
  /** What registries said, by the candidate's digest. */
  readonly images = new Map<string, readonly Reason[]>();
  record: IncidentRecord;
  view: RepositoryView | undefined;
  viewedAt: Instant = 0;
  assessment: Assessment | undefined;
  #counted: number;

  constructor(parts: ReconcilerParts, record: IncidentRecord, reader: RepositoryReader, hold: Hold | undefined) {
    const forge = parts.forge(record.incident.repository);
    this.parts = parts;
    this.record = record;
    this.reader = reader;
    this.forge = guardedForge(forge, hold);
    this.lease = hold?.lease;
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

  /** What controllers reported lately, newest first: only those that may speak of the incident's target. */
  async syncs(): Promise<readonly SyncSignal[]> {
    const { repository, target } = this.incident;
    const all = await this.parts.store.syncs.list(repository, this.now() - syncWindowMs);
    return all.filter(({ source }) => this.parts.maySpeakOf(source, { target }));
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
  async save(change: Partial<Response>, event?: string, message?: string, saving: Saving = {}): Promise<void> {
    const before = this.response.requests;
    const next = this.#changed(change, event, message);
    const entries = this.#entries(next, event, saving);
    await this.#store({ ...this.record, response: next }, { ...saving.guard, entries });
    this.#counted += next.requests - before;
    if (event !== undefined) {
      this.parts.log.info({ incident: this.incident.id, event, requests: next.requests }, message ?? event);
    }
  }

  /** Closes the incident as it was seen: a signal that came meanwhile makes it be looked at again. */
  async close(closed: NonNullable<Response["closed"]>): Promise<void> {
    const message = `closed: ${closed.outcome}`;
    const next = this.#changed({ closed }, "closed", message);
    const record = { ...this.record, response: next };
    const entries = this.#entries(next, "closed", {});
    if (!(await this.parts.store.incidents.save(record, { lease: this.lease, entries })))
      throw new SavedElsewhere(this.incident.id);
    this.record = { ...record, version: record.version + 1 };
    this.parts.log.info({ incident: this.incident.id, event: "closed", requests: next.requests }, message);
  }

  /** Saves a change of the newest remediation. */
  saveCurrent(change: Partial<Remediation>, event?: string, message?: string, saving: Saving = {}): Promise<void> {
    const remediations = this.response.remediations.map((remediation, index, all) =>
      index === all.length - 1 ? { ...remediation, ...change } : remediation,
    );
    return this.save({ remediations }, event, message, saving);
  }

  /** For the ledger alone: people's timeline has it already, or will. */
  note(change: Partial<Remediation>, saving: Saving & { readonly recordAs: string }): Promise<void> {
    return this.saveCurrent(change, undefined, undefined, saving);
  }

  /** Answers false when a signal changed the incident meanwhile; then that is what counts. */
  async saveIncident(incident: Incident): Promise<boolean> {
    const next = { ...this.record, incident };
    const saved = await this.parts.store.incidents.save(next, this);
    if (saved) this.record = { ...next, version: next.version + 1 };
    return saved;
  }

  #entries(response: Response, event: string | undefined, { recordAs = event, actor, more }: Saving) {
    const { ledger } = this.parts;
    if (ledger === undefined || recordAs === undefined) return [];
    const { software } = ledger;
    return entriesOf({ event: recordAs, at: this.now(), software, incident: this.incident, response, actor, more });
  }

  #changed(change: Partial<Response>, event: string | undefined, message: string | undefined): Response {
    const { response } = this;
    const entry = event === undefined ? [] : [{ at: this.now(), event, message: message ?? event }];
    return {
      ...response,
      ...change,
      timeline: [...response.timeline, ...entry],
      lastView: this.view === undefined ? response.lastView : withoutTexts(this.view),
      requests: response.requests + this.forge.requests - this.#counted,
    };
  }

  /**
   * Signals change the incident while a step is at work, and the step changes the response: both are kept. Only a
   * response that somebody else changed is a conflict.
   */
  async #store(record: IncidentRecord, guard: SaveGuard): Promise<void> {
    const { incidents } = this.parts.store;
    let next = record;
    for (let attempt = 0; attempt < mergeAttempts; attempt++) {
      if (await incidents.save(next, { lease: this.lease, ...guard })) {
        this.record = { ...next, version: next.version + 1 };
        return;
      }
      const stored = await incidents.get(record.incident.id);
      if (stored === undefined || digest(stored.response) !== digest(this.record.response)) break;
      next = { ...record, incident: stored.incident, version: stored.version };
    }
    throw new SavedElsewhere(record.incident.id);
  }
}

/** What people wrote is read anew each time, and can be long. */
function withoutTexts({ comments: _, ...view }: RepositoryView): RepositoryView {
  return view;
}

const mergeAttempts = 5;
