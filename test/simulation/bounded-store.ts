/** The store as a process sees it: each write is a place to crash before and after, and may fail. */
import { RemitError } from "../../src/errors.ts";
import type { Store } from "../../src/store/store.ts";
import { overlay } from "./overlay.ts";
import type { RemitProcess } from "./remit-process.ts";

const writes = new Set(["accept", "take", "done", "fail", "add", "save", "record"]);

export function boundedStore(process: RemitProcess, store: Store): Store {
  const { simulation } = process;
  // A key whose lease ran out would come back to the process that still works on it, and wait for itself.
  const untaken: typeof store.queue.take = async (now, lease) =>
    process.holdsExpired ? undefined : store.queue.take(now, lease);
  const queue = bounded(process, overlay(store.queue, { take: untaken }));
  const incidents = bounded(process, store.incidents);
  return {
    inbox: bounded(process, store.inbox),
    queue: overlay(queue, {
      async take(now, lease) {
        const item = await queue.take(now, lease);
        if (item !== undefined) process.leases.set(item.key, now + lease);
        return item;
      },
      done(item, next) {
        process.leases.delete(item.key);
        return queue.done(item, next);
      },
      fail(item, error, retryAt) {
        process.leases.delete(item.key);
        return queue.fail(item, error, retryAt);
      },
    }),
    incidents: overlay(incidents, {
      async save(record) {
        const saved = await incidents.save(record);
        if (saved) simulation.saved(process, record);
        return saved;
      },
    }),
    syncs: bounded(process, store.syncs),
    settings: store.settings,
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
