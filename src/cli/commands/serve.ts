/** `remit serve`: the App. `--check` only validates, and tells every mistake at once. */
import { loadConfig } from "../../server/config/load-config.ts";
import { formatMistake, type Mistake } from "../../server/config/mistake.ts";
import { aborted } from "../aborted.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";
import { requiredConfig } from "../required-config.ts";

export const serve: Command = {
  name: "serve",
  summary: "run the App: webhooks, reconciler, status",
  usage: `[--config FILE] [--check]

--check validates the configuration, prints every mistake at once with its place, and starts nothing.
The configuration is --config, else REMIT_CONFIG, else ./remit.yaml; secrets come from the environment.
SIGTERM and SIGINT finish the step at hand.`,
  options: { config: { type: "string" }, check: { type: "boolean" } },
  async run(context) {
    if (context.flag("check")) {
      const { mistakes = [] } = await loadConfig({ path: context.text("config"), env: context.env });
      return report(context, mistakes);
    }
    const config = await requiredConfig(context);
    const [{ assemble }, { serve: start }, { machineRenderer }] = await Promise.all([
      import("../../server/assemble.ts"),
      import("../../server/serve.ts"),
      import("../../server/rendering/machine-renderer.ts"),
    ]);
    const renderer = await machineRenderer(context.env.PATH);
    const assembly = await assemble(config, { renderer });
    const { kustomize = "none", helm = "none" } = renderer.tools;
    assembly.log.info({ kustomize, helm }, "renderers that were found");
    const serving = await start(config, assembly);
    await aborted(context.signal);
    await serving.close();
    await assembly.close();
    return 0;
  },
};

function report(context: CommandContext, mistakes: readonly Mistake[]): ExitCode {
  if (context.json) context.printJson({ ok: mistakes.length === 0, mistakes });
  else if (mistakes.length === 0) context.print("The configuration is valid.");
  else for (const mistake of mistakes) context.print(formatMistake(mistake));
  return mistakes.length === 0 ? 0 : 1;
}
