/** How many pods of a workload run and which of them are killed: from its manifests and from what is asked of it. Pure. */
import type { Instant } from "../../clock.ts";

/** What the manifests say. */
export interface PodSpec {
  /** Without an autoscaler both are the number of replicas. */
  readonly least: number;
  readonly most: number;
  /** Of a pod's capacity, that the autoscaler aims at; 0 to 1. */
  readonly utilization: number;
  /** The limit as it is written; undefined: none. */
  readonly memory: string | undefined;
  readonly memoryMi: number | undefined;
}

/** What one pod can take and what it needs. Load is measured in ordinary days: 1 is what all customers ask for on one. */
export interface PodNature {
  /** Load that one pod serves; what is more is turned away. */
  readonly capacity: number;
  /** MiB that a pod under this load needs. */
  readonly workingSetMi: (load: number, now: Instant) => number;
}

export interface Pods {
  readonly count: number;
  /** Of these, starting again because one was killed. */
  readonly killed: number;
  /** Kills so far. */
  readonly oomKills: number;
  /** Share of requests for which no pod has room; 0 to 1. */
  readonly turnedAway: number;
}

export const noPods: Pods = { count: 0, killed: 0, oomKills: 0, turnedAway: 0 };

/** Can do anything and needs nothing. */
export const tireless: PodNature = { capacity: Number.POSITIVE_INFINITY, workingSetMi: () => 0 };

/** One look later. Where the memory doesn't suffice the kernel kills one pod after the other, again and again. */
export function nextPods(pods: Pods, spec: PodSpec, nature: PodNature, load: number, now: Instant): Pods {
  const wanted = Math.ceil(load / (nature.capacity * spec.utilization));
  const count = Math.min(Math.max(wanted, spec.least), spec.most);
  const needs = count === 0 ? 0 : nature.workingSetMi(load / count, now);
  const killed = spec.memoryMi !== undefined && needs > spec.memoryMi ? 1 : 0;
  const turnedAway = load === 0 ? 0 : Math.max(0, 1 - (count * nature.capacity) / load);
  return { count, killed, oomKills: pods.oomKills + killed, turnedAway: count === 0 ? 1 : turnedAway };
}
