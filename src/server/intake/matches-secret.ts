/** Comparisons with secrets that take the same time wherever the difference is, and whichever secret matches. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "../config/secret.ts";

/** Is `given` one of the secrets? Hashed first, so that lengths don't show either. */
export function matchesSecret(given: string, secrets: readonly Secret[]): boolean {
  const digest = sha256(given);
  let matched = false;
  for (const secret of secrets) if (timingSafeEqual(digest, sha256(secret.reveal()))) matched = true;
  return matched;
}

/** Is `signature` (`sha256=<64 lower-case hex digits>`) the HMAC-SHA256 of these bytes with one of the secrets? */
export function matchesSignature(signature: string, body: Uint8Array, secrets: readonly Secret[]): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(signature)?.[1];
  if (hex === undefined) return false;
  const given = Buffer.from(hex, "hex");
  let matched = false;
  for (const secret of secrets) {
    if (timingSafeEqual(given, createHmac("sha256", secret.reveal()).update(body).digest())) matched = true;
  }
  return matched;
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
