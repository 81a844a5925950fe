/** Reads a service's `/metrics` over HTTP and keeps what it saw, as Prometheus does. */
import type { Clock, Instant } from "../../clock.ts";
import { type Repetition, repeat } from "./repeat.ts";

/** Counters at one moment. */
export interface Sample {
  readonly at: Instant;
  /** Requests answered so far. */
  readonly total: number;
  /** Of these, with a 5xx. */
  readonly failed: number;
}

export interface Scraper {
  /** Oldest first; bounded. */
  readonly samples: readonly Sample[];
  close(): Promise<void>;
}

export interface ScrapeOptions {
  readonly url: string;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly onSample?: (sample: Sample) => void;
}

const keptSamples = 3_600;
const timeoutMs = 2_000;

export function startScraper(options: ScrapeOptions): Scraper {
  const samples: Sample[] = [];
  const scrape = async () => {
    const response = await fetch(`${options.url}/metrics`, { signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    if (!response.ok) return;
    const sample = { at: options.clock.now(), ...countRequests(text) };
    samples.push(sample);
    if (samples.length > keptSamples) samples.shift();
    options.onSample?.(sample);
  };
  const loop: Repetition = repeat(options.everyMs, scrape);
  return { samples, close: () => loop.stop() };
}

/** Sums `http_requests_total` over its series; a 5xx code makes a failure. */
export function countRequests(metrics: string): { total: number; failed: number } {
  let total = 0;
  let failed = 0;
  for (const line of metrics.split("\n")) {
    const match = /^http_requests_total\{(.*)\} ([0-9.e+]+)$/.exec(line);
    if (match === null) continue;
    const [, labels = "", value = "0"] = match;
    total += Number(value);
    if (/(^|,)code="5\d\d"/.test(labels)) failed += Number(value);
  }
  return { total, failed };
}
