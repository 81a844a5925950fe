/** Watches what Remit keeps about the incident, and adds each new line of its timeline to the story. */
import type { Instant } from "../../clock.ts";
import type { Remediation, TimelineEntry } from "../../remediation/response.ts";
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
  const diffs = new Map<string, string>();
  let record: IncidentRecord | undefined;
  let told = 0;
  let last = "";
  let proposed: number | undefined;

  const tell = ({ at, event, message }: TimelineEntry) => {
    // Told from the record itself, below: an adopted pull request has no line of its own.
    if (event === "proposed" || (event === "observed" && message === last)) return;
    last = message;
    // The demo's own last word is `verified`.
    const name = event === "verified" ? "recovered" : event;
    options.story.add({ event: name, at, actor: "remit", message: sentence(message) });
  };
  const tellPull = (pull: PullState | undefined, at: Instant | undefined) => {
    if (pull === undefined || pull.number === proposed) return;
    proposed = pull.number;
    const message = `Opens pull request #${pull.number}: ${pull.title}`;
    options.story.add({
      event: "proposed",
      actor: "remit",
      message,
      data: { ...pull },
      ...(at === undefined ? {} : { at }),
    });
  };
  const look = async () => {
    const next = await options.read();
    if (next === undefined) return;
    const change = changeOf(next);
    if (change !== undefined && !diffs.has(change.commit)) {
      diffs.set(change.commit, await diffOf(options.git, change.base, change.commit));
    }
    record = next;
    for (const entry of next.response.timeline.slice(told)) {
      told++;
      if (entry.event !== "decided" && entry.event !== "planned") tellPull(pullState(next, diffs), entry.at);
      tell(entry);
    }
    tellPull(pullState(next, diffs), undefined);
  };

  const loop = repeat(options.everyMs, look);
  return {
    get record() {
      return record;
    },
    get pull() {
      return record === undefined ? undefined : pullState(record, diffs);
    },
    stop: () => loop.stop(),
  };
}

/** The newest change with its pull request: what Remit keeps, or GitHub's last word where it found its own again. */
function changeOf({ response }: IncidentRecord) {
  const remediation = response.remediations.at(-1);
  if (remediation === undefined) return undefined;
  const seen = response.lastView?.pull;
  const commit = remediation.commit ?? seen?.head;
  const number = remediation.pullNumber ?? seen?.number;
  if (commit === undefined || number === undefined) return undefined;
  const url = seen?.number === number ? seen.url : "";
  return { remediation, base: remediation.base, commit, number, url };
}

function pullState(record: IncidentRecord, diffs: ReadonlyMap<string, string>): PullState | undefined {
  const change = changeOf(record);
  if (change === undefined) return undefined;
  const { candidate, verdict, branch } = change.remediation;
  return {
    number: change.number,
    title: sentence(candidate.title),
    state: stateOf(change.remediation),
    url: change.url,
    branch,
    tier: verdict.tier,
    operands: verdict.operands.map(({ name, tier, reason }) => ({ name, tier, message: sentence(reason.message) })),
    diff: diffs.get(change.commit) ?? "",
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

/** A name such as `remit/gate` at the beginning stays as it is. */
function sentence(text: string): string {
  const [first = ""] = text.split(" ");
  return /^[a-z]+:?$/.test(first) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
