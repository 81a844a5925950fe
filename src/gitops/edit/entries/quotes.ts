/** Which quotes a new text gets: those that its neighbours have, and some where it would be read as something else. */
import { plainType } from "../scalar-type.ts";
import { inQuotes, plainSafe } from "../spelling.ts";

/** A text that stands in the file. */
export interface Neighbour {
  readonly style: "plain" | "single" | "double" | "block";
  readonly value: string;
}

/** More neighbours than these tell nothing new. */
const maxNeighbours = 60;

/** `wider` is asked where the neighbours don't tell. */
export function spellText(
  value: string,
  flow: boolean,
  neighbours: Iterable<Neighbour>,
  wider: () => Iterable<Neighbour>,
): string {
  let habits = habitsOf(neighbours);
  const known = habits.plain + habits.chosen > 0;
  if (!known || habits.single + habits.double === 0) {
    const around = habitsOf(wider());
    if (!known) habits = { ...around, ...(habits.single + habits.double > 0 && quotesOf(habits)) };
    else habits = { ...habits, ...quotesOf(around) };
  }
  if (standsPlain(value, flow) && habits.chosen <= habits.plain) return value;
  return inQuotes(habits.single > habits.double ? "'" : '"', value);
}

interface Habits {
  /** Texts without quotes. */
  readonly plain: number;
  /** Texts with quotes that they don't need. */
  readonly chosen: number;
  /** All texts in these quotes. */
  readonly single: number;
  readonly double: number;
}

function quotesOf({ single, double }: Habits): Pick<Habits, "single" | "double"> {
  return { single, double };
}

function habitsOf(neighbours: Iterable<Neighbour>): Habits {
  const habits = { plain: 0, chosen: 0, single: 0, double: 0 };
  let seen = 0;
  for (const { style, value } of neighbours) {
    if (style === "block") continue;
    if (style !== "plain") habits[style]++;
    if (standsPlain(value, false)) habits[style === "plain" ? "plain" : "chosen"]++;
    if (++seen === maxNeighbours) break;
  }
  return habits;
}

/** Does every reader take it for text without quotes? Numbers that overflow are text for some readers only. */
function standsPlain(value: string, flow: boolean): boolean {
  return plainSafe(value, flow) && Number.isNaN(Number(value)) && plainType(value) === "string";
}
