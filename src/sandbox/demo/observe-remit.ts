/** Watches what Remit keeps about the incident, and adds each new line of its timeline to the story. */
import type { Remediation } from "../../remediation/response.ts";
import type { IncidentRecord } from "../../store/store.ts";
import type { GitReader } from "../cluster/git-reader.ts";
import { type Repetition, repeat } from "../cluster/repeat.ts";
import type { PullState } from "../page/page-state.ts";
import type { Story } from "./story.ts";

export interface RemitObserver extends Repetition {
  /** The incident as last seen. */
  readonly record: IncidentRecord | undefined;
  /** The newest pull request with its diff. */
  readonly pull: PullState | undefined;
}

export interface ObserveOptions {
  readonly read: () => Promise<IncidentRecord | undefined>;
  readonly story: Story;
  readonly git: GitReader;
  readonly everyMs: number;
}

export function observeRemit(options: ObserveOptions): RemitObserver {
  const { story } = options;
  const diffs = new Map<string, string>();
  let record: IncidentRecord | undefined;
  let told = 0;

  const look = async () => {
    const next = await options.read();
    if (next === undefined) return;
    const current = next.response.remediations.at(-1);
    if (current?.commit !== undefined && !diffs.has(current.commit)) {
      diffs.set(current.commit, await diffOf(options.git, current.base, current.commit));
    }
    record = next;
    for (const { at, event, message } of next.response.timeline.slice(told)) {
      told++;
      story.add({
        event: event === "verified" ? "recovered" : event,
        at,
        actor: "remit",
        message: sentence(message),
        data: event === "proposed" ? proposal() : {},
      });
    }
  };
  const pull = () => pullState(record, diffs);
  const proposal = () => ({ ...pull() });

  const loop = repeat(options.everyMs, look);
  return {
    get record() {
      return record;
    },
    get pull() {
      return pull();
    },
    stop: () => loop.stop(),
  };
}

function pullState(record: IncidentRecord | undefined, diffs: ReadonlyMap<string, string>): PullState | undefined {
  const current = record?.response.remediations.at(-1);
  if (current?.pullNumber === undefined) return undefined;
  const { candidate, verdict, branch, pullNumber } = current;
  return {
    number: pullNumber,
    title: sentence(candidate.title),
    state: stateOf(current),
    url: record?.response.lastView?.pull?.url ?? "",
    branch,
    tier: verdict.tier,
    operands: verdict.operands.map(({ name, tier, reason }) => ({ name, tier, message: sentence(reason.message) })),
    diff: diffs.get(current.commit ?? "") ?? "",
  };
}

function stateOf(remediation: Remediation): PullState["state"] {
  if (remediation.merged !== undefined) return "merged";
  return remediation.ended === undefined ? "open" : "closed";
}

async function diffOf(git: GitReader, base: string, commit: string): Promise<string> {
  const text = await git.show("diff", "--no-color", "--no-ext-diff", "--unified=2", base, commit).catch(() => "");
  return text
    .split("\n")
    .filter((line) => !/^(diff|index) /.test(line))
    .join("\n");
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
