import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommand } from "../../../src/actions/commands/parse-command.ts";
import { verbs } from "../../../src/actions/commands/verbs.ts";

const hour = 60 * 60_000;
const read = (line: string) => {
  const parsed = parseCommand(line);
  return parsed.outcome === "command" ? parsed.command : parsed.mistake.message;
};
const plain = { environment: undefined, namespace: undefined, leaseMs: undefined };

test.each([
  ["/remit rollback checkout", { service: "checkout", ask: { action: "rollback", to: undefined } }],
  ["rollback checkout to v1.4.2", { service: "checkout", ask: { action: "rollback", to: "v1.4.2" } }],
  ["/remit scale checkout 3", { service: "checkout", ask: { action: "scale", replicas: 3, component: undefined } }],
  [
    "/remit scale kafka 0 --component zookeeper --environment=production --namespace data --for 2h",
    {
      service: "kafka",
      environment: "production",
      namespace: "data",
      leaseMs: 2 * hour,
      ask: { action: "scale", replicas: 0, component: "zookeeper" },
    },
  ],
  ["/remit flag new-cart off", { service: undefined, ask: { action: "flag", flag: "new-cart", state: "off" } }],
  [
    "/remit  flag new-cart  previous --service cart",
    { service: "cart", ask: { action: "flag", flag: "new-cart", state: "previous" } },
  ],
  ["/remit restart checkout", { service: "checkout", ask: { action: "restart", component: undefined } }],
  [
    "/remit resize checkout memory 512Mi",
    {
      service: "checkout",
      ask: { action: "resize", resource: "memory", amount: { quantity: "512Mi" }, component: undefined },
    },
  ],
  [
    "/remit resize checkout cpu 1.5x",
    { service: "checkout", ask: { action: "resize", resource: "cpu", amount: { factor: 1.5 }, component: undefined } },
  ],
  [
    "/remit resize checkout cpu +50%",
    { service: "checkout", ask: { action: "resize", resource: "cpu", amount: { factor: 1.5 }, component: undefined } },
  ],
  [
    "/remit suspend report --for 30m",
    {
      service: "report",
      leaseMs: hour / 2,
      ask: { action: "suspend", suspended: true, component: undefined },
    },
  ],
  ["/remit resume report", { service: "report", ask: { action: "suspend", suspended: false, component: undefined } }],
  ["/remit shift checkout canary 0%", { service: "checkout", ask: { action: "shift", backend: "canary", percent: 0 } }],
  ["/remit undo 3f2a9c1", { service: undefined, ask: { action: "undo", commit: "3f2a9c1" } }],
])("%s is understood", (line, command) => {
  expect(read(line)).toEqual({ ...plain, ...command });
});

describe("what isn't understood is told with the form that it should have", () => {
  test.each([
    ["", "no command is given"],
    ["/remit", "no command is given"],
    ["/remit scael checkout 3", 'there is no command "scael"; did you mean scale?'],
    ["/remit delete checkout", 'there is no command "delete"'],
    ["/remit scale checkout", "scale wants a service and a number of replicas"],
    ["/remit scale checkout -1", '"-1" is no number of replicas from 0 to 9999'],
    ["/remit scale checkout 1e3", '"1e3" is no number of replicas from 0 to 9999'],
    ["/remit scale checkout 10000", '"10000" is no number of replicas from 0 to 9999'],
    ["/remit scale checkout 3 4", "scale wants a service and a number of replicas"],
    ["/remit scale checkout 3 --enviroment production", "there is no option --enviroment; did you mean --environment?"],
    ["/remit restart checkout --for 2h", "there is no option --for"],
    ["/remit scale checkout 3 --environment", "--environment wants a value"],
    ["/remit scale checkout 3 --environment --for 2h", "--environment wants a value"],
    ["/remit scale checkout 3 --environment=", "--environment wants a value"],
    ["/remit scale checkout 3 --for 2h --for 3h", "--for is given twice"],
    ["/remit suspend report --for 8d", '--for wants a time from 1m to 7d, such as 2h, not "8d"'],
    ["/remit suspend report --for 0h", '--for wants a time from 1m to 7d, such as 2h, not "0h"'],
    ["/remit rollback checkout v1", "rollback wants a service, and perhaps what to go back to"],
    ["/remit resize checkout disk 1Gi", "resize wants a service, memory or cpu, and how much"],
    [
      "/remit resize checkout memory 100x",
      '"100x" is neither a quantity, such as 512Mi, nor a factor from 1.1x to 10x',
    ],
    ["/remit shift checkout canary 101", '"101" is no share from 0 to 100 percent'],
    ["/remit undo main", "undo wants a commit, by 7 to 64 hex digits"],
    ["/remit restart check\u202eout", "a command is one line of visible characters"],
    ["/remit restart checkout\n/remit suspend checkout", "a command is one line of visible characters"],
    [`/remit restart ${"a".repeat(500)}`, "a command is at most 500 characters long"],
  ])("%j", (line, message) => {
    expect(read(line)).toBe(message);
    const parsed = parseCommand(line);
    expect(parsed.outcome === "mistake" && parsed.mistake.usage).toMatch(/^\/remit /);
  });
});

test("the form of each command is understood when its words are filled in", () => {
  const words: Readonly<Record<string, string>> = {
    SERVICE: "checkout",
    REPLICAS: "3",
    NAME: "main",
    "VERSION|COMMIT": "v1",
    "off|on|previous|VARIANT": "off",
    "memory|cpu": "cpu",
    "512Mi|1.5x": "1.5x",
    BACKEND: "canary",
    PERCENT: "10",
    COMMIT: "3f2a9c1b40de",
  };
  for (const { usage } of verbs.values()) {
    const line = usage
      .replaceAll(/[[\]]/g, "")
      .split(" ")
      .map((word) => words[word] ?? word)
      .join(" ");
    expect([line, parseCommand(line).outcome]).toEqual([line, "command"]);
  }
});

test("whatever is written is read or refused, and a number of replicas is a whole one", () => {
  const word = fc.oneof(
    fc.constantFrom(...verbs.keys(), "/remit", "checkout", "to", "--environment", "--for", "2h", "-1", "0x10", "3"),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 9 }), (words) => {
      const parsed = parseCommand(words.join(" "));
      if (parsed.outcome === "mistake") return;
      const { ask, leaseMs, service } = parsed.command;
      if (ask.action === "scale") expect(Number.isSafeInteger(ask.replicas) && ask.replicas >= 0).toBe(true);
      if (leaseMs !== undefined) expect(leaseMs).toBeLessThanOrEqual(7 * 24 * hour);
      expect(service).not.toBe("");
      expect(service?.startsWith("--")).not.toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
