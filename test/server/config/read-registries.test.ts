import { inspect } from "node:util";
import { expect, test } from "vitest";
import { loadConfig } from "../../../src/server/config/load-config.ts";
import { goodVariables, mistakesOf, writeConfig } from "./config-file.ts";

test("registries come from the file, and their credentials from the environment", async () => {
  const { path } = writeConfig(
    "registries: [{name: ghcr, host: ghcr.io}, {name: my-lab, host: 'registry.lab:5000', plainHttp: true, referrals: [auth.lab]}]",
  );
  const env = {
    ...goodVariables,
    REMIT_REGISTRY_MY_LAB_USERNAME: "robot",
    REMIT_REGISTRY_MY_LAB_PASSWORD: "swordfish",
  };
  const { config } = await loadConfig({ path, env });
  expect(config?.registries).toMatchObject([
    { name: "ghcr", host: "ghcr.io", referrals: [], plainHttp: false, credentials: undefined },
    { name: "my-lab", host: "registry.lab:5000", referrals: ["auth.lab"], plainHttp: true },
  ]);
  const [, lab] = config?.registries ?? [];
  expect(lab?.credentials?.password.reveal()).toBe("swordfish");
  for (const shown of [JSON.stringify(config), inspect(config, { depth: null })])
    expect(shown).not.toMatch(/swordfish|"robot"/);
});

test("every mistake is told with its place, and none with a credential", async () => {
  const env = {
    ...goodVariables,
    REMIT_REGISTRY_GHCR_USERNAME: "robot",
    REMIT_REGISTRY_GHRC_PASSWORD: "swordfish",
  };
  const yaml = "registries:\n  - {name: ghcr, host: ghcr.io}\n  - {name: ghcr, host: ghcr.io}\n";
  const mistakes = (await mistakesOf(yaml, env)).join("\n");
  expect(mistakes).toContain("remit.yaml:3:12 registries[1].name: another registry has this name");
  expect(mistakes).toContain("registries[1].host: another registry has this host");
  expect(mistakes).toContain("REMIT_REGISTRY_GHCR_PASSWORD: missing: it goes with REMIT_REGISTRY_GHCR_USERNAME");
  expect(mistakes).toMatch(
    /REMIT_REGISTRY_GHRC_PASSWORD: no registry of that name is configured.*REMIT_REGISTRY_GHCR_PASSWORD/,
  );
  expect(mistakes).not.toMatch(/swordfish|robot/);
});
