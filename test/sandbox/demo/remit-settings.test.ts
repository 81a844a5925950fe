import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { instantPace, storyPace } from "../../../src/sandbox/demo/pace.ts";
import { remitSettings } from "../../../src/sandbox/demo/remit-settings.ts";
import { loadConfig } from "../../../src/server/config/load-config.ts";

const directory = mkdtempSync(join(tmpdir(), "remit-settings-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("the settings that the sandbox gives to Remit", () => {
  test("load without a mistake and say what the sandbox meant", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    for (const pace of [instantPace, storyPace]) {
      const { file, environment } = remitSettings({
        github: {
          apiUrl: "http://127.0.0.1:4000/api/v3",
          appId: 7,
          privateKey: pem,
          webhookSecret: "hook",
          repository: "acme/shop",
        },
        port: 0,
        dataDirectory: join(directory, "data"),
        response: pace.remit,
        tokens: { alertmanager: "a", argocd: "b" },
        logLevel: "warn",
      });
      const path = join(directory, "remit.yaml");
      writeFileSync(path, file);
      const loaded = await loadConfig({ path, env: environment });
      expect(loaded.mistakes ?? []).toEqual([]);
      expect(loaded.config?.response).toEqual(pace.remit);
      expect(loaded.config?.github.privateKey.reveal().trim()).toBe(pem.trim());
      expect(loaded.config?.sources.map(({ name, type }) => [name, type])).toEqual([
        ["prometheus", "alertmanager"],
        ["argocd", "argocd"],
      ]);
    }
  });
});
