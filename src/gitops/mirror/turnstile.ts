/** Lets one task through at a time, in the order of asking. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Everybody who asks before the task has begun shares one run; whoever asks later gets a new one. */
  shared(task: () => Promise<void>): () => Promise<void> {
    let waiting: Promise<void> | undefined;
    return () => {
      waiting ??= this.take(() => {
        waiting = undefined;
        return task();
      });
      return waiting;
    };
  }
}
