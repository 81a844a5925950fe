/** The last step of GitHub's manifest flow: the code that the browser came back with becomes an App's id and secrets. */
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import { RemitError } from "../errors.ts";
import { silentLog } from "./silent-log.ts";
import { toRemitError } from "./to-remit-error.ts";

export interface CreatedApp {
  readonly id: number;
  readonly slug: string;
  readonly htmlUrl: string;
  /** PEM. A secret. */
  readonly privateKey: string;
  /** A secret. */
  readonly webhookSecret: string;
}

const created = z.object({
  id: z.number().int(),
  slug: z.string(),
  html_url: z.string(),
  pem: z.string().min(1),
  webhook_secret: z.string().min(1),
});

/** `code` is good for one hour and one use. Throws a RemitError github-… when GitHub doesn't take it. */
export async function convertManifest(apiUrl: string, code: string, now: number): Promise<CreatedApp> {
  const octokit = new Octokit({ baseUrl: apiUrl, log: silentLog, request: { log: silentLog } });
  let data: unknown;
  try {
    ({ data } = await octokit.request("POST /app-manifests/{code}/conversions", { code }));
  } catch (error) {
    throw toRemitError(error, "create the App from its manifest", now);
  }
  const parsed = created.safeParse(data);
  if (!parsed.success) throw new RemitError("github-rejected", "GitHub's answer holds no App with a key and a secret");
  const { id, slug, html_url: htmlUrl, pem: privateKey, webhook_secret: webhookSecret } = parsed.data;
  return { id, slug, htmlUrl, privateKey, webhookSecret };
}
