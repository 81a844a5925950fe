/** Remit's own whose time is over and which it leaves as they are, since somebody has changed them or they can't be taken back. */
import type { Instant } from "../clock.ts";
import type { Forge } from "./forge.ts";
import { ownLeases } from "./own-leases.ts";
import type { StandingLease } from "./standing-leases.ts";

export interface LeftLook {
  readonly reader: WeakKey;
  readonly forge: Pick<Forge, "ownMessage">;
  /** Newest first. */
  readonly leases: readonly StandingLease[];
  readonly now: Instant;
}

export async function leftToPeople({ reader, forge, leases, now }: LeftLook): Promise<readonly StandingLease[]> {
  const left = leases.filter((lease) => lease.expired && isLeft(lease));
  const around = leases.filter((lease) => left.includes(lease) || left.some((older) => isAbove(lease, older)));
  const own = await ownLeases(reader, forge, around, now);
  return left.filter(
    (lease) => own.includes(lease) && !own.slice(0, own.indexOf(lease)).some((newer) => isAbove(newer, lease)),
  );
}

function isLeft({ target, end }: StandingLease): boolean {
  return target === undefined || end?.outcome === "refused";
}

/** Another change for a time only, in the same file: what it leaves behind may be just what stood there. */
function isAbove(newer: StandingLease, { paths }: StandingLease): boolean {
  return newer.end?.outcome === "candidate" && newer.paths.some((path) => paths.includes(path));
}
