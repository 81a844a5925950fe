/** What a process that died waits for. */
export function never<T>(): Promise<T> {
  return new Promise(() => {});
}
