/** The clock of the machines that Remit runs on: off by seconds, minutes or hours, and right again. */
import type { Simulation } from "./simulation.ts";

const second = 1000;
const minute = 60 * second;

export function jumpClock(simulation: Simulation): void {
  const { faults, random } = simulation;
  const jump = faults.strikes("clock: jumps forward") ? 1 : faults.strikes("clock: jumps back") ? -1 : 0;
  if (jump === 0) return;
  if (simulation.skewMs !== 0) simulation.skewMs = 0;
  else {
    const [most, unit] = random.pick([
      [55, second],
      [10, minute],
      [5 * 60, minute],
    ] as const);
    simulation.skewMs = jump * random.between(1, most) * unit;
  }
  simulation.say("machine", `its clock is ${simulation.skewMs / second} s off`);
}
