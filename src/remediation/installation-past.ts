import type { PastRemediation } from "../authority/past-remediation.ts";
import type { Instant } from "../clock.ts";

/** Remediations of every repository of the installation but this one; `unreadable` where one of them can't be read. */
export type InstallationPast = (butOf: string, now: Instant) => Promise<readonly PastRemediation[] | "unreadable">;
