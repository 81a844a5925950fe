import { expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { createLog } from "../../src/server/create-log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog("info", { write: (line: string) => void lines.push(line) }));
  return lines.join("");
}

const token = `ghs_${"a1B2".repeat(9)}`;

it("an error is written by its code, words and cause, without its other properties", () => {
  const cause = Object.assign(new Error("it says no"), { request: { headers: { authorization: `token ${token}` } } });
  const text = logged((log) =>
    log.error({ error: new RemitError("github-forbidden", "refused", { cause }) }, "failed"),
  );
  expect(JSON.parse(text)).toMatchObject({
    level: "error",
    msg: "failed",
    error: { code: "github-forbidden", message: "refused", cause: "Error: it says no" },
  });
  expect(text).not.toContain(token);
});

it.each<[string, object]>([
  ["a token in a message", { error: new Error(`git said: https://x-access-token:${token}@github.com`) }],
  ["a token in a cause", { error: new Error("x", { cause: new Error(token) }) }],
  ["something thrown that is no error", { error: token }],
  ["a Secret", { config: { webhook: new Secret(token) } }],
  ["a header by its name", { headers: { authorization: token } }],
  ["a body by its name", { body: token, delivery: { body: token } }],
  ["a list of secrets", { source: { tokens: [token] } }],
])("%s doesn't reach the log", (_, fields) => {
  expect(logged((log) => log.warn(fields, "x"))).not.toContain(token);
});

it("a level below the configured one is silent", () => {
  expect(logged((log) => log.debug("x"))).toBe("");
});
