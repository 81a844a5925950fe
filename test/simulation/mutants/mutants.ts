/**
 * Bugs that are planted around Remit's real parts, one at a time, each with the promise that it breaks. The simulator is
 * worth something as far as it finds them.
 */
import { authority } from "./authority.ts";
import { ending } from "./ending.ts";
import { failing } from "./failing.ts";
import { handingOver } from "./handing-over.ts";
import { judging } from "./judging.ts";
import { leases } from "./leases.ts";
import type { Mutant } from "./mutant.ts";
import { watching } from "./watching.ts";
import { writing } from "./writing.ts";

export const mutants: readonly Mutant[] = [
  ...writing,
  ...judging,
  ...authority,
  ...ending,
  ...failing,
  ...leases,
  ...handingOver,
  ...watching,
];
