import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAuthority } from "../../src/authority/parse-authority.ts";

const names = globSync("policies/runbooks/*.yaml").map((path) => basename(path, ".yaml"));

test("the default pack covers ten types of incidents", () => {
  expect(names.length).toBe(10);
});

test("the default policy only observes", () => {
  const { authority } = parseAuthority(readFileSync("policies/authority.yaml", "utf8"), "authority.yaml");
  expect(authority?.grants.map(({ tier }) => tier)).toEqual(["observe"]);
});

describe.each(names)("the runbook %s", (name) => {
  test("has a page of at most 500 words that names its alerts", () => {
    const page = readFileSync(`policies/runbooks/${name}.md`, "utf8");
    expect(page.split(/\s+/).length).toBeLessThanOrEqual(500);
    const [, alerts = ""] = /alerts: \[(.*)\]/.exec(readFileSync(`policies/runbooks/${name}.yaml`, "utf8")) ?? [];
    expect(alerts).not.toBe("");
    for (const alert of alerts.split(", ")) expect(page).toContain(`\`${alert}\``);
  });

  test("has tests", () => {
    expect(readFileSync(`policies/tests/${name}.yaml`, "utf8")).toContain("kind: RunbookTest");
  });
});
