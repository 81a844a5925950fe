/** Watches what Remit keeps about its incidents, and adds each new line of their timelines to the story. */
import type { Instant } from "../../clock.ts";
import type { Remediation, TimelineEntry } from "../../remediation/response.ts";
import type { IncidentRecord } from "../../store/store.ts";
import type { GitReader } from "../cluster/git-reader.ts";
import { type Repetition, repeat } from "../cluster/repeat.ts";
import type { PullState } from "../page/page-state.ts";
import type { Story } from "./story.ts";

export interface RemitObserver extends Repetition {
  /** The incidents as last seen, oldest first. */
  readonly records: readonly IncidentRecord[];
  /** The newest pull request with its diff. */
  readonly pull: PullState | undefined;
}

export interface ObserveOptions {
  /** Newest first. */
  readonly read: () => Promise<readonly IncidentRecord[]>;
  readonly story: Story;
  readonly git: GitReader;
  readonly everyMs: number;
}

export function observeRemit({ read, story, git, everyMs }: ObserveOptions): RemitObserver {
  const diffs = new Map<string, string>();
  const tellers = new Map<string, (record: IncidentRecord) => void>();
  let records: readonly IncidentRecord[] = [];

  const look = async () => {
    const seen = (await read()).toReversed();
    for (const change of seen.map(changeOf)) {
      if (change === undefined || diffs.has(change.commit)) continue;
      diffs.set(change.commit, await diffOf(git, change.base, change.commit));
    }
    records = seen;
    for (const record of records) {
      const tell = tellers.get(record.incident.id) ?? incidentTeller(story, diffs);
      tellers.set(record.incident.id, tell);
      tell(record);
    }
  };

  const loop = repeat(everyMs, look);
  return {
    get records() {
      return records;
    },
    get pull() {
      const withPull = records.findLast((record) => changeOf(record) !== undefined);
      return withPull && pullState(withPull, diffs);
    },
    stop: () => loop.stop(),
  };
}

/** Tells of one incident what it hasn't told yet. */
function incidentTeller(story: Story, diffs: ReadonlyMap<string, string>): (record: IncidentRecord) => void {
  let told = 0;
  let last = "";
  let proposed: number | undefined;

  const tell = ({ at, event, message }: TimelineEntry, alertName: string) => {
    // Told from the record itself, below: an adopted pull request has no line of its own.
    if (event === "proposed" || (event === "observed" && message === last)) return;
    last = message;
    // The demo's own last word is `verified`.
    const name = event === "verified" ? "recovered" : event;
    const which = event === "opened" ? `: ${alertName}` : "";
    story.add({ event: name, at, actor: "remit", message: `${sentence(message)}${which}` });
  };
  const tellPull = (pull: PullState | undefined, at: Instant | undefined) => {
    if (pull === undefined || pull.number === proposed) return;
    proposed = pull.number;
    const message = `Opens pull request #${pull.number}: ${pull.title}`;
    story.add({
      event: "proposed",
      actor: "remit",
      message,
      data: { ...pull },
      ...(at === undefined ? {} : { at }),
    });
  };
  return (record) => {
    for (const entry of record.response.timeline.slice(told)) {
      told++;
      if (entry.event !== "decided" && entry.event !== "planned") tellPull(pullState(record, diffs), entry.at);
      tell(entry, record.incident.alerts[0]?.labels.alertname ?? "");
    }
    tellPull(pullState(record, diffs), undefined);
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
