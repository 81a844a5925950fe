/** Remit's own version. */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** From package.json, which is as far away from src/server as from dist/server. */
export function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
