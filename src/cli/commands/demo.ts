/** `remit demo`: the whole loop on this machine, told as it happens. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { DemoEnd } from "../../sandbox/demo/demo-end.ts";
import { jumpClock } from "../../sandbox/demo/jump-clock.ts";
import { keepRepository, requireRoom } from "../../sandbox/demo/keep-repository.ts";
import { instantPace, storyPace } from "../../sandbox/demo/pace.ts";
import { type Scenario, scenarioNames } from "../../sandbox/demo/scenario.ts";
import { scenarios } from "../../sandbox/demo/scenarios.ts";
import { startDemo } from "../../sandbox/demo/start-demo.ts";
import { createStory } from "../../sandbox/demo/story.ts";
import { aborted } from "../aborted.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";
import { teller } from "../demo/teller.ts";
import { portOption } from "../port-option.ts";

export const demo: Command = {
  name: "demo",
  summary: "the whole loop in a sandbox: a bad deploy, and Remit answering it",
  usage: `[--scenario NAME] [--instant] [--keep DIR] [--port N] [--stay] [--json]

Needs no account, no cluster and no key. It starts a GitHub stand-in over a real git repository, a small cluster that
runs what the main branch says, and Remit itself, all on loopback, and tells what happens. Exit code 0 says that the
service recovered: the demo asks the service and git, not Remit.

  --scenario NAME  ${scenarioNames.join(", ")}, or all of them one after the other
  --instant        no waiting: over within seconds
  --keep DIR       leaves the bare repository (shop.git) and a clone of it (shop) in DIR
  --port N         the port of the page to watch it on; any free one without it
  --stay           keeps the page and everything else running afterwards, until Ctrl-C
  --json           one event per line; the last one is "verified" or "failed"

${scenarioNames.map((name) => `  ${name.padEnd(18)} ${scenarios[name].summary}`).join("\n")}`,
  options: {
    scenario: { type: "string" },
    instant: { type: "boolean" },
    keep: { type: "string" },
    port: { type: "string" },
    stay: { type: "boolean" },
  },

  async run(context) {
    const port = portOption(context);
    if (context.text("scenario") === "all") return all(context, port);
    const scenario = scenarioOf(context);
    await requireRoom(context.text("keep"));
    return (await play(context, scenario, port)) === true ? 0 : 1;
  },
};

/** One after the other. 0 when each ended as its scenario says: recovered, or with a person. */
async function all(context: CommandContext, port: number): Promise<ExitCode> {
  for (const option of ["keep", "stay"] as const)
    if (context.text(option) !== undefined || context.flag(option)) throw usage(`--${option} is for one scenario`);
  const unlike: string[] = [];
  for (const name of scenarioNames) {
    const recovered = await play(context, scenarios[name], port);
    if (recovered === undefined) return 1;
    if (recovered !== scenarios[name].recovers) unlike.push(name);
  }
  if (unlike.length > 0) context.stderr.write(`remit: ended otherwise than it should: ${unlike.join(", ")}\n`);
  return unlike.length === 0 ? 0 : 1;
}

/** Has the service recovered? undefined when it was interrupted. */
async function play(context: CommandContext, scenario: Scenario, port: number): Promise<boolean | undefined> {
  const directory = await mkdtemp(join(tmpdir(), "remit-demo-"));
  let repository: string | undefined;
  try {
    const told = await tell(context, scenario, port, directory);
    repository = told.repository;
    return told.recovered;
  } catch (error) {
    if (!context.signal.aborted) throw error;
    context.stderr.write("remit: interrupted\n");
    return undefined;
  } finally {
    await removeAllBut(directory, repository);
  }
}

async function tell(context: CommandContext, scenario: Scenario, port: number, directory: string): Promise<DemoEnd> {
  const clock = jumpClock(systemClock);
  const story = createStory(clock);
  const pace = context.flag("instant") ? instantPace : storyPace;
  const voice = teller(context, scenario);
  story.listen(voice.tell);
  const { signal } = context;
  const demo = await startDemo({ scenario, pace, directory, port, clock, story, signal });
  try {
    const ended = await demo.run();
    const end = { ...ended, repository: await keepRepository(ended.repository, directory, context.text("keep")) };
    voice.end(end, story);
    if (context.flag("stay")) {
      voice.staying(end);
      await aborted(signal);
    }
    return end;
  } finally {
    await demo.close();
  }
}

function scenarioOf(context: CommandContext): Scenario {
  const wanted = context.text("scenario") ?? "bad-deploy";
  const name = scenarioNames.find((known) => known === wanted);
  if (name !== undefined) return scenarios[name];
  throw usage(`--scenario ${JSON.stringify(wanted)}: expected ${scenarioNames.join(", ")} or all`);
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}

/** The repository that the end names stays, so that its history can be read; everything else goes. */
async function removeAllBut(directory: string, repository: string | undefined): Promise<void> {
  const kept = repository?.startsWith(directory) ? basename(repository) : undefined;
  if (kept === undefined) return rm(directory, { recursive: true, force: true });
  for (const name of await readdir(directory)) {
    if (name !== kept) await rm(join(directory, name), { recursive: true, force: true });
  }
}
