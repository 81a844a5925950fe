/** Plays one scenario to its end, with the machine's time, chance, network and disk taken away. */

import { Secret } from "../../src/server/config/secret.ts";
import { createGitHubEvents } from "../../src/server/github-events.ts";
import type { Merging } from "./custody.ts";
import type { Strike } from "./faults.ts";
import { holdInvariants } from "./invariants/hold-invariants.ts";
import { play } from "./play.ts";
import type { RefusalName } from "./refusals.ts";
import type { Scenario } from "./scenario.ts";
import type { Seams } from "./seams.ts";
import { githubParts } from "./simulated-github.ts";
import { type Failure, type SharedParts, Simulation } from "./simulation.ts";
import { virtualGlobals } from "./virtual-globals.ts";

export interface Outcome {
  readonly failure: Failure | undefined;
  readonly lines: readonly string[];
  readonly fingerprint: string;
  readonly struck: readonly Strike[];
  /** What GitHub refused by itself. */
  readonly refused: ReadonlySet<RefusalName>;
  /** Acts of people that happened. */
  readonly acts: ReadonlySet<string>;
  /** What came of changes that were left to GitHub to merge. */
  readonly merging: ReadonlySet<Merging>;
  readonly moments: Simulation["moments"];
  /** What is left on GitHub, without ids and times. */
  readonly left: object;
  /** What came of it, by kind, for the report. */
  readonly outcomes: readonly string[];
}

/** Made once for many runs. */
export async function sharedParts(): Promise<SharedParts> {
  const github = githubParts();
  const privateKey = github.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const events = await createGitHubEvents({
    appId: 1,
    privateKey: new Secret(privateKey),
    apiUrl: "https://api.github.com",
  });
  return { github, events, files: new Map() };
}

export async function runScenario(scenario: Scenario, shared: SharedParts, seams: Seams = {}): Promise<Outcome> {
  const simulation = new Simulation(scenario, shared, seams);
  const restore = virtualGlobals(simulation.time, scenario.seed);
  try {
    const finish = holdInvariants(simulation);
    await play(simulation);
    if (simulation.failure === undefined) await finish();
    const records = await simulation.store.incidents.list(100);
    await simulation.close();
    return {
      failure: simulation.failure,
      lines: simulation.trace.lines,
      fingerprint: simulation.trace.fingerprint(),
      struck: simulation.faults.struck,
      refused: simulation.refused,
      acts: simulation.people.done,
      merging: simulation.custody.happened,
      moments: simulation.moments,
      left: leftBehind(simulation),
      outcomes: records.map(({ response }) => response.closed?.outcome ?? "open"),
    };
  } finally {
    restore();
  }
}

function leftBehind({ github }: Simulation): object {
  const { pulls, issues } = github.world;
  return {
    main: github.git.objects.commit(github.mainHead).tree,
    pulls: pulls.map(({ title, state, merged }) => ({ title, state, merged: merged !== undefined })),
    issues: issues.map(({ title, state, comments }) => ({ title, state, comments: comments.length })),
  };
}
