import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../../src/remediation/settings.ts";
import { loadConfig } from "../../../src/server/config/load-config.ts";
import { formatMistake } from "../../../src/server/config/mistake.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { goodVariables, mistakesOf, privateKey, writeConfig } from "./config-file.ts";

const fullYaml = `
github: {appId: 42, apiUrl: https://github.example.com/api/v3/}
listen: {host: 0.0.0.0, port: 9000}
admin: {hosts: [remit.internal]}
publicUrl: https://remit.example.com/
dataDirectory: data
logLevel: debug
mergeMethod: merge
response: {stood: 1h, settle: 500ms, recoveredStreak: 3}
sources:
  - {name: prom-eu, type: alertmanager, repository: acme/shop, environments: [production]}
`;

it("a complete file and its environment become one configuration", async () => {
  const { path, directory } = writeConfig(fullYaml);
  const { REMIT_GITHUB_APP_ID: _, ...rest } = goodVariables;
  const env = { ...rest, REMIT_SOURCE_PROM_EU_TOKEN: "old-token, new-token", ANTHROPIC_API_KEY: "model-key" };
  const { config } = await loadConfig({ path, env });
  expect(config).toMatchObject({
    github: { appId: 42, apiUrl: "https://github.example.com/api/v3" },
    listen: { host: "0.0.0.0", port: 9_000 },
    admin: { host: "127.0.0.1", port: 8_081, hosts: ["remit.internal"] },
    publicUrl: "https://remit.example.com",
    dataDirectory: join(directory, "data"),
    logLevel: "debug",
    stop: false,
    mergeMethod: "merge",
    response: { ...defaultSettings, stoodMs: 3_600_000, settleMs: 500, recoveredStreak: 3 },
    sources: [{ name: "prom-eu", type: "alertmanager", repository: "acme/shop", environments: ["production"] }],
  });
  expect(config?.github.privateKey.reveal()).toBe(privateKey.trim());
  expect(config?.github.webhookSecrets.map((secret) => secret.reveal())).toEqual(["first-secret"]);
  expect(config?.sources[0]?.tokens.map((token) => token.reveal())).toEqual(["old-token", "new-token"]);
  expect(config?.modelApiKey?.reveal()).toBe("model-key");
  for (const output of [JSON.stringify(config), inspect(config, { depth: null })]) {
    for (const secret of ["first-secret", "old-token", "new-token", "model-key", "PRIVATE KEY"]) {
      expect(output).not.toContain(secret);
    }
  }
});

it("a source that speaks regularly is waited for as long as it says, and Alertmanager by an alert", async () => {
  const { path } = writeConfig(`
sources:
  - {name: a, type: alertmanager, repository: acme/shop, watchdog: {silence: 15m}}
  - {name: b, type: alertmanager, repository: acme/shop, watchdog: {silence: 1h, alert: Heartbeat}}
  - {name: c, type: argocd, repository: acme/shop, watchdog: {silence: 1d}}
  - {name: d, type: flux, repository: acme/shop}
`);
  const tokens = Object.fromEntries(["A", "B", "C", "D"].map((name) => [`REMIT_SOURCE_${name}_TOKEN`, "x"]));
  const { config } = await loadConfig({ path, env: { ...goodVariables, ...tokens } });
  expect(config?.watchdog).toBe(true);
  expect(config?.sources.map(({ watchdog }) => watchdog)).toEqual([
    { silenceMs: 900_000, alert: "Watchdog" },
    { silenceMs: 3_600_000, alert: "Heartbeat" },
    { silenceMs: 86_400_000, alert: undefined },
    undefined,
  ]);
});

it("signing in takes the App's client id, its secret and where the page is", async () => {
  const { path } = writeConfig("oauth: {clientId: Iv23abc, url: https://remit.internal/}");
  const { config } = await loadConfig({ path, env: { ...goodVariables, REMIT_OAUTH_CLIENT_SECRET: "shh" } });
  expect(config?.oauth).toMatchObject({ clientId: "Iv23abc", url: "https://remit.internal" });
  expect(config?.oauth?.clientSecret.reveal()).toBe("shh");
  expect(JSON.stringify(config)).not.toContain("shh");
  expect(await mistakesOf("oauth: {clientId: Iv23abc, url: https://remit.internal}")).toEqual([
    "environment REMIT_OAUTH_CLIENT_SECRET: missing: a client secret of the GitHub App",
  ]);
  expect(await mistakesOf("", { ...goodVariables, REMIT_OAUTH_CLIENT_SECRET: "shh" })).toEqual([
    "environment REMIT_OAUTH_CLIENT_SECRET: oauth isn't configured in remit.yaml",
  ]);
});

