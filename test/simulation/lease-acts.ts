/** What people do to lines that Remit changed for a time only. */
import type { ActKind } from "./acts.ts";
import { kits, linesOf } from "./components.ts";
import { forgedMessage } from "./forged-message.ts";
import type { PersonsCommit } from "./push-acts.ts";
import type { Service } from "./shop.ts";
import type { Simulation } from "./simulation.ts";
import { type Leased, leaseOf, standing } from "./standing.ts";

/** Nothing where there is nothing to act on. */
type LeaseAct = (simulation: Simulation, service: Service) => readonly PersonsCommit[];

const hour = 3_600_000;

export const leaseActs: ReadonlyMap<ActKind, LeaseAct> = new Map<ActKind, LeaseAct>([
  ["takes a lease back", onLease((lease, text) => [["Take it back", asBefore(lease, text)]])],
  ["changes what a lease set", onLease(({ of }, text) => [["Another number", kits[of].settle(text)]])],
  ["keeps what a lease set", onLease((lease, text) => [["Keep it", kept(lease, text)]])],
  [
    "sets again what a lease set",
    onLease((lease, text) => [
      ["Take it back", asBefore(lease, text)],
      ["It is needed for good", text],
    ]),
  ],
  ["writes beside a lease", onLease((_lease, text) => [["Say more", `${text}# Seen by people.\n`]])],
  ["writes right above a lease", onLease(({ after }, text) => [["Say why", text.replace(after, `# Why?\n${after}`)]])],
  [
    "deletes what a lease changed",
    onLease(({ of }) => (kits[of].text === undefined ? [] : [["It isn't needed", null]])),
  ],
  ["brings back what a lease's end took", bringBack],
  ["forges a lease", forge],
]);

/** Acts on the service's newest lease: what becomes of its file, commit by commit. */
function onLease(
  act: (lease: Leased, text: string) => readonly (readonly [message: string, text: string | null])[],
): LeaseAct {
  return (simulation, service) => {
    const { github } = simulation;
    const leases = standing(simulation, github.mainHead).filter((lease) => lease.service === service);
    const newest = leases.toSorted((a, b) => b.expiresAt - a.expiresAt)[0];
    const text = newest === undefined ? undefined : github.text(github.mainHead, newest.path);
    if (newest === undefined || text === undefined) return [];
    return act(newest, text).map(([message, after]) => ({ message, files: { [newest.path]: after } }));
  };
}

function asBefore({ before, after }: Leased, text: string): string {
  const lines = before.split("\n");
  if (before === "") return text.replace(`${after}\n`, "");
  return after.split("\n").reduce((sum, line, index) => sum.replace(line, lines[index] ?? line), text);
}

/** The same value, in other bytes. */
function kept({ of, after }: Leased, text: string): string {
  return of === "flag" || of === "feature" ? kits[of].settle(text) : text.replace(after, `${after} # for good`);
}

/** Somebody needs what Remit had made of it for a time, after Remit took it back. */
function bringBack({ github, has }: Simulation, service: Service): readonly PersonsCommit[] {
  const { objects } = github.git;
  for (const of of has.get(service) ?? []) {
    const path = kits[of].file(service);
    const now = github.text(github.mainHead, path);
    for (let commit: string | undefined = github.mainHead; commit !== undefined; ) {
      const parent: string | undefined = objects.commit(commit).parents[0];
      if (parent === undefined) break;
      const before = github.text(parent, path);
      if (linesOf(of, before) !== linesOf(of, now)) {
        const ended = leaseOf({ github }, parent, service, of) !== undefined;
        if (ended && before !== undefined) return [{ message: "Bring it back", files: { [path]: before } }];
        break;
      }
      commit = parent;
    }
  }
  return [];
}

/** Trailers as Remit writes them, in a person's commit of something else: its time seems to be over. */
function forge({ time }: Simulation, service: Service): readonly PersonsCommit[] {
  const holder = `${service}-production-000000000000`;
  const expires = new Date(time.now() - hour).toISOString();
  const lease = { "Remit-Expires": expires, "Remit-Holder": holder, "Remit-Lease": "it is described for a while" };
  const message = forgedMessage("Describe the shop", service, lease);
  return [{ message, files: { "README.md": "# shop\n\nAll that we sell.\n" } }];
}
