/** A process's way to GitHub: each request is a place to crash before and after, takes time, and may go wrong in GitHub's ways. */
import { type Effect, effectOf, queryOf } from "./effect.ts";
import { laggingAnswer } from "./lagging-answer.ts";
import { refusalsIn } from "./refusals.ts";
import type { RemitProcess } from "./remit-process.ts";

export function simulatedFetch(process: RemitProcess): typeof fetch {
  const { simulation } = process;
  return async (input, init = {}) => {
    const url = String(input instanceof Request ? input.url : input);
    const path = new URL(url).pathname;
    const body = typeof init.body === "string" ? init.body : "";
    const query = path === "/graphql" ? queryOf(body) : "";
    const effect = effectOf(init.method ?? "GET", path, query);
    return simulation.boundary(process, effect, () => ask(process, { url, path, effect, query, init, body }));
  };
}

const mostHops = 20;

/** Goes where GitHub sends it, as `fetch` does. */
async function ask(process: RemitProcess, question: Question): Promise<Response> {
  const { simulation } = process;
  const { effect, path, init } = question;
  unlessGivenUp(init, sayer(process, effect), "held up, and not sent any more");
  simulation.watch.sent({ process, effect, path, at: simulation.time.now() });
  let asked = question;
  for (let hop = 0; hop < mostHops; hop++) {
    const answer = await askOnce(process, asked);
    const moved = movedTo(asked, answer);
    if (moved === undefined) return answer;
    asked = moved;
  }
  throw new TypeError("fetch failed");
}

/** 307 keeps method and body; 301 keeps them of a GET, and nothing else is sent on by it here. */
function movedTo(asked: Question, answer: Response): Question | undefined {
  const location = answer.headers.get("location");
  if (![301, 307].includes(answer.status) || location === null) return undefined;
  const { origin, pathname } = new URL(location, asked.url);
  // A token must not travel to another origin: fetch takes it away there.
  if (origin !== new URL(asked.url).origin) throw new Error(`GitHub sent us away, to ${origin}`);
  return { ...asked, url: location, path: pathname };
}

interface Question {
  readonly url: string;
  readonly path: string;
  readonly effect: Effect;
  /** The GraphQL document; empty for REST. */
  readonly query: string;
  readonly init: RequestInit;
  readonly body: string;
}

function sayer({ simulation, name }: RemitProcess, effect: Effect): (what: string) => void {
  return (what) => simulation.say(name, `${effect}: ${what}`);
}

async function askOnce(process: RemitProcess, { url, path, effect, query, init, body }: Question): Promise<Response> {
  const { simulation } = process;
  const { faults, random, time, github } = simulation;
  const say = sayer(process, effect);
  time.advance(random.between(40, 600));
  if (faults.strikes("github: answer comes late")) time.advance(random.between(10, 25) * 1000);
  if (faults.strikes("github: 5xx before the effect")) return sayAnd(say, "502 before", serverError(502));
  if (faults.strikes("github: no answer before the effect")) return timeOut(process, init, say, "no answer before");
  if (faults.strikes("github: secondary limit with a header")) {
    return sayAnd(say, "secondary limit, 90 s", limited({ "retry-after": "90" }));
  }
  if (faults.strikes("github: secondary limit without a header")) return sayAnd(say, "secondary limit", limited({}));
  if (faults.strikes("github: hourly limit used up")) {
    const reset = String(Math.ceil(time.now() / 1000) + 600);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    return sayAnd(say, "hourly limit", limited(headers, "API rate limit exceeded for installation ID 1."));
  }
  if (faults.strikes("github: token taken back")) for (const token of github.tokens) github.credentials.revoke(token);
  if (effect === "a merge" && faults.strikes("github: base branch was modified")) {
    return sayAnd(say, "405", refusal(405, "Base branch was modified. Review and try the merge again."));
  }
  const fields = [...query.matchAll(/^ {2}\w+: (\w+)\(input/gm)].map(([, name]) => name);
  if (fields.length > 0 && faults.strikes("github: one field of a document fails")) {
    const operation = fields[random.between(0, fields.length - 1)] ?? "";
    say(`${operation} will fail`);
    github.fieldFaults.fail(
      { operation },
      { kind: "field", type: "SERVICE_UNAVAILABLE", message: "Something went wrong" },
    );
  }
  const before = simulation.watch.before(process, effect, init.method ?? "GET", path, body);
  const { signal: _signal, ...rest } = init;
  const answer = await github.handle(url, rest);
  github.fieldFaults.clear();
  await simulation.watch.after(before, answer?.status ?? 0);
  if (answer !== undefined) for (const name of await refusalsIn(answer, query !== "")) simulation.refused.add(name);
  say(String(answer?.status ?? "dropped"));
  if (faults.strikes("github: 5xx after the effect")) return sayAnd(say, "502 after", serverError(502));
  if (faults.strikes("github: no answer after the effect")) return timeOut(process, init, say, "no answer after");
  unlessGivenUp(init, say, "answered too late");
  if (faults.strikes("github: connection dropped after the effect") || answer === undefined) {
    say("connection dropped");
    throw new TypeError("fetch failed");
  }
  return effect === "a look at GitHub" && path === "/graphql" ? laggingAnswer(process, answer) : answer;
}

function sayAnd(say: (what: string) => void, what: string, answer: Response): Response {
  say(what);
  return answer;
}

/** The client gives up by itself, when its own timer says so. */
function timeOut(process: RemitProcess, init: RequestInit, say: (what: string) => void, what: string): never {
  say(what);
  process.simulation.time.advance(31_000);
  if (init.signal?.aborted === true) throw init.signal.reason;
  throw new TypeError("fetch failed");
}

function unlessGivenUp({ signal }: RequestInit, say: (what: string) => void, what: string): void {
  if (signal?.aborted !== true) return;
  say(what);
  throw signal.reason;
}

function serverError(status: number): Response {
  return new Response("<html>Bad Gateway</html>", { status, headers: { "content-type": "text/html" } });
}

function limited(
  headers: Record<string, string>,
  message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
): Response {
  return refusal(403, message, headers);
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  const text = JSON.stringify({ message, documentation_url: "https://docs.github.com/rest", status: String(status) });
  return new Response(text, { status, headers: { "content-type": "application/json; charset=utf-8", ...headers } });
}
