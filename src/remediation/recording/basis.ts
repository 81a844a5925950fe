/** What a decision rests on beside the incident, and the repository at its base: with these it can be made again. */
import type { Command } from "../../actions/commands/command.ts";
import type { Storm } from "../../authority/storm.ts";
import type { Instant } from "../../clock.ts";
import type { HealthRecord } from "../../diagnosis/diagnosis.ts";
import type { RecordedDecision, RecordedInputs } from "../../ledger/ledger-record.ts";
import type { Reason } from "../../reason.ts";
import type { Images } from "../images.ts";
import type { InstallationPast } from "../installation-past.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { defaultSettings, type ResponseSettings } from "../settings.ts";

export interface Basis {
  readonly by: RecordedDecision["by"];
  readonly inputs: Omit<RecordedInputs, "incident">;
}

export interface BasisFacts {
  readonly reader: Pick<RepositoryReader, "renderer">;
  readonly now: Instant;
  readonly kind: "fix" | "undo";
  readonly attempts: number;
  readonly stop: Reason | undefined;
  readonly storm: Omit<Storm, "knownServices"> | "unreadable";
  readonly health?: readonly HealthRecord[] | undefined;
  readonly lastChangeAt?: number | undefined;
  readonly settings?: ResponseSettings;
  readonly command?: Command;
  readonly images?: Images | undefined;
}

export function basisOf(by: Basis["by"], facts: BasisFacts, elsewhere: NotedPast): Basis {
  const { now, kind, attempts, stop, storm, health = [], lastChangeAt, settings = defaultSettings, command } = facts;
  const { stoodMs, suspectWindowMs } = settings;
  return {
    by,
    inputs: {
      now,
      attempts,
      kind,
      storm: storm === "unreadable" ? storm : withoutServices(storm),
      health: health.map(({ revision, at, health }) => ({ revision, at, health })),
      settings: { stoodMs, suspectWindowMs },
      outside: outside(facts),
      ...(stop === undefined ? {} : { stop }),
      ...(elsewhere.seen === undefined ? {} : { elsewhere: elsewhere.seen }),
      ...(lastChangeAt === undefined ? {} : { lastChangeAt }),
      ...(command === undefined ? {} : { command }),
    },
  };
}

function withoutServices({ sickServices, changesUnderWay }: Omit<Storm, "knownServices">) {
  return { sickServices, changesUnderWay };
}

function outside({ images, reader }: BasisFacts): RecordedInputs["outside"] {
  const asked = { images: images !== undefined, rendering: reader.renderer !== undefined };
  return (["images", "rendering"] as const).filter((name) => asked[name]);
}

/** Asks what was done in other repositories, and remembers when: nothing else of it is counted. */
export interface NotedPast {
  readonly past: InstallationPast | undefined;
  readonly seen: RecordedInputs["elsewhere"] | undefined;
}

export function notedPast(elsewhere: InstallationPast | undefined): NotedPast {
  let seen: RecordedInputs["elsewhere"] | undefined;
  const past: InstallationPast | undefined =
    elsewhere &&
    (async (butOf, now) => {
      const found = await elsewhere(butOf, now);
      seen = found === "unreadable" ? found : found.map(({ at }) => at);
      return found;
    });
  return {
    past,
    get seen() {
      return seen;
    },
  };
}
