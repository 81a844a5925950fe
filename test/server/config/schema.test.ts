import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { fileSchema } from "../../../src/server/config/file-schema.ts";
import { readFile } from "../../../src/server/config/read-file.ts";

const shipped: object = JSON.parse(
  readFileSync(new URL("../../../src/server/config/remit.schema.json", import.meta.url), "utf8"),
);
const accepts = new Ajv2020({ allErrors: true }).compile(shipped);

it("the shipped schema is the one that the parser uses (else run scripts/write-config-schema.ts)", () => {
  expect(shipped).toEqual(z.toJSONSchema(fileSchema, { io: "input" }));
});

const source = { name: "prom", type: "alertmanager", repository: "acme/shop" };

it.each<[unknown, boolean]>([
  [{}, true],
  [{ github: { appId: 1 }, listen: { host: "::", port: 0 }, stop: true, mergeMethod: "rebase" }, true],
  [{ sources: [source, { ...source, name: "x", environments: ["production"] }] }, true],
  [{ response: { stood: "30m", recoveredStreak: 3 }, publicUrl: "https://remit.example.com/x" }, true],
  [{ registries: [{ name: "ghcr", host: "ghcr.io" }] }, true],
  [{ registries: [{ name: "lab", host: "registry.lab:5000", plainHttp: true, referrals: ["auth.lab"] }] }, true],
  [{ registries: [{ name: "ghcr", host: "https://ghcr.io" }] }, false],
  [{ registries: [{ name: "ghcr", host: "ghcr.io/acme" }] }, false],
  [{ registries: [{ name: "ghcr", host: "GHCR.io" }] }, false],
  [{ registries: [{ name: "ghcr", host: "ghcr.io", referrals: [] }] }, false],
  [{ registries: [{ name: "ghcr", host: "ghcr.io", password: "x" }] }, false],
  [{ sourcs: [] }, false],
  [{ github: { appid: 1 } }, false],
  [{ github: { appId: "1" } }, false],
  [{ github: { appId: 1.5 } }, false],
  [{ github: { appId: 0 } }, false],
  [{ listen: { port: 65_536 } }, false],
  [{ admin: { hosts: ["remit.internal", "Monitoring"] } }, true],
  [{ admin: { hosts: ["remit.internal:8081"] } }, false],
  [{ admin: { hosts: ["https://remit.internal"] } }, false],
  [{ admin: { hosts: ["*"] } }, false],
  [{ oauth: { clientId: "Iv23abc", url: "https://remit.internal" } }, true],
  [{ oauth: { clientId: "Iv23abc" } }, false],
  [{ oauth: { clientId: "a b", url: "https://remit.internal" } }, false],
  [{ oauth: { clientId: "Iv23abc", url: "https://remit.internal/path" } }, false],
  [{ oauth: { clientId: "Iv23abc", url: "https://remit.internal", clientSecret: "x" } }, false],
  [{ watchdog: false, sources: [{ ...source, watchdog: { silence: "15m", alert: "Heartbeat" } }] }, true],
  [{ review: false, ledger: true }, true],
  [{ review: "monthly" }, false],
  [{ sources: [{ ...source, watchdog: {} }] }, false],
  [{ sources: [{ ...source, watchdog: { silence: "0s" } }] }, false],
  [{ sources: [{ ...source, watchdog: { silence: "15m", alert: "" } }] }, false],
  [{ sources: [{ ...source, watchdog: true }] }, false],
  [{ admin: { hosts: [] } }, false],
  [{ listen: null }, false],
  [{ publicUrl: "ftp://remit.example.com" }, false],
  [{ publicUrl: "https://remit.example.com/?a" }, false],
  [{ response: { stood: 30 } }, false],
  [{ response: { stood: "0m" } }, false],
  [{ response: { stood: "soon" } }, false],
  [{ sources: [{ ...source, name: "github" }] }, false],
  [{ sources: [{ ...source, name: "Prom" }] }, false],
  [{ sources: [{ ...source, type: "nagios" }] }, false],
  [{ sources: [{ ...source, repository: "shop" }] }, false],
  [{ sources: [{ ...source, environments: [] }] }, false],
  [{ sources: [{ ...source, token: "x" }] }, false],
  [[], false],
  ["text", false],
])("the schema and the parser both judge %j the same", (content, good) => {
  expect(accepts(content)).toBe(good);
  expect(readFile("remit.yaml", stringify(content)).mistakes.length === 0).toBe(good);
});

it("the schema and the parser judge any configuration the same", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("15m", "0s", "info", "squash", "acme/shop", "prom", "flux", "https://a/b"),
  );
  const value: fc.Arbitrary<unknown> = fc.oneof(
    text,
    fc.integer({ min: -2, max: 70_000 }),
    fc.boolean(),
    fc.constant(null),
  );
  const some = (...keys: string[]) =>
    fc.dictionary(
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys) }, fc.stringMatching(/^[a-z]{1,6}$/)),
      value,
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    );
  const good = fc.record(
    {
      name: fc.constantFrom("a", "b-1"),
      type: fc.constantFrom("flux", "argocd"),
      repository: fc.constant("acme/shop"),
    },
    { requiredKeys: [] },
  );
  const configuration = fc.record(
    {
      github: some("appId", "apiUrl"),
      listen: some("host", "port"),
      admin: some("host", "port"),
      response: some("stood", "settle", "recoveredStreak"),
      sources: fc.array(fc.oneof(good, some("name", "type", "repository", "environments")), { maxLength: 3 }),
      logLevel: value,
      stop: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(configuration, (content) => {
      expect(readFile("remit.yaml", stringify(content)).mistakes.length === 0).toBe(accepts(content));
    }),
    { numRuns: 400 },
  );
});
