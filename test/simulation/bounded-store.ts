/** The store as a process sees it: each write is a place to crash before and after, and may fail. */
import { RemitError } from "../../src/errors.ts";
import type { Store } from "../../src/store/store.ts";
import { never } from "./never.ts";
import { overlay } from "./overlay.ts";
import type { RemitProcess } from "./remit-process.ts";

const writes = new Set(["accept", "take", "done", "fail", "add", "save", "record", "remove"]);

export function boundedStore(process: RemitProcess, store: Store): Store {
  const { simulation } = process;
  // A lease is renewed by a timer: with the process it falls silent.
  const alive =
    <A extends unknown[], T>(renew: (...args: A) => Promise<T>) =>
    (...args: A) =>
      process.dead ? never<T>() : renew(...args);
  // A key whose lease ran out comes back, perhaps to the process that still works on it, where it would wait for itself.
  const take: typeof store.queue.take = async (now, lease) => {
    const item = await store.queue.take(now, lease);
    if (item === undefined) return undefined;
    if (!process.atWork.includes(item.key)) {
      process.atWork.push(item.key);
      return item;
    }
    await store.queue.done(item, now + 1000);
    return undefined;
  };
  // What is in the store counts, though the process may die before it hears of it.
  const saving = overlay(store.incidents, {
    async save(record, guard) {
      const saved = await store.incidents.save(record, guard);
      if (saved) simulation.saved(process, record);
      return saved;
    },
  });
  return {
    description: store.description,
    prune: (before, limit) => store.prune(before, limit),
    inbox: bounded(process, overlay(store.inbox, { renew: alive(store.inbox.renew.bind(store.inbox)) })),
    queue: bounded(process, overlay(store.queue, { take, renew: alive(store.queue.renew.bind(store.queue)) })),
    incidents: bounded(process, saving),
    syncs: bounded(process, store.syncs),
    shadows: bounded(process, store.shadows),
    outbox: bounded(process, store.outbox),
    settings: store.settings,
    lanes: store.lanes,
    close: async () => {},
  };
}

function bounded<T extends object>(process: RemitProcess, part: T): T {
  const { simulation } = process;
  return new Proxy(part, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      const method = value.bind(target);
      if (typeof name !== "string" || !writes.has(name)) return method;
      return (...args: unknown[]) =>
        simulation.boundary(process, "a store write", async () => {
          if (simulation.faults.strikes("store: fails"))
            throw new RemitError("store-failed", "simulated: disk I/O error");
          return method(...args);
        });
    },
  });
}
