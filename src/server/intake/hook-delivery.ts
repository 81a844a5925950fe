/** A source's webhook: who may send it, and what is stored of it. */
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { mostSevere } from "../../incidents/most-severe.ts";
import type { Severity } from "../../incidents/severity.ts";
import type { Signal } from "../../signals/signal.ts";
import { sources as parsers } from "../../signals/sources.ts";
import type { AlertSighting, NewDelivery } from "../../store/store.ts";
import type { SourceConfig } from "../config/config.ts";
import { sourceSignals } from "../source-signals.ts";
import type { BodyReader } from "./body-reader.ts";
import { matchesSecret, matchesSignature } from "./matches-secret.ts";
import { readJson, refuseHeaders } from "./read-json.ts";
import { Refusal } from "./refusal.ts";

const maxBytes = 1_048_576;

export interface HookParts {
  readonly bodies: BodyReader;
  readonly clock: Clock;
  /** What came shows that the source, and all before it, is alive. */
  readonly onAlive?: (source: SourceConfig) => void;
}

/** "nothing": well-formed, but it says nothing that Remit could use. */
export async function hookDelivery(
  incoming: IncomingMessage,
  source: SourceConfig,
  parts: HookParts,
): Promise<NewDelivery | "nothing" | Refusal> {
  const { authorization, "x-signature": signature } = incoming.headers;
  // Flux's generic-hmac signs the body instead of sending a token.
  const signed = source.type === "flux" && authorization === undefined && typeof signature === "string";
  if (!signed && !matchesSecret(bearerToken(authorization), source.tokens)) return unauthorized();
  const refused = refuseHeaders(incoming.headers);
  if (refused !== undefined) return refused;
  const bytes = await parts.bodies.read(incoming, maxBytes);
  if (bytes instanceof Refusal) return bytes;
  if (signed && !matchesSignature(signature, bytes, source.tokens)) return unauthorized();
  const json = readJson(bytes);
  return json instanceof Refusal ? json : deliveryOf(json.text, json.value, source, parts);
}

/** "" when there is none, which no secret is. */
function bearerToken(authorization: string | undefined): string {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? "";
}

function unauthorized(): Refusal {
  return new Refusal("unauthorized", "the token or signature is missing or wrong");
}

function deliveryOf(
  body: string,
  value: unknown,
  source: SourceConfig,
  { clock, onAlive }: HookParts,
): NewDelivery | "nothing" | Refusal {
  const { name, type } = source;
  const receivedAt = clock.now();
  try {
    const { signals, alive } = sourceSignals(source, value, receivedAt);
    if (alive) onAlive?.(source);
    if (signals.length === 0) return "nothing";
    const dedupeKey = `${type}/${name}/${parsers[type].dedupeKey(value)}`;
    const sightings = signals.flatMap(sightingsOf);
    return { source: name, type, event: "", dedupeKey, body, receivedAt, sightings, severity: severityOf(signals) };
  } catch (error) {
    if (!(error instanceof RemitError)) throw error;
    return new Refusal("wrong-schema", error.message);
  }
}

/** What a controller reports is about a change that is under way, so it doesn't wait. */
function severityOf(signals: readonly Signal[]): Severity {
  const alerts = signals.filter((signal) => signal.kind === "alert");
  return alerts.length === 0 ? "critical" : mostSevere(alerts.map(({ labels }) => labels));
}

function sightingsOf(signal: Signal): AlertSighting[] {
  if (signal.kind !== "alert") return [];
  const { fingerprint, startsAt, status } = signal;
  return [{ fingerprint, startsAt, status }];
}