it("only Alertmanager has an alert that always fires", async () => {
  const yaml = "sources: [{name: a, type: flux, repository: acme/shop, watchdog: {silence: 1h, alert: x}}]";
  expect(await mistakesOf(yaml, { ...goodVariables, REMIT_SOURCE_A_TOKEN: "x" })).toEqual([
    "remit.yaml:1:87 sources[0].watchdog.alert: only Alertmanager sends alerts that always fire",
  ]);
});

it("every secret may come from a file, and a webhook secret per line", async () => {
  const directory = temporaryDirectory();
  const file = (name: string, content: string) => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };
  const { path } = writeConfig("sources: [{name: a, type: flux, repository: acme/shop}]");
  const { config } = await loadConfig({
    path,
    env: {
      REMIT_GITHUB_APP_ID: "7",
      REMIT_GITHUB_PRIVATE_KEY_FILE: file("key.pem", privateKey),
      REMIT_WEBHOOK_SECRETS_FILE: file("secrets", "one\r\ntwo\n"),
      REMIT_SOURCE_A_TOKEN_FILE: file("token", "t1\n"),
      ANTHROPIC_API_KEY_FILE: file("model", "key\n"),
    },
  });
  expect(config?.github.webhookSecrets.map((secret) => secret.reveal())).toEqual(["one", "two"]);
  expect(config?.sources[0]?.tokens.map((secret) => secret.reveal())).toEqual(["t1"]);
  expect(config?.modelApiKey?.reveal()).toBe("key");
});

it("a private key on one line with \\n in it is a private key", async () => {
  const { path } = writeConfig("");
  const env = { ...goodVariables, REMIT_GITHUB_PRIVATE_KEY: privateKey.trim().replaceAll("\n", "\\n") };
  expect((await loadConfig({ path, env })).config?.github.privateKey.reveal()).toBe(privateKey.trim());
});

it("the path comes from the option, else from REMIT_CONFIG", async () => {
  const { path } = writeConfig("logLevel: warn");
  const other = writeConfig("logLevel: error");
  const env = { ...goodVariables, REMIT_CONFIG: path };
  expect((await loadConfig({ env })).config?.logLevel).toBe("warn");
  expect((await loadConfig({ path: other.path, env })).config?.logLevel).toBe("error");
});

it("a file that was asked for and isn't there is a mistake", async () => {
  const { mistakes = [] } = await loadConfig({ path: "/nowhere/remit.yaml", env: goodVariables });
  expect(mistakes.map(formatMistake)).toEqual(["/nowhere/remit.yaml: can't read it (ENOENT)"]);
});

it("every mistake is told at once, with its place and the nearest known key", async () => {
  const yaml = `github: {appID: 1}
listen:
  port: "80"
responce: {stood: 1h}
response:
  stod: 5m
  settle: soon
logLevel: loud
sources:
  - name: prom
    typ: alertmanager
    repository: shop
  - {name: Argo, type: argo, repository: acme/shop}
`;
  expect(await mistakesOf(yaml, { DATABASE_URL: "mysql://u:hunter2@db/x" })).toEqual([
    "remit.yaml:1:10 github.appID: unknown key, did you mean appId?",
    "remit.yaml:3:9 listen.port: expected a number",
    "remit.yaml:4:1 responce: unknown key, did you mean response?",
    "remit.yaml:6:3 response.stod: unknown key, did you mean stood?",
    "remit.yaml:7:11 response.settle: expected a duration such as 30s, 15m or 1h30m",
    "remit.yaml:8:11 logLevel: expected debug, info, warn or error",
    "remit.yaml:10:5 sources[0].type: expected alertmanager, argocd or flux",
    "remit.yaml:11:5 sources[0].typ: unknown key, did you mean type?",
    "remit.yaml:12:17 sources[0].repository: expected owner/name",
    "remit.yaml:13:12 sources[1].name: expected lowercase letters, digits and dashes, and neither github nor remit",
    "remit.yaml:13:24 sources[1].type: expected alertmanager, argocd or flux",
    "environment REMIT_GITHUB_APP_ID: missing: the App's id, here or as github.appId",
    "environment REMIT_GITHUB_PRIVATE_KEY: missing: the App's private key, here or in REMIT_GITHUB_PRIVATE_KEY_FILE",
    "environment REMIT_WEBHOOK_SECRETS: missing: the webhook secret of the GitHub App",
    "environment DATABASE_URL: not a PostgreSQL URL: expected postgres://user:password@host:port/database",
  ]);
});

