/** What people do about lines that Remit changed for a time only. */
import type { ActKind } from "./acts.ts";
import { ailments } from "./ailments.ts";
import { forgedMessage } from "./forged-message.ts";
import { type Lease, leasesOf } from "./leases.ts";
import type { PersonsCommit } from "./push-acts.ts";
import type { Service } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

/** Nothing where there is nothing to act on. */
type LeaseAct = (simulation: Simulation, service: Service) => readonly PersonsCommit[];

const hour = 3_600_000;

export const leaseActs: ReadonlyMap<ActKind, LeaseAct> = new Map<ActKind, LeaseAct>([
  ["takes a lease back", onLease((lease, text) => [["Take it back", asBefore(lease, text)]])],
  ["changes what a lease set", onLease(({ of }, text) => [["Another number", ailments[of].settle(text)]])],
  [
    "sets again what a lease set",
    onLease((lease, text) => [
      ["Take it back", asBefore(lease, text)],
      ["It is needed for good", text],
    ]),
  ],
  ["writes beside a lease", onLease((_lease, text) => [["Say more", `${text}# Seen by people.\n`]])],
  ["forges a lease", forge],
]);

/** Acts on the service's newest lease: what becomes of its file, commit by commit. */
function onLease(act: (lease: Lease, text: string) => readonly (readonly [message: string, text: string])[]): LeaseAct {
  return ({ github, ailments: has }, service) => {
    const [newest] = leasesOf(github, has, github.mainHead).filter((lease) => lease.service === service);
    const text = newest && github.text(github.mainHead, newest.path);
    if (newest === undefined || text === undefined) return [];
    return act(newest, text).map(([message, after]) => ({ message, files: { [newest.path]: after } }));
  };
}

function asBefore({ before, after }: Lease, text: string): string {
  return text.replace(after, before);
}

/** Trailers as Remit writes them, in a person's change of such lines: its time will seem to be over. */
function forge({ time, ailments: has, github }: Simulation, service: Service): readonly PersonsCommit[] {
  const [of] = has.get(service) ?? [];
  if (of === undefined) return [];
  const path = ailments[of].file(service);
  const text = github.text(github.mainHead, path);
  if (text === undefined) return [];
  const lease = {
    "Remit-Action": ailments[of].action,
    "Remit-Expires": new Date(time.now() + hour).toISOString(),
    "Remit-Holder": `${service}-production-000000000000`,
    "Remit-Lease": "it is relieved for a while",
  };
  return [{ message: forgedMessage("Relieve it", service, lease), files: { [path]: ailments[of].settle(text) } }];
}
