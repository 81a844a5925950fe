/** Signing in on the status page: remit.yaml says where, and the environment holds the App's client secret. */
import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { ConfigFile } from "./file-schema.ts";
import { Secret } from "./secret.ts";

const variable = "REMIT_OAUTH_CLIENT_SECRET";

/** Mistakes are noted in `environment`. */
export async function readOauth(environment: Environment, { oauth }: ConfigFile): Promise<Config["oauth"]> {
  const secret = await environment.secret(variable);
  if (oauth === undefined) {
    if (environment.has(variable)) environment.mistake(variable, "oauth isn't configured in remit.yaml");
    return undefined;
  }
  if (secret === undefined) {
    if (!environment.has(variable)) environment.mistake(variable, "missing: a client secret of the GitHub App");
    return undefined;
  }
  return { clientId: oauth.clientId, clientSecret: new Secret(secret), url: new URL(oauth.url).origin };
}
