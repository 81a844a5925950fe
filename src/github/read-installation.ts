/** How the App's installation stands, asked as the App: that works where a token can't be had any more. */
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { appPermissions } from "./app-permissions.ts";

export type InstallationState =
  | { readonly kind: "right" }
  | { readonly kind: "gone" }
  | { readonly kind: "suspended" }
  /** `issues: write`, in the order of app.yml. */
  | { readonly kind: "lacking"; readonly permissions: readonly string[] };

const schema = z.object({
  suspended_at: z.string().nullish(),
  permissions: z.record(z.string(), z.string()),
});

/** Throws what octokit throws: 404 where there is no such installation. */
export async function readInstallation(app: Octokit, installationId: number): Promise<InstallationState> {
  const { data } = await app.request("GET /app/installations/{installation_id}", { installation_id: installationId });
  const { suspended_at, permissions: held } = schema.parse(data);
  if (typeof suspended_at === "string") return { kind: "suspended" };
  const lacking = Object.entries(appPermissions).filter(([name, level]) => !suffices(held[name], level));
  if (lacking.length === 0) return { kind: "right" };
  return { kind: "lacking", permissions: lacking.map(([name, level]) => `${name}: ${level}`) };
}

function suffices(held: string | undefined, needed: "read" | "write"): boolean {
  return held === "write" || held === "admin" || held === needed;
}
