/**
 * Asks a repository once, by a pull request, whether Remit may watch it. GitHub's own record of that pull request is the answer, so no
 * lost store asks again. GitHub is looked at once, and again only when what is remembered no longer says it all.
 */
import { z } from "zod";
import { formatGateTask, gateQueue } from "../gate-task.ts";
import type { Hold } from "../hold.ts";
import { onboardingBody } from "../prose/onboarding-body.ts";
import { onboardingClosed, onboardingCommit, onboardingTitle } from "../prose/onboarding-words.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { ReconcilerParts } from "../session.ts";
import { nextOnboarding } from "./next-onboarding.ts";
import { foundTargets, wasTakenAway } from "./offer.ts";
import type { OnboardingParts, OnboardingView } from "./onboarding.ts";
import { packPlace } from "./pack-place.ts";

type Parts = Pick<
  ReconcilerParts,
  "store" | "reader" | "clock" | "log" | "stopEnvironment" | "onboarding" | "dashboards"
>;

const memorySchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("settled") }),
  z.object({ state: z.literal("asked") }),
  z.object({
    state: z.literal("waiting"),
    for: z.enum(["commit", "start", "targets"]),
    head: z.string().optional(),
    at: z.number(),
  }),
]);

/** What is remembered of a repository. Without it GitHub is asked once more. */
type Memory = z.infer<typeof memorySchema>;

/** A stop whose end no webhook told. */
const stopEveryMs = 60 * 60_000;

const memoryKey = (repository: string) => `onboarding:${repository}`;

/** It was installed: what is remembered doesn't count any more. */
export function forgetOnboarding(store: Pick<Parts["store"], "settings">, repository: string): Promise<void> {
  return store.settings.set(memoryKey(repository), "");
}

/** Something that held it back may be over. */
export async function onboardingMayGoOn(store: Pick<Parts["store"], "settings">, repository: string): Promise<boolean> {
  const memory = await remembered(store, repository);
  if (memory?.state !== "waiting" || memory.for !== "start") return false;
  await forgetOnboarding(store, repository);
  return true;
}

/** Looked at again when it is asked for. */
export async function keepOnboarding(parts: Parts, repository: string, hold?: Hold): Promise<undefined> {
  const { onboarding, store } = parts;
  if (onboarding === undefined || parts.stopEnvironment()) return;
  const memory = await remembered(store, repository);
  if (memory !== undefined && !(await isOutdated(parts, repository, memory))) return;
  const next = await goOn(parts, onboarding, repository, hold);
  await store.settings.set(memoryKey(repository), JSON.stringify(next));
}

async function remembered(
  { settings }: Pick<Parts["store"], "settings">,
  repository: string,
): Promise<Memory | undefined> {
  const text = await settings.get(memoryKey(repository));
  if (text === undefined || text === "") return undefined;
  return memorySchema.safeParse(JSON.parse(text)).data;
}

/** Told from the store and the clone alone. */
async function isOutdated(parts: Parts, repository: string, memory: Memory): Promise<boolean> {
  if (memory.state === "settled") return false;
  if (memory.state === "waiting" && memory.for === "start")
    return Math.abs(parts.clock.now() - memory.at) >= stopEveryMs;
  const reader = await parts.reader(repository);
  const head = await reader.mirror.head();
  if (memory.state === "asked") return (await reader.authority(head)).kind !== "missing";
  if (head === memory.head) return false;
  return memory.for === "commit" || (await reader.catalogue(head)).targets.length > 0;
}

async function goOn(
  parts: Parts,
  onboarding: OnboardingParts,
  repository: string,
  hold: Hold | undefined,
): Promise<Memory> {
  const forge = onboarding.on(repository);
  const view = await forge.look();
  const step = nextOnboarding(view);
  const at = parts.clock.now();
  switch (step.do) {
    case "settle":
      return { state: "settled" };
    case "leave":
      return { state: "asked" };
    case "wait":
      return { state: "waiting", for: step.for, at };
    case "close":
      await hold?.renew();
      await forge.close(view, step.pull, onboardingClosed);
      parts.log.info({ repository, pull: step.pull.number }, "closed the onboarding: a policy came by another way");
      return { state: "settled" };
    case "open":
      return open(parts, onboarding, { repository, view, hold });
  }
}

interface Opening {
  readonly repository: string;
  readonly view: OnboardingView;
  readonly hold: Hold | undefined;
}

async function open(parts: Parts, onboarding: OnboardingParts, opening: Opening): Promise<Memory> {
  const { repository, view, hold } = opening;
  const { base } = view;
  if (base === undefined) return { state: "waiting", for: "commit", at: parts.clock.now() };
  const reader = await parts.reader(repository);
  await reader.require(base.head);
  const targets = await foundTargets(reader, base.head);
  if (targets === undefined) return { state: "waiting", for: "targets", head: base.head, at: parts.clock.now() };
  const place = await placeIn(parts, onboarding, reader, opening);
  if (place === undefined) return { state: "settled" };
  const past = await onboarding.past(repository, base.head);
  const files = onboarding.pack.size;
  await hold?.renew();
  const { number, head } = await onboarding.on(repository).open(view, {
    ...place,
    ...onboardingCommit,
    title: onboardingTitle,
    body: onboardingBody({ targets, past, files, dashboard: parts.dashboards !== undefined }),
  });
  parts.log.info({ repository, pull: number }, "asked by a pull request whether to watch this repository");
  await queueGate(parts, opening, head);
  return { state: "asked" };
}

/** undefined: not to be asked here, for a reason that no new commit takes away. */
async function placeIn(
  { clock, log }: Parts,
  { pack }: OnboardingParts,
  reader: RepositoryReader,
  { repository, view }: Opening,
) {
  if (view.base === undefined) return undefined;
  if (await wasTakenAway(reader, view.base.head, clock.now())) {
    log.info({ repository }, "not asked: somebody took a policy away here");
    return undefined;
  }
  const place = await packPlace(reader, pack, view.base.head, view.branch);
  if (place === undefined) log.warn({ repository }, "not asked: the branch or the directory holds something else");
  return place;
}

/** The webhook of its opening asks for the same; this is for when it gets lost. */
async function queueGate({ store, clock }: Parts, { repository, view }: Opening, head: string): Promise<void> {
  if (view.base === undefined) return;
  const { repositoryId, base } = view;
  const key = formatGateTask({ repository, repositoryId, base: base.head, baseBranch: base.branch, head });
  if (key !== undefined) await store.queue.add(key, clock.now(), gateQueue);
}
