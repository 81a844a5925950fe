/** `remit sandbox`: the world without Remit, for a server, a script or a pair of hands to work in. Stays until Ctrl-C. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { ClusterEvent } from "../../sandbox/cluster/cluster-event.ts";
import { storyPace } from "../../sandbox/demo/pace.ts";
import { scenarios } from "../../sandbox/demo/scenarios.ts";
import { type Sandbox, startSandbox } from "../../sandbox/demo/start-sandbox.ts";
import { aborted } from "../aborted.ts";
import type { Command, CommandContext } from "../command.ts";
import { portOption } from "../port-option.ts";

export const sandbox: Command = {
  name: "sandbox",
  summary: "a world to rehearse in: a GitHub stand-in over real git, and a cluster that follows it",
  usage: `[--port N] [--remit URL] [--json]

Starts the GitHub stand-in with a shop's GitOps repository, and a cluster that runs what its main branch says, and
stays until Ctrl-C. It prints addresses, tokens, the repository's path, and how to point remit serve at it. The tokens
and keys are made for this run and good for nothing else.

  --port N     the stand-in's port; any free one without it
  --remit URL  where Remit listens or will listen; http://127.0.0.1:8080 without it`,
  options: { port: { type: "string" }, remit: { type: "string" } },

  async run(context) {
    const directory = await mkdtemp(join(tmpdir(), "remit-sandbox-"));
    try {
      const started = await startSandbox({
        directory,
        port: portOption(context),
        remitUrl: remitUrl(context),
        scenario: scenarios["bad-deploy"],
        pace: storyPace,
        clock: systemClock,
        onEvent: (event) => tell(context, event),
      });
      describe(context, started);
      await aborted(context.signal);
      await started.close();
      return 0;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

function remitUrl(context: CommandContext): string {
  const text = context.text("remit") ?? "http://127.0.0.1:8080";
  const url = URL.parse(text);
  if (url?.protocol === "http:" && url.pathname === "/" && url.search === "") return url.origin;
  const message = `--remit ${JSON.stringify(text)}: expected an address such as http://127.0.0.1:8080`;
  throw new RemitError("usage", message, { audience: "user" });
}

function describe(context: CommandContext, { github, serviceUrl, configFile, environmentFile }: Sandbox): void {
  const { url, apiUrl, cloneUrl, repository, gitDirectory, appId, appSlug, tokens } = github;
  if (context.json) {
    const world = { url, apiUrl, cloneUrl, repository, gitDirectory, appId, appSlug, tokens };
    context.printJson({ event: "ready", ...world, serviceUrl, configFile, environmentFile });
    return;
  }
  const rows = [
    ["GitHub stand-in", url],
    ["REST and GraphQL", `${apiUrl}, ${apiUrl.replace(/\/v3$/, "/graphql")}`],
    ["clone", `git clone ${cloneUrl}`],
    ["bare repository", gitDirectory],
    ...Object.entries(tokens).map(([person, token]) => [`${person}'s token`, token]),
    ["the service", `${serviceUrl} (and ${serviceUrl}/metrics)`],
  ];
  for (const [label = "", value = ""] of rows) context.print(`${label.padEnd(18)} ${value}`);
  context.print(`
Run Remit in it:
  set -a; . ${environmentFile}; set +a; remit serve --config ${configFile}

Break production:
  git clone ${gitDirectory} shop && cd shop
  sed -i s/v1.4.2/v1.5.0/ apps/checkout/overlays/production/kustomization.yaml
  git commit -am "Release checkout v1.5.0 to production" && git push

What happens in the cluster:`);
}

function tell(context: CommandContext, event: ClusterEvent): void {
  const { kind, at, ...rest } = event;
  if (context.json) {
    context.printJson({ event: kind, at: new Date(at).toISOString(), ...rest });
    return;
  }
  const time = new Date(at).toISOString().slice(11, 19);
  const words = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`);
  context.print(`${time} ${kind} ${words.join(" ")}`);
}