it.each([
  ["a: [1", /^remit\.yaml:1:\d+: not YAML: /],
  ["stop: true\nstop: false", /^remit\.yaml:2:1: not YAML: duplicate key$/],
  ["stop: true\n---\nstop: true", /^remit\.yaml:\d:1: not YAML: multiple docs$/],
  ["- 1", /^remit\.yaml:1:1: expected a mapping$/],
  [
    "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c]",
    /aliases/,
  ],
])("%j is one mistake with its place", async (yaml, expected) => {
  const mistakes = await mistakesOf(yaml);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toMatch(expected);
});

it("two sources of one name are a mistake", async () => {
  const yaml = `sources:
  - {name: a, type: flux, repository: acme/shop}
  - {name: a, type: argocd, repository: acme/shop}`;
  expect(await mistakesOf(yaml, { ...goodVariables, REMIT_SOURCE_A_TOKEN: "t" })).toEqual([
    "remit.yaml:3:12 sources[1].name: another source has this name",
  ]);
});

const oneSource = "sources: [{name: prom, type: flux, repository: acme/shop}]";
const wrongKey = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

it.each<[string, string, Record<string, string>, string]>([
  ["an id that is no number", "", { REMIT_GITHUB_APP_ID: "remit" }, "REMIT_GITHUB_APP_ID: expected a whole number"],
  [
    "a key that is none",
    "",
    { REMIT_GITHUB_PRIVATE_KEY: "hunter2" },
    "REMIT_GITHUB_PRIVATE_KEY: not a private key in PEM form",
  ],
  [
    "a key of another kind",
    "",
    { REMIT_GITHUB_PRIVATE_KEY: wrongKey },
    "REMIT_GITHUB_PRIVATE_KEY: expected an RSA key",
  ],
  [
    "a file that isn't there",
    "",
    { ANTHROPIC_API_KEY_FILE: "/nowhere" },
    "ANTHROPIC_API_KEY_FILE: can't read /nowhere (ENOENT)",
  ],
  ["an empty file", "", { ANTHROPIC_API_KEY_FILE: "/dev/null" }, "ANTHROPIC_API_KEY_FILE: the file /dev/null is empty"],
  [
    "value and file",
    "",
    { ANTHROPIC_API_KEY: "hunter2", ANTHROPIC_API_KEY_FILE: "/etc/hosts" },
    "ANTHROPIC_API_KEY: set either this or",
  ],
  ["a source without token", oneSource, {}, "REMIT_SOURCE_PROM_TOKEN: missing: the token of source prom"],
  [
    "a token without source",
    oneSource,
    { REMIT_SOURCE_PROM_TOKEN: "hunter2", REMIT_SOURCE_PROMM_TOKEN: "hunter2" },
    "REMIT_SOURCE_PROMM_TOKEN: no source of that name is configured, did you mean REMIT_SOURCE_PROM_TOKEN?",
  ],
])("%s is a mistake that shows no value", async (_, yaml, variables, expected) => {
  const mistakes = await mistakesOf(yaml, { ...goodVariables, ...variables });
  expect(mistakes).toEqual([expect.stringContaining(`environment ${expected}`)]);
  expect(mistakes.join()).not.toContain("hunter2");
});

it("a separator alone is no secret", async () => {
  expect(await mistakesOf("", { ...goodVariables, REMIT_WEBHOOK_SECRETS: " , ," })).toEqual([
    "environment REMIT_WEBHOOK_SECRETS: holds no value",
  ]);
  expect(await mistakesOf(oneSource, { ...goodVariables, REMIT_SOURCE_PROM_TOKEN: "," })).toEqual([
    "environment REMIT_SOURCE_PROM_TOKEN: holds no value",
  ]);
});

