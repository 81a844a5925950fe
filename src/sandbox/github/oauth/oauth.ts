/** GitHub's web application flow: a person says who they are, and the App gets a code for a token of theirs. */
import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { Credentials } from "../auth/credentials.ts";
import { layout } from "../pages/layout.ts";
import { PEOPLE, type Person } from "../world/accounts.ts";
import type { World } from "../world/world.ts";

export interface OAuthParts {
  readonly world: World;
  readonly credentials: Credentials;
}

interface Grant {
  readonly person: Person;
  readonly redirectUri: string;
  readonly challenge: string;
}

/** Told by the page to itself, and to whoever asked. */
const asked = ["client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"] as const;

export function oauth({ world, credentials }: OAuthParts): Hono {
  const grants = new Map<string, Grant>();
  const app = new Hono();
  app.get("/authorize", (context) => {
    const refusal = problemOf(world, context);
    if (refusal !== undefined) return context.text(refusal, 404);
    const hidden = asked.map(
      (name) => html`<input type="hidden" name="${name}" value="${context.req.query(name) ?? ""}">`,
    );
    const buttons = PEOPLE.map(
      (person) => html`<p><button name="person" value="${person}">Continue as ${person}</button></p>`,
    );
    return context.html(
      layout(
        world,
        "Sign in",
        html`<h1>Sign in to ${world.remit.name}</h1><form action="/login/oauth/authorized">${hidden}${buttons}</form>`,
      ),
    );
  });
  app.get("/authorized", (context) => {
    const person = PEOPLE.find((name) => name === context.req.query("person"));
    const refusal = problemOf(world, context);
    if (refusal !== undefined || person === undefined) return context.text(refusal ?? "Not Found", 404);
    const redirectUri = context.req.query("redirect_uri") ?? "";
    const code = credentials.secret("");
    grants.set(code, { person, redirectUri, challenge: context.req.query("code_challenge") ?? "" });
    const to = new URL(redirectUri);
    to.searchParams.set("code", code);
    to.searchParams.set("state", context.req.query("state") ?? "");
    return context.redirect(to.href);
  });
  app.post("/access_token", async (context) => {
    const body: unknown = await context.req.json();
    const told = new Map<string, unknown>(Object.entries(Object(body)));
    const code = String(told.get("code"));
    const grant = grants.get(code);
    // A code is good once, whatever comes of it.
    grants.delete(code);
    if (told.get("client_id") !== world.remit.clientId || told.get("client_secret") !== credentials.clientSecret)
      return context.json(
        failure("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect."),
      );
    if (grant === undefined || challengeOf(String(told.get("code_verifier"))) !== grant.challenge)
      return context.json(failure("bad_verification_code", "The code passed is incorrect or expired."));
    if (told.get("redirect_uri") !== grant.redirectUri)
      return context.json(
        failure(
          "redirect_uri_mismatch",
          "The redirect_uri MUST match the registered callback URL for this application.",
        ),
      );
    return context.json({ access_token: credentials.createUserToken(grant.person), token_type: "bearer", scope: "" });
  });
  return app;
}

function problemOf(world: World, { req }: Context): string | undefined {
  if (req.query("client_id") !== world.remit.clientId) return "Not Found";
  if (req.query("code_challenge_method") !== "S256") return "code_challenge_method must be S256";
  return URL.canParse(req.query("redirect_uri") ?? "") ? undefined : "redirect_uri is missing";
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** GitHub answers 200 all the same. */
function failure(error: string, error_description: string) {
  return { error, error_description, error_uri: "https://docs.github.com/apps/oauth" };
}
