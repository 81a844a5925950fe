/**
 * Who somebody is on GitHub, by the App's web application flow with PKCE. The token that it gives is used once, for the name, and kept
 * nowhere. (@octokit/oauth-methods can't send a code verifier.)
 */
import { createHash } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import { type Clock, systemClock } from "../clock.ts";
import { RemitError } from "../errors.ts";
import { countingFetch } from "./counting-fetch.ts";
import { silentLog } from "./silent-log.ts";
import { toRemitError } from "./to-remit-error.ts";

export interface WebSignIn {
  /** Where the person is sent. `verifier` stays here. */
  url(asked: { readonly state: string; readonly verifier: string }): string;
  /** The login. Throws RemitError github-unauthorized where GitHub doesn't take the code. */
  login(given: { readonly code: string; readonly verifier: string }): Promise<string>;
}

export interface WebSignInOptions {
  /** `https://github.com` */
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As it is registered with the App. */
  readonly redirectUrl: string;
  readonly clock?: Clock;
}

const tokenSchema = z.object({ access_token: z.string().min(1) });
const refusedSchema = z.object({ error: z.string() });
const userSchema = z.object({ login: z.string().min(1), type: z.literal("User") });

const doing = "find out who signed in";

export function webSignIn(options: WebSignInOptions): WebSignIn {
  const { webUrl, apiUrl, clientId: client_id, clientSecret: client_secret, redirectUrl: redirect_uri } = options;
  const clock = options.clock ?? systemClock;
  const fetching = countingFetch({ fetch: undefined, timeoutMs: 30_000, count: () => undefined });
  const octokit = new Octokit({ baseUrl: apiUrl, log: silentLog, request: { fetch: fetching, log: silentLog } });
  return {
    url({ state, verifier }) {
      const code_challenge = createHash("sha256").update(verifier).digest("base64url");
      const asked = { client_id, redirect_uri, state, code_challenge, code_challenge_method: "S256" };
      return `${webUrl}/login/oauth/authorize?${new URLSearchParams(asked)}`;
    },
    async login({ code, verifier }) {
      const given = { client_id, client_secret, code, redirect_uri, code_verifier: verifier };
      const headers = { accept: "application/json" };
      try {
        const granted = await octokit.request("POST /login/oauth/access_token", { baseUrl: webUrl, headers, ...given });
        const refused = refusedSchema.safeParse(granted.data);
        if (refused.success) throw notTaken(refused.data.error);
        const { access_token } = tokenSchema.parse(granted.data);
        const { data } = await octokit.request("GET /user", { headers: { authorization: `token ${access_token}` } });
        return userSchema.parse(data).login;
      } catch (error) {
        throw toRemitError(error, doing, clock.now());
      }
    },
  };
}

function notTaken(error: string): RemitError {
  const why = /^[a-z_]{1,60}$/.test(error) ? error : "it doesn't say why";
  return new RemitError("github-unauthorized", `couldn't ${doing}: GitHub doesn't take the code: ${why}`);
}