it("a secret in the file is refused without being repeated, and its right place is named", async () => {
  const [mistake = ""] = await mistakesOf("webhookSecret: hunter2");
  expect(mistake).toContain("secrets come from the environment");
  expect(mistake).not.toContain("hunter2");
});

it.each([
  ["1", true],
  ["true", true],
  ["please", true],
  ["0", false],
  ["false", false],
  ["", false],
])("REMIT_STOP=%s stops: %s", async (value, stops) => {
  const { path } = writeConfig("");
  expect((await loadConfig({ path, env: { ...goodVariables, REMIT_STOP: value } })).config?.stop).toBe(stops);
});

it("DATABASE_URL, or the file that it names, says which PostgreSQL keeps the state; the pool's size isn't secret", async () => {
  const { path, directory } = writeConfig("database: {poolSize: 25}");
  const url = "postgres://remit:hunter2@db.example:6432/remit?sslmode=verify-full";
  const { config } = await loadConfig({ path, env: { ...goodVariables, DATABASE_URL: url } });
  expect(config?.database).toMatchObject({ poolSize: 25 });
  expect(config?.database?.url.reveal()).toBe(url);
  expect(JSON.stringify(config)).not.toContain("hunter2");
  writeFileSync(join(directory, "url"), `${url}\n`);
  const env = { ...goodVariables, DATABASE_URL_FILE: join(directory, "url") };
  expect((await loadConfig({ path, env })).config?.database?.url.reveal()).toBe(url);
  expect((await loadConfig({ path, env: goodVariables })).config?.database).toBeUndefined();
});

it("retention is 30, 90, 30 and 180 days, and never so short that something would be forgotten that is needed", async () => {
  const day = 86_400_000;
  const { path } = writeConfig("retention: {incidents: 400d}");
  const { config } = await loadConfig({ path, env: goodVariables });
  expect(config?.retention).toEqual({
    deliveriesMs: 30 * day,
    incidentsMs: 400 * day,
    syncsMs: 30 * day,
    shadowsMs: 180 * day,
  });
  expect(
    await mistakesOf("retention: {deliveries: 1d, incidents: 1h, syncs: 13d, shadows: 2d}", goodVariables),
  ).toEqual([
    "remit.yaml:1:25 retention.deliveries: expected at least 7d: it is needed for that long",
    "remit.yaml:1:40 retention.incidents: expected at least 7d: it is needed for that long",
    "remit.yaml:1:51 retention.syncs: expected at least 14d: it is needed for that long",
    "remit.yaml:1:65 retention.shadows: expected at least 14d: it is needed for that long",
  ]);
});

describe("signed policies", () => {
  const configured = async (list: string | undefined, more = "") => {
    const yaml = `policySigning: {allowedSigners: signers${more}}`;
    const { path, directory } = writeConfig(yaml);
    if (list !== undefined) writeFileSync(join(directory, "signers"), list);
    const { config, mistakes = [] } = await loadConfig({ path, env: goodVariables });
    const told = mistakes.map((mistake) => formatMistake(mistake).replace(`${directory}/`, ""));
    return { signing: config?.policySigning, told, directory };
  };

  it("are by those in a file beside remit.yaml, one of them unless it says otherwise", async () => {
    const { signing, directory } = await configured("# ours\n\nalice ssh-ed25519 AAAA\n");
    expect(signing).toEqual({ allowedSigners: join(directory, "signers"), threshold: 1 });
    expect((await configured("a ssh-ed25519 A\nb ssh-ed25519 B\n", ", threshold: 2")).signing?.threshold).toBe(2);
  });

  it.each([
    [undefined, "", "remit.yaml:1:33 policySigning.allowedSigners: can't read it"],
    ["# nobody\n", "", "remit.yaml:1:33 policySigning.allowedSigners: expected at least one line"],
    ["a ssh-ed25519 A\n", ", threshold: 2", "remit.yaml:1:53 policySigning.threshold: expected at most 1"],
  ])("a list such as %j is refused where it can't work", async (list, more, message) => {
    expect((await configured(list, more)).told).toEqual([expect.stringContaining(message)]);
  });
});
