import type { Node } from "yaml";
import type { PolicyReader } from "../authority/policy-reader.ts";
import { parseMoment } from "../authority/runbooks/parse-runbook-test.ts";
import type { Instant } from "../clock.ts";

/** The moment in `at`; 0 where there is none, which is noted elsewhere. */
export function readMoment(reader: PolicyReader, node: Node | undefined): Instant {
  const expected = 'a moment in UTC and in quotes, such as "2026-11-20T17:00:00Z"';
  return (node && reader.parsed(node, "at", parseMoment, expected)) ?? 0;
}
