/** A line that says how far a long reading is. Nothing where nobody watches. */
import type { Output } from "../command.ts";

export interface Progress {
  step(done: number, all: number): void;
  end(): void;
}

/** Few enough not to slow anything down. */
const steps = 50;

export function progress(output: Output, what: string): Progress {
  if (output.isTTY !== true) return { step() {}, end() {} };
  return {
    step(done, all) {
      if (done === all || done % Math.max(1, Math.floor(all / steps)) === 0) output.write(`\r${what} ${done}/${all} `);
    },
    end() {
      output.write("\r\u001b[K");
    },
  };
}
