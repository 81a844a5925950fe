/** GitHub's webhook: the signature over the raw bytes is checked before anything else looks at them. */
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { githubEvents, githubSignals } from "../../signals/github-events.ts";
import type { NewDelivery } from "../../store/store.ts";
import type { Secret } from "../config/secret.ts";
import type { BodyReader } from "./body-reader.ts";
import { matchesSignature } from "./matches-secret.ts";
import { readJson, refuseHeaders } from "./read-json.ts";
import { Refusal } from "./refusal.ts";

/** GitHub's own limit. */
const maxBytes = 25 * 1_048_576;

/** "nothing": an event that Remit has no use for, `ping` included. */
export async function githubDelivery(
  incoming: IncomingMessage,
  secrets: readonly Secret[],
  bodies: BodyReader,
  clock: Clock,
): Promise<NewDelivery | "nothing" | Refusal> {
  const refused = refuseHeaders(incoming.headers);
  if (refused !== undefined) return refused;
  const signature = incoming.headers["x-hub-signature-256"];
  if (typeof signature !== "string") return unauthorized();
  const bytes = await bodies.read(incoming, maxBytes);
  if (bytes instanceof Refusal) return bytes;
  if (!matchesSignature(signature, bytes, secrets)) return unauthorized();
  const { "x-github-event": event, "x-github-delivery": guid } = incoming.headers;
  if (typeof event !== "string" || !/^[a-z_]{1,50}$/.test(event)) {
    return new Refusal("header-missing", "X-GitHub-Event is missing or wrong");
  }
  if (typeof guid !== "string" || !/^[0-9A-Za-z-]{1,64}$/.test(guid)) {
    return new Refusal("header-missing", "X-GitHub-Delivery is missing or wrong");
  }
  const json = readJson(bytes);
  if (json instanceof Refusal) return json;
  if (!githubEvents.has(event)) return "nothing";
  const receivedAt = clock.now();
  try {
    if (githubSignals(event, json.value, receivedAt).length === 0) return "nothing";
  } catch (error) {
    if (!(error instanceof RemitError)) throw error;
    return new Refusal("wrong-schema", error.message);
  }
  // GitHub's redelivery has the id of the first delivery.
  const delivery = {
    source: "github",
    type: "github",
    event,
    dedupeKey: `github/${guid}`,
    body: json.text,
    receivedAt,
  };
  // Reviews, merges and the stop switch: never behind alerts.
  return { ...delivery, severity: "critical" };
}

function unauthorized(): Refusal {
  return new Refusal("unauthorized", "the signature is missing or wrong");
}
