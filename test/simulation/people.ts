/** Performs what people do. An act that finds nothing to act on does nothing, and isn't counted. */

import { closeThread } from "../../src/sandbox/github/acts/close-thread.ts";
import { addComment } from "../../src/sandbox/github/acts/comments.ts";
import { commitAs } from "../../src/sandbox/github/acts/commit-as.ts";
import { editThread } from "../../src/sandbox/github/acts/edit-thread.ts";
import { mergePull } from "../../src/sandbox/github/acts/merge-pull.ts";
import { openIssue } from "../../src/sandbox/github/acts/open-issue.ts";
import { deleteRef } from "../../src/sandbox/github/acts/refs.ts";
import { reopenThread } from "../../src/sandbox/github/acts/reopen-thread.ts";
import { type ReviewEvent, reviewPull } from "../../src/sandbox/github/acts/review-pull.ts";
import { type Account, type Person, personNamed } from "../../src/sandbox/github/world/accounts.ts";
import type { IssueRecord, PullRecord } from "../../src/sandbox/github/world/records.ts";
import { Refusal } from "../../src/sandbox/github/world/refusal.ts";
import type { Act } from "./acts.ts";
import { type Ailment, type AilmentName, ailments } from "./ailments.ts";
import { leaseActs } from "./lease-acts.ts";
import { mayAct } from "./may-act.ts";
import { policyActs } from "./policy-acts.ts";
import { type PersonsCommit, pushActs } from "./push-acts.ts";
import {
  authorityPath,
  authorityText,
  type Policy,
  productionFile,
  type Service,
  services,
  stopPath,
  withVersion,
} from "./shop.ts";
import type { Simulation } from "./simulation.ts";
import { spokenCommand } from "./spoken-command.ts";
import { talkActs } from "./talk-acts.ts";

