/** A number, with how many cases it is made of and how sure it is at 95 %. The shapes are those of `remit metrics --json`. */
import type { Share } from "../backtest/wilson.ts";

export type Measure = ShareMeasure | DurationMeasure | RateMeasure | UnknownMeasure;

export interface ShareMeasure extends Omit<Share, "whole"> {
  readonly kind: "share";
  readonly known: true;
  readonly cases: number;
  /** Cases that there were, and of which too little is known; left out where none can be. */
  readonly unknownCases?: number;
}

/** Milliseconds. */
export interface DurationMeasure {
  readonly kind: "duration";
  readonly known: true;
  readonly cases: number;
  /** Cases that there were, and whose times git doesn't tell. */
  readonly unknownCases: number;
  /** Of no case, undefined. */
  readonly medianMs: number | undefined;
  readonly p90Ms: number | undefined;
  /** Around the median; undefined of fewer than six cases. */
  readonly lowMs: number | undefined;
  readonly highMs: number | undefined;
}

export interface RateMeasure {
  readonly kind: "rate";
  readonly known: true;
  readonly cases: number;
  readonly days: number;
  readonly perWeek: number;
  readonly low: number;
  readonly high: number;
}

/** Nothing is counted, because nothing can be. */
export interface UnknownMeasure {
  readonly kind: "share" | "duration";
  readonly known: false;
  /** What git would have to tell. */
  readonly why: string;
}
