/** A bar on stderr for long work, drawn over itself. Nothing where stderr isn't a terminal. */
import type { Output } from "./command.ts";

export interface ProgressBar {
  show(done: number, of: number): void;
  /** Leaves an empty line behind. */
  clear(): void;
}

const width = 30;

export function progressBar(output: Output): ProgressBar {
  if (output.isTTY !== true) return { show() {}, clear() {} };
  return {
    show(done, of) {
      const filled = of === 0 ? 0 : Math.round((width * done) / of);
      output.write(`\r[${"#".repeat(filled)}${"-".repeat(width - filled)}] ${done}/${of} `);
    },
    clear() {
      output.write("\r\u001b[K");
    },
  };
}
