/** Tells the demo for people, or as lines of JSON for programs. */

import type { DemoEnd } from "../../sandbox/demo/demo-end.ts";
import { jsonLine } from "../../sandbox/demo/json-line.ts";
import type { Scenario } from "../../sandbox/demo/scenario.ts";
import type { Story, StoryEvent } from "../../sandbox/demo/story.ts";
import type { CommandContext } from "../command.ts";
import { printable } from "../printable.ts";
import { terminal } from "./terminal.ts";

export interface Teller {
  tell(event: StoryEvent): void;
  end(end: DemoEnd, story: Story): void;
  /** Everything stays up until Ctrl-C. */
  staying(end: DemoEnd): void;
}

type Face = Pick<CommandContext, "json" | "stdout" | "env">;

export function teller(face: Face, scenario: Scenario): Teller {
  return face.json ? forPrograms(face) : forPeople(face, scenario);
}

function forPrograms({ stdout }: Face): Teller {
  const tell = (event: StoryEvent) => stdout.write(`${printable(jsonLine(event))}\n`);
  return {
    tell,
    /** The last line: whoever reads only this one knows how it ended. */
    end: (end, story) => story.add(lastEvent(end)),
    staying() {},
  };
}

function lastEvent({ recovered, why, seconds, requests, repository, findings, violations }: DemoEnd) {
  const message = recovered ? "The service recovered" : `Not recovered: ${why}`;
  const data = { requests, secondsSinceAlert: seconds, repository, findings, violations };
  return { event: recovered ? "verified" : "failed", actor: "demo" as const, message, data };
}

function forPeople({ stdout, env }: Face, scenario: Scenario): Teller {
  const colours = stdout.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
  const screen = terminal({
    write: (text) => stdout.write(text),
    colours,
    width: Number(env.COLUMNS) || (stdout.isTTY === true ? process.stdout.columns : 110),
  });
  screen.title(scenario.name, scenario.summary);
  return {
    tell: screen.tell,
    end: (end) => screen.end(end),
    staying: (end) => screen.staying(end),
  };
}
