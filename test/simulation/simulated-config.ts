/** What `remit.yaml` and the environment say in every world. */
import type { Config } from "../../src/server/config/config.ts";
import { defaultRetention } from "../../src/server/config/retention.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { sourceToken } from "./network.ts";
import { repository, webhookSecret } from "./simulated-github.ts";
import { simulatedSettings } from "./simulated-settings.ts";

export function simulatedConfig(privateKey: string): Config {
  const source = (type: "alertmanager" | "argocd") => ({
    name: type,
    type,
    repository,
    environments: undefined,
    tokens: [new Secret(sourceToken)],
  });
  return {
    github: {
      appId: 1,
      privateKey: new Secret(privateKey),
      apiUrl: "https://api.github.com",
      webhookSecrets: [new Secret(webhookSecret)],
    },
    listen: { host: "127.0.0.1", port: 0 },
    admin: { host: "127.0.0.1", port: 0 },
    publicUrl: undefined,
    dataDirectory: "/nowhere",
    database: undefined,
    retention: defaultRetention,
    logLevel: "error",
    stop: false,
    response: simulatedSettings,
    mergeMethod: "squash",
    sources: [source("alertmanager"), source("argocd")],
    registries: [],
    policySigning: undefined,
    modelApiKey: undefined,
  };
}
