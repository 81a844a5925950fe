/** Runs a task again and again with a pause in between, one run at a time, until it is stopped. */

export interface Repetition {
  /** No further run starts; resolves when the current one has ended. */
  stop(): Promise<void>;
}

/** `pauseMs` counts from the end of one run to the start of the next. A run that throws is reported and doesn't end the loop. */
export function repeat(
  pauseMs: number | (() => number),
  task: () => Promise<void>,
  onError: (error: unknown) => void = () => {},
): Repetition {
  const pause = typeof pauseMs === "number" ? () => pauseMs : pauseMs;
  let stopped = false;
  let wake = () => {};
  const loop = async () => {
    while (!stopped) {
      await task().catch(onError);
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause());
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
