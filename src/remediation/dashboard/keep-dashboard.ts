/** Keeps one issue that tells how a repository stands, and does what people tick on it. GitHub is asked only when something changed. */
import { z } from "zod";
import type { Instant } from "../../clock.ts";
import { digest } from "../../digest.ts";
import { changeIncident } from "../change-incident.ts";
import { yes } from "../comments/obeyed.ts";
import { turnSwitchRecorded } from "../comments/turn-switch.ts";
import type { Forge } from "../forge.ts";
import type { Hold } from "../hold.ts";
import { atLeast } from "../permission.ts";
import { dashboardBody, dashboardTitle } from "../prose/dashboard-body.ts";
import { inlineCode } from "../prose/untrusted.ts";
import { askedEntries } from "../recording/record-asked.ts";
import type { ReconcilerParts } from "../session.ts";
import type { Permission } from "../situation.ts";
import { type Dashboard, gatherDashboard } from "./dashboard.ts";
import type { DashboardIssue, Dashboards, DashboardView } from "./dashboards.ts";
import { changedTicks, stopTick, type Ticked } from "./ticks.ts";

export type DashboardParts = Pick<
  ReconcilerParts,
  "store" | "reader" | "forge" | "clock" | "log" | "stopEnvironment" | "dashboards" | "ledger"
>;

const memorySchema = z.object({
  shown: z.string(),
  at: z.number(),
  stopIssue: z.number().optional(),
  said: z.object({ text: z.string(), at: z.number() }).optional(),
});

/** What is remembered between two looks. Without it GitHub is asked once more. */
type Memory = z.infer<typeof memorySchema>;

/** Whatever webhooks were lost is noticed after so long. */
const lookEveryMs = 60 * 60_000;
/** How long the answer to a tick is shown. */
const saidForMs = 24 * 60 * 60_000;

const memoryKey = (repository: string) => `dashboard:${repository}`;

/** Somebody changed something on GitHub: what is remembered of it doesn't count any more. */
export function forgetDashboard(store: Pick<ReconcilerParts["store"], "settings">, repository: string): Promise<void> {
  return store.settings.set(memoryKey(repository), "");
}

/** Looked at again when it is asked for. */
export async function keepDashboard(parts: DashboardParts, repository: string, hold?: Hold): Promise<undefined> {
  const forge = parts.dashboards?.(repository);
  if (forge === undefined) return;
  const memory = await remembered(parts, repository);
  const now = parts.clock.now();
  if (memory !== undefined && Math.abs(now - memory.at) < lookEveryMs) {
    const dashboard = await gather(parts, repository, memory.stopIssue, memory);
    if (digest(dashboardBody(dashboard)) === memory.shown) return;
  }
  const view = await forge.read();
  const answer = await obeyTicks(parts, repository, view, hold);
  const stopIssue = answer === undefined ? view.stopIssue : (await forge.read()).stopIssue;
  const said = answer === undefined ? memory?.said : { text: answer, at: now };
  const dashboard = await gather(parts, repository, stopIssue, { said });
  const body = dashboardBody(dashboard);
  await hold?.renew();
  await show(forge, view, dashboard, body);
  const next: Memory = { shown: digest(body), at: now, stopIssue, said };
  await parts.store.settings.set(memoryKey(repository), JSON.stringify(next));
}

async function show(forge: Dashboards, { archived, issue }: DashboardView, dashboard: Dashboard, body: string) {
  if (archived) return;
  if (issue === undefined) {
    // Without a policy nobody here has asked for Remit yet.
    if (dashboard.authority.kind !== "missing") await forge.open({ title: dashboardTitle, body });
    return;
  }
  // Closed by somebody: that is an answer.
  if (issue.open && issue.body.replaceAll("\r\n", "\n").trim() !== body.trim()) {
    await forge.write({ number: issue.number, body });
  }
}

