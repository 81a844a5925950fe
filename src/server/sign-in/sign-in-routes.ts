/** Signing in on the status page, out again, and the switch. Only with a session, its token and from this very page. */
import { timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Clock } from "../../clock.ts";
import type { WebSignIn } from "../../github/web-sign-in.ts";
import type { Obeyed } from "../../remediation/comments/obeyed.ts";
import type { Turn } from "../../remediation/comments/turn-as-asked.ts";
import type { Log } from "../../remediation/session.ts";
import { cookies } from "./cookies.ts";
import { createSessions, type Session } from "./sessions.ts";

export interface SignInParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Where people reach the page; no slash at the end. */
  readonly url: string;
  readonly github: WebSignIn;
  /** Repositories that may be named. */
  readonly repositories: () => Iterable<string>;
  readonly turn: (turn: Turn) => Promise<Obeyed>;
}

export interface SignIn {
  readonly routes: Hono;
  /** Who asks; undefined: nobody known. */
  session(context: Context): Session | undefined;
}

export const callbackPath = "/sign-in/callback";
const mostBytes = 4_096;

export function createSignIn(parts: SignInParts): SignIn {
  const { log, github } = parts;
  const sessions = createSessions(parts.clock);
  const jar = cookies(parts.url.startsWith("https:"));
  const session = (context: Context) => sessions.get(jar.get(context, "session"));
  const routes = new Hono();
  routes.get("/sign-in", (context) => {
    const begun = sessions.begin();
    jar.set(context, "signing-in", begun.state);
    return context.redirect(github.url(begun));
  });
  routes.get(callbackPath, async (context) => {
    const { state = "", code = "" } = context.req.query();
    // The browser that began it, and no other: else a stranger could sign somebody in as themselves.
    const begun = state !== "" && isSame(state, jar.get(context, "signing-in")) ? sessions.take(state) : undefined;
    jar.clear(context, "signing-in");
    if (begun === undefined || code === "")
      return refuse(context, 400, "This sign-in wasn't begun here, or is over. Begin anew.");
    try {
      const login = await github.login({ code, verifier: begun.verifier });
      sessions.signOut(jar.get(context, "session"));
      jar.set(context, "session", sessions.signIn(login));
      log.info({ login }, "a person signed in on the status page");
      return context.redirect("/", 303);
    } catch (error) {
      log.warn({ error }, "a sign-in on the status page failed");
      return refuse(context, 502, "GitHub didn't say who you are. Begin anew.");
    }
  });
  const limit = bodyLimit({ maxSize: mostBytes, onError: (context) => refuse(context, 413, "That is too much.") });
  routes.post("/sign-out", limit, async (context) => {
    const form = await formOf(context, session(context), parts.url);
    if (!(form instanceof URLSearchParams)) return form;
    sessions.signOut(jar.get(context, "session"));
    jar.clear(context, "session");
    return context.redirect("/", 303);
  });
  routes.post("/switch", limit, async (context) => {
    const person = session(context);
    const form = await formOf(context, person, parts.url);
    if (!(form instanceof URLSearchParams) || person === undefined)
      return form instanceof URLSearchParams ? notSignedIn(context) : form;
    const to = form.has("stop") ? "stop" : "start";
    const repository = [...parts.repositories()].find((each) => each === form.get(to));
    if (repository === undefined) return refuse(context, 404, "Remit knows no such repository.");
    if (person.busy) return refuse(context, 429, "The last one isn't done yet.");
    person.said = await press(parts, person, { repository, login: person.login, to });
    return context.redirect("/#said", 303);
  });
  return { routes, session };
}

async function press({ turn, log }: SignInParts, person: Session, asked: Turn): Promise<string> {
  person.busy = true;
  try {
    const { obeyed, text } = await turn(asked);
    return `${asked.repository}: ${obeyed ? "" : "Nothing was done. "}${text}`;
  } catch (error) {
    log.error({ ...asked, error }, "the switch on the status page couldn't be turned");
    return `${asked.repository}: Nothing is known to be done: GitHub couldn't be asked or told. Use the STOP file or an issue labelled remit:stop.`;
  } finally {
    person.busy = false;
  }
}

/** What was sent, or why it isn't looked at. */
async function formOf(context: Context, person: Session | undefined, url: string): Promise<URLSearchParams | Response> {
  if (person === undefined) return notSignedIn(context);
  const { "sec-fetch-site": site, origin } = context.req.header();
  if ((origin !== undefined && origin !== new URL(url).origin) || (site !== undefined && site !== "same-origin"))
    return refuse(context, 403, "This form came from another page.");
  const form = new URLSearchParams(await context.req.text());
  if (!isSame(form.get("csrf") ?? "", person.csrf))
    return refuse(context, 403, "This form is from another session. Load the page again.");
  return form;
}

function notSignedIn(context: Context): Response {
  return refuse(context, 401, "Nobody is signed in. Sign in first.");
}

function refuse(context: Context, status: 400 | 401 | 403 | 404 | 413 | 429 | 502, message: string): Response {
  return context.text(`${message}\n`, status);
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