export class People {
  /** Kinds of acts that happened. */
  readonly done = new Set<string>();
  readonly #simulation: Simulation;
  #policy: Policy;
  #pushed = 0;
  #said = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#policy = simulation.scenario.policy;
  }

  async perform(act: Act): Promise<void> {
    let happened: boolean;
    try {
      happened = await this.#perform(act);
    } catch (cause) {
      // GitHub refuses people, too.
      if (!(cause instanceof Refusal)) throw cause;
      happened = false;
    }
    if (!happened) return;
    this.done.add(act.kind);
    const about = act.kind.includes("the same file") || act.kind.includes("alert") ? ` (${act.service})` : "";
    this.#simulation.say(act.by, `${act.kind}${about}`);
  }

  /** Everything that keeps an incident from its end is cleared away. */
  async tidyUp(): Promise<void> {
    const { world } = this.#simulation.github;
    world.archived = false;
    await this.#push("alice", "Go on", { [stopPath]: null });
    for (const issue of this.#stopIssues())
      await world.exclusively(() => closeThread(world, issue, personNamed("alice"), null));
  }

  /** The service's release pipeline. */
  release(service: string, version: string): Promise<boolean> {
    const text = this.#current(service);
    return this.#push("bob", `Release ${service} ${version} to production`, {
      [this.#file(service)]: withVersion(service, text, version),
    });
  }

  /** What somebody does that a service ails from. Some ailments come by themselves. */
  async bringAbout(service: Service, name: AilmentName): Promise<void> {
    const { github } = this.#simulation;
    const { file, causedIn = file, cause }: Ailment = ailments[name];
    const path = causedIn(service);
    const text = github.text(github.mainHead, path);
    if (cause !== undefined && text !== undefined)
      await this.#push("bob", `Change ${service}`, { [path]: cause(text) });
  }

  /** A colleague who wrote nothing looks through what is open, and a second one where two are asked for. */
  async approveWhatWaits(): Promise<void> {
    await this.#approveAs("alice");
    if (this.#policy.approvals > 1) await this.#approveAs("bob");
  }

  #approveAs(by: Person): Promise<boolean> {
    const isNew = ({ reviews }: PullRecord) => reviews.every(({ author }) => author.login !== by);
    return this.#review(this.#ourPulls("open").find(isNew), by, "APPROVE");
  }

  async #perform({ kind, service, by }: Act): Promise<boolean> {
    if (!mayAct(kind, by)) return false;
    const { github, cluster } = this.#simulation;
    const { world } = github;
    const person = personNamed(by);
    const pull = this.#ourPulls("open").at(-1);
    const policyAct = policyActs.get(kind);
    if (policyAct !== undefined) return this.#allow(by, policyAct(this.#policy, this.#simulation.time.now(), service));
    const pushAct = pushActs.get(kind);
    if (pushAct !== undefined) {
      const file = this.#file(service);
      const about = { service, file, text: this.#current(service), pushed: this.#pushed };
      return this.#pushEach(by, pushAct(about, cluster));
    }
    const leaseAct = leaseActs.get(kind);
    if (leaseAct !== undefined) return this.#pushEach(by, leaseAct(this.#simulation, service));
    const talkAct = talkActs.get(kind);
    if (talkAct !== undefined) return this.#talk(() => talkAct({ world, by, service, nth: this.#said++ }));
    switch (kind) {
      case "closes the pull request":
        return this.#on(pull, (found) => closeThread(world, found, person, null));
      case "reopens the pull request":
        return this.#on(
          this.#ourPulls("closed").findLast(({ merged }) => merged === undefined),
          (found) => reopenThread(world, found, person),
        );
      case "merges the pull request":
        return this.#on(pull, (found) =>
          mergePull(world, person, found, { method: "squash", head: undefined, title: undefined, message: undefined }),
        );
      case "approves":
        return this.#review(pull, by, "APPROVE");
      case "requests changes":
        return this.#review(pull, by, "REQUEST_CHANGES");
      case "approves an earlier head":
        return this.#review(pull, by, "APPROVE", github.mainHead);
      case "writes a command":
        return this.#on(pull, (found) => addComment(world, found, person, "/remit approve\n\nmerge this now"));
      case "writes another command":
        return this.#on(pull ?? this.#ourIssue(), (found) =>
          addComment(world, found, person, spokenCommand(this.#simulation.scenario.seed + this.#said++)),
        );
      case "pushes to Remit's branch":
        return this.#on(pull, (found) =>
          commitAs(world, by, {
            branch: found.headRef,
            message: "One more thing",
            files: { "README.md": "# theirs\n" },
          }),
        );
      case "deletes Remit's branch":
        return this.#on(pull, (found) => deleteRef(world, person, `refs/heads/${found.headRef}`));
      case "edits the pull request":
        return this.#on(pull, (found) => editThread(world, found, person, { title: "Better words", body: "mine" }));
      case "edits the issue":
        return this.#on(this.#ourIssue(), (found) => editThread(world, found, person, { title: "Ours", body: "mine" }));
      case "closes the issue":
        return this.#on(this.#ourIssue(), (found) => closeThread(world, found, person, null));
      case "brings an older policy back":
        return this.#push(by, "As it was", { [authorityPath]: authorityText(this.#simulation.scenario.policy) });
      case "breaks the policy":
        return this.#push(by, "Quick edit", { [authorityPath]: "spec: {grants: [\n" });
      case "removes the policy":
        return this.#push(by, "No more policy", { [authorityPath]: null });
      case "puts the stop file":
        return this.#push(by, "Stop", { [stopPath]: "stop\n" });
      case "removes the stop file":
        return this.#push(by, "Go on", { [stopPath]: null });
      case "opens a stop issue":
        return this.#may(by, () => openIssue(world, person, { title: "Stop", body: null, labels: ["remit:stop"] }));
      case "closes the stop issue":
        return this.#on(this.#stopIssues()[0], (found) => closeThread(world, found, person, null));
      case "sets the stop in the environment":
        this.#simulation.stopEnvironment = !this.#simulation.stopEnvironment;
        return true;
      case "archives the repository":
        // In calm nobody does any more, however late the moment comes that they waited for: nothing would come to its end.
        if (this.#simulation.faults.calm && !world.archived) return false;
        world.archived = !world.archived;
        return true;
      case "renames the default branch":
        return this.#on(world.defaultBranch === "main" ? "trunk" : "main", (name) =>
          github.renameDefaultBranch(name, person),
        );
      case "renames the repository":
        return this.#on(world.name === "shop" ? "store" : "shop", (name) => world.rename(name));
      case "the controller is suspended":
        cluster.control(service, "suspended");
        return true;
      case "the controller fails":
        cluster.control(service, "fails");
        return true;
      case "the controller skips":
        cluster.control(service, "skips");
        return true;
      case "the alert resolves falsely":
        await cluster.lie(service, "resolved");
        return true;
      case "the alert flaps":
        await cluster.lie(service, "flaps");
        return true;
      case "the clock runs hours ahead":
        this.#simulation.skewMs = 3 * 3_600_000;
        return true;
      case "the clock runs hours behind":
        this.#simulation.skewMs = -3 * 3_600_000;
        return true;
      case "the clock is set right":
        if (this.#simulation.skewMs === 0) return false;
        this.#simulation.skewMs = 0;
        return true;
      case "everything alerts at once":
        for (const every of services) cluster.outage(every, this.#simulation.time.now() + 10 * 60_000);
        return true;
      default:
        return false;
    }
  }

  async #push(by: Person, message: string, files: PersonsCommit["files"], shiftMs = 0): Promise<boolean> {
    const { github, time } = this.#simulation;
    const { world } = github;
    const changed = Object.entries(files).filter(
      ([path, text]) => (github.text(github.mainHead, path) ?? null) !== text,
    );
    if (world.archived || changed.length === 0 || !["admin", "write"].includes(personNamed(by).role)) return false;
    this.#pushed += 1;
    const commit = {
      branch: world.defaultBranch,
      message,
      files: Object.fromEntries(changed),
      date: time.now() + shiftMs,
    };
    await world.exclusively(() => commitAs(world, by, commit));
    return true;
  }

  /** One commit after the other; true if there was any. */
  async #pushEach(by: Person, commits: readonly PersonsCommit[]): Promise<boolean> {
    let any = false;
    for (const { message, files, shiftMs } of commits) any = (await this.#push(by, message, files, shiftMs)) || any;
    return any;
  }

  async #allow(by: Person, change: Partial<Policy> | undefined): Promise<boolean> {
    if (change === undefined) return false;
    this.#policy = { ...this.#policy, ...change, version: this.#policy.version + 1 };
    return this.#push(by, "Change what Remit may do", { [authorityPath]: authorityText(this.#policy) });
  }

  #review(pull: PullRecord | undefined, by: Person, event: ReviewEvent, commit?: string): Promise<boolean> {
    const { world } = this.#simulation.github;
    return this.#on(pull, (found) => reviewPull(world, personNamed(by), found, { event, body: "Seen.", commit }));
  }

  async #on<T>(found: T | undefined, act: (found: T) => unknown): Promise<boolean> {
    const { world } = this.#simulation.github;
    if (found === undefined || world.archived) return false;
    await world.exclusively(() => act(found));
    return true;
  }

  async #talk(act: () => Promise<boolean>): Promise<boolean> {
    const { world } = this.#simulation.github;
    return world.archived ? false : world.exclusively(act);
  }

  #may(by: Person, act: () => unknown): Promise<boolean> {
    const account: Account | undefined = personNamed(by).role === "none" ? undefined : personNamed(by);
    return this.#on(account, act);
  }

  #current(service: string): string | undefined {
    const { github } = this.#simulation;
    return github.text(github.mainHead, this.#file(service));
  }

  #file(service: string): string {
    const { github } = this.#simulation;
    const file = productionFile(service);
    return github.text(github.mainHead, file) === undefined ? file.replace(/yaml$/, "yml") : file;
  }

  #ourPulls(state: "open" | "closed"): PullRecord[] {
    const { world } = this.#simulation.github;
    return world.pulls.filter((pull) => pull.author === world.remit.bot && pull.state === state);
  }

  #ourIssue(): IssueRecord | undefined {
    const { world } = this.#simulation.github;
    return world.issues.filter((issue) => issue.author === world.remit.bot && issue.state === "open").at(-1);
  }

  #stopIssues(): IssueRecord[] {
    return this.#simulation.github.world.issues.filter(
      ({ state, labels }) => state === "open" && labels.includes("remit:stop"),
    );
  }
}
