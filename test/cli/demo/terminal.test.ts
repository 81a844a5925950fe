import { describe, expect, test } from "vitest";
import { terminal } from "../../../src/cli/demo/terminal.ts";
import type { DemoEnd } from "../../../src/sandbox/demo/demo-end.ts";
import type { StoryEvent } from "../../../src/sandbox/demo/story.ts";

const event = (changes: Partial<StoryEvent>): StoryEvent => ({
  event: "deployed",
  at: 0,
  seconds: 12.3,
  actor: "cluster",
  message: "checkout v1.5.0 is deployed",
  data: {},
  ...changes,
});

const end: DemoEnd = {
  recovered: true,
  why: "",
  seconds: 14.2,
  requests: 7,
  problems: [],
  violations: [],
  findings: [{ ok: true, message: "25 of 25 requests in a row were answered" }],
  commits: [{ id: "a".repeat(40), author: "remit[bot]", at: 0, subject: "Roll back", trailers: ["Remit-Tier: merge"] }],
  links: [{ label: "the repository", url: "/tmp/shop.git" }],
  repository: "/tmp/shop.git",
};

function told(tell: (screen: ReturnType<typeof terminal>) => void, colours = false): string {
  let text = "";
  tell(terminal({ write: (more) => (text += more), colours, width: 110 }));
  return text;
}

describe("the story on a terminal", () => {
  test("is a line with time, actor and message, and colours only where they are shown", () => {
    expect(told((screen) => screen.tell(event({})))).toBe("   12.3 s  cluster  checkout v1.5.0 is deployed\n");
    expect(told((screen) => screen.tell(event({})), true)).toContain("\u001b[2m");
  });

  test("shows the diff and every reason of the tier below the proposal", () => {
    const data = {
      diff: "@@ -1 +1 @@\n-newTag: v1.5.0\n+newTag: v1.4.2\n",
      operands: [{ name: "grant", tier: "merge", message: "The grant covers it." }],
    };
    const text = told((screen) => screen.tell(event({ data })));
    expect(text).toContain("\n                    -newTag: v1.5.0\n");
    expect(text).toContain("\n                    grant     merge     The grant covers it.\n");
  });

  test("wraps long sentences under their beginning", () => {
    const lines = told((screen) => screen.tell(event({ message: "word ".repeat(60).trim() })))
      .trimEnd()
      .split("\n");
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {20}word/);
  });

  test("control characters from outside don't reach the screen", () => {
    const hostile = "\u001b[2J\u001b]0;owned\u0007 \u202eevil";
    const text = told((screen) => {
      screen.tell(event({ message: hostile, data: { diff: hostile } }));
      screen.end({ ...end, commits: [{ id: "b", author: hostile, at: 0, subject: hostile, trailers: [hostile] }] });
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
    expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
  });

  test("ends with the commits, the checks, the requests and where to look", () => {
    const text = told((screen) => screen.end(end));
    expect(text).toContain("aaaaaaaaaa Roll back remit[bot]");
    expect(text).toContain("Remit-Tier: merge");
    expect(text).toContain("✓ 25 of 25 requests in a row were answered");
    expect(text).toContain("Recovered 14.2 seconds after the alert, with 7 requests to GitHub.");
    expect(text).toContain("git -C /tmp/shop.git log");
  });

  test("says why it didn't recover", () => {
    const text = told((screen) => screen.end({ ...end, recovered: false, why: "Remit called a person" }));
    expect(text).toContain("Not recovered: Remit called a person.");
  });
});
