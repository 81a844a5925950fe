/** Every parser that meets bytes from outside: it answers or throws its own error, in proportion to what it was given, and pollutes nothing. */
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { parseCommand } from "../../src/actions/commands/parse-command.ts";
import { parseQuantity } from "../../src/actions/quantity.ts";
import { checkCondition } from "../../src/authority/conditions/check-condition.ts";
import { formatDuration, parseDuration } from "../../src/authority/duration.ts";
import { cronSchedule } from "../../src/authority/freeze/cron-schedule.ts";
import { objectsIn } from "../../src/authority/freeze/objects-in.ts";
import { alertRules } from "../../src/authority/lint/alert-rules.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { policyVersion } from "../../src/authority/policy-version.ts";
import { parseRate } from "../../src/authority/rate.ts";
import { parseRunbook } from "../../src/authority/runbooks/parse-runbook.ts";
import { RemitError } from "../../src/errors.ts";
import { repositoryName } from "../../src/github/repository-name.ts";
import { parseImageReference } from "../../src/gitops/catalogue/image-reference.ts";
import { readProperties } from "../../src/gitops/catalogue/read-properties.ts";
import { editFile } from "../../src/gitops/edit/edit-file.ts";
import { readPairs } from "../../src/gitops/edit/read-pairs.ts";
import { secretBearing } from "../../src/gitops/edit/secret-bearing.ts";
import { writablePath } from "../../src/gitops/edit/writable-path.ts";
import { safeBranch } from "../../src/gitops/mirror/safe-branch.ts";
import { webAddress } from "../../src/gitops/mirror/web-address.ts";
import { parseYamlTree } from "../../src/gitops/yaml-tree.ts";
import { remediationRecords } from "../../src/ledger/remediation-records.ts";
import { formatTrailers, parseTrailers } from "../../src/ledger/trailers.ts";
import { parseBranchName } from "../../src/remediation/branch-name.ts";
import { commandLines } from "../../src/remediation/comments/command-lines.ts";
import { parseDirective } from "../../src/remediation/comments/parse-directive.ts";
import { parseGateTask } from "../../src/remediation/gate-task.ts";
import { findMarker, markerKinds, renderMarker } from "../../src/remediation/marker.ts";
import { parseDuration as parseSetting } from "../../src/server/config/duration.ts";
import { readFile } from "../../src/server/config/read-file.ts";
import { readJson } from "../../src/server/intake/read-json.ts";
import { authChallenges } from "../../src/server/registries/auth-challenges.ts";
import { pulledImage } from "../../src/server/registries/pulled-image.ts";
import { githubEvents, githubSignals } from "../../src/signals/github-events.ts";
import { sources } from "../../src/signals/sources.ts";
import { catalogueOf } from "../gitops/catalogue/catalogue-of.ts";
import { alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { damaged, outsideText } from "./outside-text.ts";

/** A fixed seed in `npm test`, so that a failure is a change's own; `npm run fuzz` draws another one each time. */
const runs = Number(process.env.REMIT_FUZZ_RUNS ?? 100);
const budget = process.env.REMIT_FUZZ_RUNS === undefined ? { numRuns: runs, seed: 4 } : { numRuns: runs };

const names = Object.getOwnPropertyNames(Object.prototype).length;
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(names);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

/** What was once found, or looks as if it could be. */
const found: readonly string[] = [
  "",
  "\ufeff",
  "a: &x [*x]",
  "? ? ? a",
  "? ".repeat(320),
  "{a: {<<: {__proto__: {polluted: true}}}}",
  "- !!js/undefined\n- !!set {a}\n",
  `Remit-Candidate: x${"\n\nx".repeat(20_000)}`,
  `remit/rollback/${"a".repeat(60)}/${"0".repeat(65)}`,
  "<!-- remit:v1 kind=pull incident=%E0%A4%A -->",
  "[".repeat(5_000),
  `${"\n ".repeat(20_000)}x`,
  `${" ".repeat(50_000)}:`,
];

const about = { service: "checkout", environment: "production", namespace: undefined };
const context = { source: "prom", repository: "acme/shop", observedAt: 0 };

/** Each answers with the size of what it made, which has a bound in the size of what it got. */
const readers: Readonly<Record<string, (text: string) => number>> = {
  "YAML, by the first parser": (text) => {
    const parsed = parseYamlTree(text);
    return parsed.ok ? parsed.documents.length : 0;
  },
  "the catalogue's YAML": (text) => {
    const { targets, diagnostics } = catalogueOf({ "apps/cart/values.yaml": text });
    return targets.flatMap(({ fields }) => fields).length + diagnostics.length;
  },
  "the catalogue's kustomizations": (text) =>
    catalogueOf({ "apps/cart/kustomization.yaml": text, "apps/cart/x.yaml": "a: 1\n" }).diagnostics.length,
  properties: (text) => readProperties("a.env", text).entries.length + readPairs("a.properties", text).length,
  "an edit": (text) => {
    const edit = { document: 0, path: ["a"], before: "1", after: "2" };
    return [editFile("a.yaml", text, [edit]), editFile("a.env", text, [edit])].length;
  },
  "what bears secrets": (text) => Number(secretBearing(text)),
  "a path": (text) => Number(writablePath(text) === undefined),
  "a command": (text) => [parseCommand(text), parseCommand(`/remit ${text}`)].length,
  "a comment": (text) => {
    const lines = [text, `/remit ${text}`, `/remit status\n${text}\n/remit rollback ${text}`].flatMap(commandLines);
    return lines.map((line) => parseDirective(line, about)).length;
  },
  "the objects of a file": (text) =>
    objectsIn(text).length + alertRules(text).length + Number(policyVersion(text) !== undefined),
  "a runbook": (text) => parseRunbook(text, "runbook.yaml").mistakes.length,
  "a schedule": (text) =>
    Number(cronSchedule(text, "UTC") !== undefined) + Number(cronSchedule("0 0 * * *", text) !== undefined),
  "a condition": (text) => Number(checkCondition(text) === undefined),
  "an image": (text) => [parseImageReference(text), pulledImage(text), parseQuantity(text)].length,
  "a registry's challenge": (text) => authChallenges(text).length,
  "a gate's task": (text) => Number(parseGateTask(text) !== undefined),
  "a policy": (text) => parseAuthority(text, "authority.yaml").mistakes.length,
  "a configuration": (text) => readFile("remit.yaml", text).mistakes.length,
  "a duration": (text) => [parseDuration(text), parseSetting(text)].length,
  "a rate": (text) => Number(parseRate(text) !== undefined),
  "a branch's name": (text) => Number(safeBranch(text)) + Number(parseBranchName(text) !== undefined),
  "a repository's name": (text) => repositoryName(text).name.length,
  "a web address": (text) => webAddress(text)?.length ?? 0,
  "a marker": (text) => Number(findMarker(text) !== undefined),
  trailers: (text) => parseTrailers(text).size,
  "remediations in messages": (text) =>
    remediationRecords([{ id: "a", committedAt: 0, message: text }], () => true).length,
  "a body": (text) => Number("value" in readJson(Buffer.from(text))),
};

test.each(Object.entries(readers))("%s: any text is read or refused, and makes no more than it is long", (_, read) => {
  const tried = (text: string) => {
    try {
      expect(read(text)).toBeLessThanOrEqual(4 * text.length + 40);
    } catch (error) {
      if (!(error instanceof RemitError)) throw error;
    }
  };
  for (const text of found) tried(text);
  fc.assert(fc.property(outsideText, tried), budget);
});

const payloads: Readonly<Record<string, string>> = {
  alertmanager: JSON.stringify(alertmanagerFixture()),
  argocd: JSON.stringify({
    application: "cart",
    revision: "a".repeat(40),
    phase: "Succeeded",
    sync: "Synced",
    health: "Healthy",
  }),
  flux: JSON.stringify({
    involvedObject: { kind: "Kustomization", name: "cart", namespace: "flux-system" },
    metadata: { "kustomize.toolkit.fluxcd.io/revision": `main@sha1:${"a".repeat(40)}` },
    severity: "info",
    reason: "ReconciliationSucceeded",
    timestamp: "2026-03-05T10:11:12Z",
  }),
};

const keys = fc.oneof(
  fc.string(),
  fc.constantFrom("__proto__", "constructor", "prototype", "labels", "alerts", "polluted"),
);
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(keys, tie("value")), { maxLength: 4 })
    .map((entries) =>
      JSON.parse(
        `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? "null"}`).join(",")}}`,
      ),
    ),
})).value;

function signalsOf(read: () => readonly unknown[], size: number): void {
  try {
    expect(read().length).toBeLessThanOrEqual(size);
  } catch (error) {
    if (!(error instanceof RemitError)) throw error;
    expect(error.code).toBe("payload-invalid");
    expect(error.message.length).toBeLessThan(1_000);
  }
}

test.each(Object.entries(sources))("%s: any body is read or refused by the name of a key", (name, source) => {
  const both = (text: string) => {
    const json = readJson(Buffer.from(text));
    if (!("value" in json)) return;
    signalsOf(() => source.parse(json.value, context), text.length);
    signalsOf(() => [source.dedupeKey(json.value)], 1);
  };
  fc.assert(
    fc.property(
      fc.oneof(
        damaged(payloads[name] ?? "{}"),
        anyJson.map((value) => JSON.stringify(value)),
      ),
      both,
    ),
    budget,
  );
});

test.each([...githubEvents])("GitHub's %s: any body is read or refused by the name of a key", (event) => {
  const payload = JSON.stringify({
    action: "created",
    repository: { full_name: "acme/shop" },
    sender: { login: "alice" },
    deployment_status: { state: "success" },
    deployment: { sha: "a".repeat(40), environment: "production" },
  });
  fc.assert(
    fc.property(
      fc.oneof(
        damaged(payload),
        anyJson.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const json = readJson(Buffer.from(text));
        if ("value" in json) signalsOf(() => githubSignals(event, json.value, 0), text.length + 1);
      },
    ),
    budget,
  );
});

test("durations, markers and trailers that Remit writes are read back as they were", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 * 24 * 60 * 60 }),
      outsideText,
      fc.constantFrom(...markerKinds),
      (seconds, text, kind) => {
        const whole = parseDuration(formatDuration(seconds * 1_000));
        expect(whole === undefined || whole === seconds * 1_000).toBe(true);
        const marker = { kind, incident: text.toWellFormed(), version: 1 } as const;
        expect(findMarker(`${renderMarker(marker)}\nmore`)).toEqual(marker);
        const read = parseTrailers(
          `title\n\nbody\n\n${formatTrailers({ "Remit-Incident": text, "Remit-Tier": "merge" })}`,
        );
        expect([...read.keys()]).toEqual(["Remit-Incident", "Remit-Tier"]);
        expect(read.get("Remit-Tier")).toBe("merge");
      },
    ),
    budget,
  );
});
