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
  /** Of these, with a 500: the service's own doing. */
  readonly errors: number;
  /** Of these, with a 503: no pod had room. */
  readonly turnedAway: number;
  /** Containers killed for their memory so far. */
  readonly oomKills: number;
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
    const sample = { at: options.clock.now(), ...readCounters(text) };
    samples.push(sample);
    if (samples.length > keptSamples) samples.shift();
    options.onSample?.(sample);
  };
  const loop: Repetition = repeat(options.everyMs, scrape);
  return { samples, close: () => loop.stop() };
}

/** Sums each counter over its series; a 5xx code makes a failure. */
export function readCounters(metrics: string): Omit<Sample, "at"> {
  const codes = new Map<string, number>();
  let oomKills = 0;
  for (const line of metrics.split("\n")) {
    const [, name, labels = "", value = "0"] = /^(\w+)\{(.*)\} ([0-9.e+]+)$/.exec(line) ?? [];
    if (name === "container_oom_events_total") oomKills += Number(value);
    if (name !== "http_requests_total") continue;
    const [, code = ""] = /(?:^|,)code="(\d\d\d)"/.exec(labels) ?? [];
    codes.set(code, (codes.get(code) ?? 0) + Number(value));
  }
  const sum = (pattern: RegExp) =>
    [...codes].reduce((total, [code, count]) => (pattern.test(code) ? total + count : total), 0);
  return { total: sum(/^/), failed: sum(/^5/), errors: sum(/^500$/), turnedAway: sum(/^503$/), oomKills };
}
