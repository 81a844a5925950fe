import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { appPermissions } from "../src/github/app-permissions.ts";
import { githubEvents } from "../src/signals/github-events.ts";

const manifest = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    url: z.url(),
    public: z.boolean(),
    default_permissions: z.record(z.string(), z.enum(["read", "write"])),
    default_events: z.array(z.string()),
  })
  .parse(parse(readFileSync("app.yml", "utf8")));

/** What GitHub asks of an App that wants to hear of an event. */
const eventNeeds: Readonly<Record<string, string>> = {
  push: "contents",
  pull_request: "pull_requests",
  merge_group: "merge_queues",
  pull_request_review: "pull_requests",
  check_run: "checks",
  check_suite: "checks",
  status: "statuses",
  issues: "issues",
  issue_comment: "issues",
  deployment_status: "deployments",
};

/** Every App hears of these, asked or not. */
const always = ["installation", "installation_repositories"];

describe("the App's manifest", () => {
  test("field note S19: asks for these permissions and no other", () => {
    expect(manifest.default_permissions).toEqual({
      metadata: "read",
      contents: "write",
      pull_requests: "write",
      issues: "write",
      checks: "write",
      statuses: "write",
      deployments: "read",
      merge_queues: "read",
    });
  });

  test("the watchdog looks for exactly these", () => {
    expect(appPermissions).toEqual(manifest.default_permissions);
  });

  test.each(["workflows", "administration", "actions", "secrets", "members"])(
    "field note S13: never asks for %s",
    (permission) => {
      expect(manifest.default_permissions).not.toHaveProperty(permission);
    },
  );

  test("subscribes to exactly the events that are understood", () => {
    expect([...manifest.default_events, ...always].sort()).toEqual([...githubEvents].sort());
  });

  test.each(manifest.default_events)("has the permission that %s needs", (event) => {
    expect(Object.keys(manifest.default_permissions)).toContain(eventNeeds[event]);
  });

  test("isn't open to everybody's installation unless its owner says so", () => {
    expect(manifest.public).toBe(false);
  });
});
