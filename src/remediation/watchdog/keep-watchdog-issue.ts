/** Keeps one issue that tells what is broken in a repository. GitHub is asked only when that changed, and by one replica. */
import { z } from "zod";
import type { Clock, Instant } from "../../clock.ts";
import { digest } from "../../digest.ts";
import type { Store } from "../../store/store.ts";
import { watchdogBody, watchdogTitle } from "../prose/watchdog-body.ts";
import type { Log } from "../session.ts";
import { knownTroubleSchema, settle, told } from "./settle.ts";
import type { Trouble } from "./trouble.ts";
import type { WatchdogIssues } from "./watchdog-issues.ts";

export interface WatchdogIssueParts {
  readonly store: Pick<Store, "settings">;
  readonly clock: Clock;
  readonly log: Log;
  readonly issues: WatchdogIssues;
  /** Tells this process from other replicas. */
  readonly self: string;
}

const memorySchema = z.object({
  known: z.array(knownTroubleSchema).readonly(),
  /** Of the text that the issue has; undefined: nobody knows. */
  shown: z.string().optional(),
  /** Who writes next. */
  turn: z.object({ by: z.string(), at: z.number() }).optional(),
  /** It couldn't be written. */
  retryAt: z.number().optional(),
});
type Memory = z.infer<typeof memorySchema>;

/** Whoever took the turn and did nothing for so long is gone. */
const turnMs = 5 * 60_000;
const retryMs = 15 * 60_000;

const memoryKey = (repository: string) => `watchdog:${repository}`;

/** To be called again and again: what has changed is written with a later call than the one that saw it. */
export async function keepWatchdogIssue(
  parts: WatchdogIssueParts,
  repository: string,
  troubles: readonly Trouble[],
): Promise<void> {
  const now = parts.clock.now();
  const before = await remembered(parts, repository);
  const known = settle(before.known, troubles, now);
  const tell = told(known);
  const body = watchdogBody(repository, tell);
  const isShown = digest(body) === before.shown;
  const next = isShown
    ? { known, shown: before.shown }
    : await write({ ...before, known }, { parts, repository, tell, body, now });
  if (digest(next) !== digest(before)) await parts.store.settings.set(memoryKey(repository), JSON.stringify(next));
}

interface Write {
  readonly parts: WatchdogIssueParts;
  readonly repository: string;
  readonly tell: readonly Trouble[];
  readonly body: string;
  readonly now: Instant;
}

async function write(memory: Memory, { parts, repository, tell, body, now }: Write): Promise<Memory> {
  const { turn, retryAt } = memory;
  if (retryAt !== undefined && now < retryAt && retryAt - now <= retryMs) return memory;
  const isFree = turn === undefined || Math.abs(now - turn.at) > turnMs;
  // Of two that take it at once the later one has it, and both see that before they write.
  if (isFree) return { ...memory, turn: { by: parts.self, at: now } };
  if (turn.by !== parts.self) return memory;
  try {
    await show(parts.issues, tell, body);
    parts.log.warn(
      { repository, troubles: tell.map(({ kind }) => kind) },
      "the watchdog's issue was brought up to date",
    );
    return { known: memory.known, shown: digest(body) };
  } catch (error) {
    parts.log.error(
      { repository, error, troubles: tell.map(({ kind }) => kind) },
      "the watchdog's issue can't be written",
    );
    return { ...memory, turn: undefined, retryAt: now + retryMs };
  }
}

/** Read first: a store that was lost, or a person, may know better. */
async function show(issues: WatchdogIssues, tell: readonly Trouble[], body: string): Promise<void> {
  const { archived, issue } = await issues.read();
  if (archived) return;
  if (tell.length === 0) {
    if (issue?.open === true) await issues.write({ number: issue.number, body, state: "closed" });
    return;
  }
  if (issue === undefined) await issues.open({ title: watchdogTitle, body });
  else await issues.write({ number: issue.number, body, state: "open" });
}

async function remembered({ store }: WatchdogIssueParts, repository: string): Promise<Memory> {
  const text = (await store.settings.get(memoryKey(repository))) ?? "";
  return text === "" ? { known: [] } : memorySchema.parse(JSON.parse(text));
}
