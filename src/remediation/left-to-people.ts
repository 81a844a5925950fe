/** Whose time is over and which Remit leaves as they are, since somebody has changed them or they can't be taken back. */
import type { StandingLease } from "./standing-leases.ts";

export function leftToPeople(leases: readonly StandingLease[]): readonly StandingLease[] {
  return leases.filter(
    (lease, index) => lease.expired && isLeft(lease) && !leases.slice(0, index).some((newer) => isAbove(newer, lease)),
  );
}

function isLeft({ target, end }: StandingLease): boolean {
  return target === undefined || end?.outcome === "refused";
}

/** Another change for a time only, in the same file: what it leaves behind may be just what stood there. */
function isAbove(newer: StandingLease, { paths }: StandingLease): boolean {
  return newer.end?.outcome === "candidate" && newer.paths.some((path) => paths.includes(path));
}