/** What is answered to whoever ticked something; undefined: nobody did. */
async function obeyTicks(
  parts: DashboardParts,
  repository: string,
  view: DashboardView,
  hold: Hold | undefined,
): Promise<string | undefined> {
  const { issue } = view;
  if (issue?.open !== true || view.archived) return undefined;
  const open = await parts.store.incidents.open(repository);
  const ticks = changedTicks(issue.body, new Set([stopTick, ...open.map(({ incident }) => incident.id)]));
  if (ticks.length === 0) return undefined;
  const forge = parts.forge(repository);
  const asker = await askerOf(forge, issue);
  if (asker === undefined) return "Nothing was done: GitHub doesn't say who ticked a box.";
  await hold?.renew();
  const answers: string[] = [];
  for (const tick of ticks) answers.push(await obeyTick(parts, { repository, view, asker, forge }, tick));
  parts.log.info({ repository, ticks: ticks.length }, "did what was ticked on the dashboard");
  return answers.join(" ");
}

interface Asker {
  readonly login: string;
  readonly permission: Permission;
}

/** Asked now: what somebody may do is what GitHub says at this moment. What programs tick is never obeyed. */
async function askerOf(forge: Forge, { editor }: DashboardIssue): Promise<Asker | undefined> {
  if (editor === undefined || !editor.isPerson) return undefined;
  return { login: editor.login, permission: await forge.permission(editor.login) };
}

interface Tick {
  readonly repository: string;
  readonly view: DashboardView;
  readonly asker: Asker;
  readonly forge: Forge;
}

async function obeyTick(parts: DashboardParts, about: Tick, { id, to }: Ticked): Promise<string> {
  const { asker, forge, view } = about;
  const who = inlineCode(asker.login);
  const least = id === stopTick && !to ? "maintain" : "triage";
  if (!atLeast(asker.permission, least)) return `Not done for ${who}: it takes ${least} permission.`;
  if (id !== stopTick) return holdIncident(parts, id, { login: asker.login, to });
  const { repository } = about;
  const { stopIssue } = view;
  const said = `${who} ${to ? "stopped Remit" : "started Remit again"}.`;
  if (to === (stopIssue !== undefined)) return said;
  const effect = to ? "open-stop" : "close-stop";
  await turnSwitchRecorded(parts, { repository, forge, stopIssue, login: asker.login }, { ...yes(said), effect });
  return said;
}

async function holdIncident(
  { store, clock, ledger }: DashboardParts,
  id: string,
  { login, to }: { readonly login: string; readonly to: boolean },
): Promise<string> {
  const now = clock.now();
  const held = to ? { by: login, at: now, until: undefined } : undefined;
  const asked = { login, command: to ? "hold" : "resume" };
  const changed = await changeIncident({
    store,
    clock,
    find: async () => {
      const record = await store.incidents.get(id);
      return record?.response.closed === undefined ? record : undefined;
    },
    change: (record) => {
      const { response } = record;
      return { ...record, response: { ...response, asked: { ...response.asked, held } } };
    },
    entries: (changed) => askedEntries({ ledger, clock }, changed, asked),
  });
  if (changed === undefined) return "That incident is over.";
  return to ? `Held by ${inlineCode(login)}.` : "The hold is over.";
}

/** By what is here: GitHub isn't asked. `lookedAt`: when it was last asked which switches stand there; undefined: never for this. */
export async function recallDashboard(
  parts: GatherParts,
  repository: string,
): Promise<{ readonly dashboard: Dashboard; readonly lookedAt: Instant | undefined }> {
  const memory = await remembered(parts, repository);
  return { dashboard: await gather(parts, repository, memory?.stopIssue, memory ?? {}), lookedAt: memory?.at };
}

async function remembered({ store }: Pick<DashboardParts, "store">, repository: string): Promise<Memory | undefined> {
  const text = (await store.settings.get(memoryKey(repository))) ?? "";
  return text === "" ? undefined : memorySchema.parse(JSON.parse(text));
}

type GatherParts = Pick<DashboardParts, "store" | "reader" | "clock" | "stopEnvironment">;

async function gather(
  parts: GatherParts,
  repository: string,
  stopIssue: number | undefined,
  { said }: Partial<Memory>,
): Promise<Dashboard> {
  const now = parts.clock.now();
  return gatherDashboard({
    repository,
    reader: await parts.reader(repository),
    incidents: parts.store.incidents,
    shadows: parts.store.shadows,
    stopIssue,
    stopEnvironment: parts.stopEnvironment(),
    said: said !== undefined && now - said.at < saidForMs ? said.text : undefined,
    now,
  });
}
