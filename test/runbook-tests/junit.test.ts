import { expect, test } from "vitest";
import type { Difference } from "../../src/runbook-tests/differences.ts";
import { junit } from "../../src/runbook-tests/junit.ts";
import type { CaseResult } from "../../src/runbook-tests/run-case.ts";

function result(name: string, differences: readonly Difference[] = []): CaseResult {
  const seen = { incident: undefined, decision: undefined, tier: undefined };
  return { file: "tests/a.yaml", name, differences, answer: undefined, golden: undefined, seen };
}

test("cases are grouped by file, and failures are counted and told", () => {
  const failed = result("fails", [{ what: "tier", expected: "merge", actual: "propose" }]);
  expect(junit([result("passes"), failed])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="remit test" tests="2" failures="1">
  <testsuite name="tests/a.yaml" tests="2" failures="1">
    <testcase classname="tests/a.yaml" name="passes"/>
    <testcase classname="tests/a.yaml" name="fails">
      <failure message="tier not as expected">tier: expected
merge
but it is
propose</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test("names can't end their attribute, and what XML doesn't know is replaced", () => {
  const text = junit([result('"><evil a="&\u0000\u001b[2J\ud800')]);
  expect(text).toContain('name="&quot;&gt;&lt;evil a=&quot;&amp;\ufffd\ufffd[2J\ufffd"');
});
