/** `remit create-app`: GitHub's manifest flow. A browser, one click, and the App exists with exactly what app.yml asks for. */
import { readFile, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { type CreatedApp, convertManifest } from "../../github/convert-manifest.ts";
import { listen } from "../../server/listen.ts";
import { aborted } from "../aborted.ts";
import type { Command, CommandContext } from "../command.ts";
import { manifestPage } from "../create-app/manifest-page.ts";
import { portOption } from "../port-option.ts";

export const createApp: Command = {
  name: "create-app",
  summary: "create the GitHub App from its manifest, with a browser and one click",
  usage: `--url URL [--org NAME] [--name NAME] [--github URL] [--port N] [--key FILE]

Opens a page on loopback that hands the manifest (app.yml) to GitHub. When you have agreed there, the App's private key
is written to FILE, readable by you only, and the settings for remit serve are printed.

  --url URL     where GitHub will reach remit serve: https://remit.example.com
  --org NAME    the organisation that owns the App; your own account without it
  --name NAME   the App's name, which must be unique on GitHub; Remit without it
  --github URL  https://github.com, or your Enterprise Server
  --port N      the page's port; any free one without it
  --key FILE    where the private key goes; remit.private-key.pem without it`,
  options: {
    url: { type: "string" },
    org: { type: "string" },
    name: { type: "string" },
    github: { type: "string" },
    port: { type: "string" },
    key: { type: "string" },
  },
  async run(context) {
    const url = address(context, "url", undefined);
    const github = address(context, "github", "https://github.com");
    const keyFile = context.text("key") ?? "remit.private-key.pem";
    const manifest = await readManifest();
    const { app, code } = manifestPage({
      action: `${github}${owner(context)}/settings/apps/new`,
      manifest: (redirectUrl) => ({
        ...manifest,
        name: context.text("name") ?? manifest.name,
        hook_attributes: { url: `${url}/api/github/webhooks`, active: true },
        redirect_url: redirectUrl,
      }),
    });
    const page = await listen(app.fetch, { host: "127.0.0.1", port: portOption(context) }, 30_000);
    try {
      if (context.json) context.printJson({ event: "waiting", page: page.url });
      else context.print(`Open ${page.url} in your browser. Ctrl-C ends it.`);
      const given = await Promise.race([code, aborted(context.signal)]);
      if (given === undefined) return 1;
      const created = await convertManifest(apiUrl(github), given, systemClock.now());
      await writeKey(keyFile, created.privateKey);
      tell(context, created, keyFile);
      return 0;
    } finally {
      await page.close(1_000);
    }
  },
};

const manifestSchema = z.looseObject({ name: z.string() });

async function readManifest() {
  return manifestSchema.parse(parse(await readFile(new URL("../../../app.yml", import.meta.url), "utf8")));
}

function address(context: CommandContext, option: string, otherwise: string | undefined): string {
  const text = context.text(option) ?? otherwise;
  if (text !== undefined && /^https?:\/\/[\w.[\]:-]+(?:\/[\w./-]*)?$/.test(text)) return text.replace(/\/+$/, "");
  throw usage(`--${option} wants an address such as https://remit.example.com`);
}

function owner(context: CommandContext): string {
  const org = context.text("org");
  if (org === undefined) return "";
  if (/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(org)) return `/organizations/${org}`;
  throw usage("--org wants the organisation's name as it stands in its address");
}

function apiUrl(github: string): string {
  return github === "https://github.com" ? "https://api.github.com" : `${github}/api/v3`;
}

/** An existing key is never overwritten: it may be the only copy of another App's. */
async function writeKey(file: string, key: string): Promise<void> {
  try {
    await writeFile(file, key, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    const message = `can't write the private key to a new file ${file}; make another one in the App's settings on GitHub`;
    throw new RemitError("usage", message, { audience: "user", cause });
  }
}

function tell(context: CommandContext, { id, htmlUrl, webhookSecret }: CreatedApp, keyFile: string): void {
  const install = `${htmlUrl}/installations/new`;
  if (context.json) {
    context.printJson({ event: "created", appId: id, install, keyFile, webhookSecret });
    return;
  }
  context.print(`Created ${htmlUrl}`);
  context.print("");
  context.print("Put this into remit.yaml:");
  context.print(`  github: {appId: ${id}}`);
  context.print("and this into the environment of remit serve. The secret is shown this once:");
  context.print(`  REMIT_GITHUB_PRIVATE_KEY_FILE=${keyFile}`);
  context.print(`  REMIT_WEBHOOK_SECRETS=${webhookSecret}`);
  context.print("");
  context.print(`Then install it on your GitOps repository: ${install}`);
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
