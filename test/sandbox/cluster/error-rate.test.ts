import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorRate } from "../../../src/sandbox/cluster/error-rate.ts";
import { readCounters } from "../../../src/sandbox/cluster/scrape.ts";

const sample = (at: number, total: number, failed: number) => ({ at, total, failed });

describe("the error rate of a window", () => {
  test("is the failures' share of the requests made inside the window", () => {
    const samples = [sample(0, 0, 0), sample(1_000, 100, 0), sample(2_000, 200, 60), sample(3_000, 300, 120)];
    expect(errorRate(samples, 1_500, 3_000)).toBe(0.6);
    expect(errorRate(samples, 10_000, 3_000)).toBe(0.4);
  });

  test("has no value without two samples, or without a request between them", () => {
    expect(errorRate([], 1_000, 0)).toBeUndefined();
    expect(errorRate([sample(0, 5, 5)], 1_000, 0)).toBeUndefined();
    expect(errorRate([sample(0, 5, 5), sample(500, 5, 5)], 1_000, 500)).toBeUndefined();
  });

  test("survives a restart of the counters", () => {
    expect(errorRate([sample(0, 1_000, 900), sample(1, 10, 0), sample(2, 20, 5)], 1_000, 2)).toBe(0.25);
  });

  test("lies between 0 and 1 for any counters", () => {
    const samples = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)));
    fc.assert(
      fc.property(samples, (pairs) => {
        let total = 0;
        let failed = 0;
        const series = pairs.map(([ok, bad], index) => {
          total += ok + bad;
          failed += bad;
          return sample(index, total, failed);
        });
        const rate = errorRate(series, 1_000_000, pairs.length);
        expect(rate === undefined || (rate >= 0 && rate <= 1)).toBe(true);
      }),
    );
  });

  test("counts 5xx answers of any series as failures, and tells 500 from 503", () => {
    const metrics = [
      "# HELP http_requests_total Requests.",
      'http_requests_total{service="a",code="200"} 7',
      'http_requests_total{code="500",service="a"} 2',
      'http_requests_total{service="a",code="503"} 1',
      'http_requests_total{service="a",code="404"} 1',
      'other_total{code="500"} 9',
      'container_oom_events_total{service="a"} 4',
    ].join("\n");
    expect(readCounters(metrics)).toEqual({ total: 11, failed: 3, errors: 2, turnedAway: 1, oomKills: 4 });
  });
});
