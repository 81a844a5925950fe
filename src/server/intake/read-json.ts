/** The headers and bytes of a request as JSON text with what it says, or why it isn't that. */
import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "./refusal.ts";

export interface JsonBody {
  readonly text: string;
  readonly value: unknown;
}

/** What can be said before the body is read. A compressed body could be a bomb, and no sender needs one. */
export function refuseHeaders(headers: IncomingHttpHeaders): Refusal | undefined {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return new Refusal("unsupported-encoding", "send the body without a content encoding");
  }
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/json" || type?.endsWith("+json") === true) return undefined;
  return new Refusal("unsupported-type", "the content type must be application/json");
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function readJson(bytes: Uint8Array): JsonBody | Refusal {
  try {
    const text = utf8.decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    return new Refusal("not-json", "the body isn't JSON in UTF-8");
  }
}
