/**
 * While a simulation runs, whoever asks the machine for time, timers or chance is answered by the simulation, libraries
 * included; and whoever reaches for the network, a process or a file is told that there is none.
 */
import childProcess from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { Random } from "./random.ts";
import type { SimulatedTime } from "./simulated-time.ts";

interface Interval {
  timer: number;
  unref(): Interval;
}

/** Answers how to undo it. */
export function virtualGlobals(time: SimulatedTime, seed: number): () => void {
  const random = new Random(`globals ${seed}`);
  const restore: (() => void)[] = [];
  const set = (target: object, name: string, value: unknown) => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, writable: true, value });
    restore.push(() => {
      if (before === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, before);
    });
  };
  set(globalThis, "Date", virtualDate(time));
  set(Math, "random", () => random.next());
  // Whoever sleeps in the simulated code is the only one at work: the world's time passes for them.
  const realImmediate = setImmediate;
  set(globalThis, "setTimeout", (run: () => void, ms = 0) => {
    const timer = time.setTimer(ms, run);
    realImmediate(() => {
      if (time.isSet(timer)) time.advance(ms);
    });
    return timer;
  });
  // What is put off to the next turn is done in this one: there is nobody whose turn it could be instead.
  set(globalThis, "setImmediate", (run: () => void) => queueMicrotask(run));
  set(globalThis, "clearTimeout", (id: number) => time.clearTimer(id));
  set(globalThis, "setInterval", (run: () => void, ms: number) => {
    const interval: Interval = { timer: 0, unref: () => interval };
    const again = () => {
      interval.timer = time.setTimer(ms, again);
      run();
    };
    interval.timer = time.setTimer(ms, again);
    return interval;
  });
  set(globalThis, "clearInterval", (interval: Interval) => time.clearTimer(interval.timer));
  set(globalThis, "fetch", forbidden("the network"));
  set(performance, "now", () => time.now());
  set(AbortSignal, "timeout", (ms: number) => timeoutSignal(time, ms));
  set(crypto, "randomUUID", () => hex(random, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"));
  set(crypto, "randomBytes", (length: number) => Buffer.from(hex(random, length * 2), "hex"));
  for (const name of ["spawn", "spawnSync", "execFile", "execFileSync", "fork"]) {
    set(childProcess, name, forbidden(`a process (${name})`));
  }
  for (const name of ["connect", "createConnection", "createServer"]) set(net, name, forbidden(`a socket (${name})`));
  for (const name of ["readFileSync", "writeFileSync", "mkdirSync", "openSync"]) {
    set(fs, name, forbidden(`a file (${name})`));
  }
  syncBuiltinESMExports();
  return () => {
    for (const undo of restore.reverse()) undo();
    syncBuiltinESMExports();
  };
}

function virtualDate(time: SimulatedTime): DateConstructor {
  const Real = Date;
  return new Proxy(Real, {
    construct: (target, args) => Reflect.construct(target, args.length === 0 ? [time.now()] : args),
    apply: () => new Real(time.now()).toString(),
    get: (target, name) => (name === "now" ? () => time.now() : Reflect.get(target, name)),
  });
}

function timeoutSignal(time: SimulatedTime, ms: number): AbortSignal {
  const controller = new AbortController();
  time.setTimer(ms, () => controller.abort(new DOMException("The operation timed out.", "TimeoutError")));
  return controller.signal;
}

function forbidden(what: string): () => never {
  return () => {
    throw new Error(`the simulated code reached for ${what}`);
  };
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.between(0, 15).toString(16)).join("");
}
