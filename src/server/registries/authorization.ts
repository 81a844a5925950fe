/** The proof that a registry asks for: a token for pulling this one image, or the credentials themselves. */
import { z } from "zod";
import type { RegistryConfig } from "../config/config.ts";
import { authChallenges, type Challenge } from "./auth-challenges.ts";
import { boundedJson } from "./bounded-json.ts";
import type { PulledImage } from "./pulled-image.ts";
import { reach, type Unreached } from "./reach.ts";

export interface Proof {
  /** The value of the header Authorization. */
  readonly authorization: string;
}

const maxTokenBytes = 64 * 1024;

/** `header`: WWW-Authenticate. Throws what `fetch` throws. */
export async function authorizationFor(
  registry: RegistryConfig,
  { name }: PulledImage,
  header: string | null,
  signal: AbortSignal,
): Promise<Proof | Unreached> {
  const challenges = authChallenges(header ?? "");
  const basic = basicProof(registry);
  const bearer = challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters.has("realm"));
  if (bearer !== undefined) return token(registry, tokenUrl(bearer, name), basic, signal);
  if (!challenges.some(({ scheme }) => scheme === "basic"))
    return { why: "its registry asks for a proof that Remit doesn't know" };
  return basic ?? { why: "its registry wants to know who asks, and no credentials are configured" };
}

function basicProof({ credentials }: RegistryConfig): Proof | undefined {
  if (credentials === undefined) return undefined;
  const pair = `${credentials.username.reveal()}:${credentials.password.reveal()}`;
  return { authorization: `Basic ${Buffer.from(pair, "utf8").toString("base64")}` };
}

/** Asks for no more than to pull, whatever the registry proposes. */
function tokenUrl({ parameters }: Challenge, name: string): URL | null {
  const url = URL.parse(parameters.get("realm") ?? "");
  const service = parameters.get("service");
  if (service !== undefined) url?.searchParams.set("service", service);
  url?.searchParams.set("scope", `repository:${name}:pull`);
  return url;
}

/** Either name is in use, for the same thing. */
const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

async function token(
  registry: RegistryConfig,
  url: URL | null,
  basic: Proof | undefined,
  signal: AbortSignal,
): Promise<Proof | Unreached> {
  if (url === null) return { why: "its registry doesn't say where a token is to be had" };
  const reached = await reach(registry, { method: "GET", url, accept: "application/json", ...basic }, signal);
  if ("why" in reached) return reached;
  const { response } = reached;
  const answer = tokenAnswer.safeParse(await boundedJson(response, maxTokenBytes));
  const given = response.ok && answer.success ? (answer.data.token ?? answer.data.access_token) : undefined;
  // What a header can't carry is no token.
  return given !== undefined && /^[\x21-\x7e]+$/.test(given)
    ? { authorization: `Bearer ${given}` }
    : { why: `its registry gives Remit no token${basic === undefined ? "" : " for the configured credentials"}` };
}
