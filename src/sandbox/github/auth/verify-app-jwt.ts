/** Checks the JSON web token by which an App shows who it is: RS256, ten minutes at most, issued by this App. */
import { type KeyObject, verify } from "node:crypto";
import type { Instant } from "../../../clock.ts";
import type { AppAccount } from "../world/accounts.ts";
import { Refusal } from "../world/refusal.ts";

const LONGEST_SECONDS = 600;

/** Throws 401, or 404 for an App that doesn't exist, with GitHub's messages: clients correct their clock by them. */
export function verifyAppJwt(token: string, app: AppAccount, key: KeyObject, now: Instant): void {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const signed = verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  const algorithm = claims(header).get("alg");
  if (!signed || algorithm !== "RS256") throw new Refusal(401, "A JSON web token could not be decoded");
  const found = claims(payload);
  const issuer = found.get("iss");
  if (String(issuer) !== String(app.id) && issuer !== app.clientId) throw new Refusal(404, "Integration not found");
  const seconds = Math.floor(now / 1000);
  const expires = found.get("exp");
  const issued = found.get("iat");
  if (typeof expires !== "number" || expires <= seconds) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (typeof issued !== "number" || issued > seconds + 60) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (expires > seconds + LONGEST_SECONDS + 10) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
}

function claims(part: string): Map<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(Buffer.from(part, "base64url").toString())));
  } catch {
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
}
