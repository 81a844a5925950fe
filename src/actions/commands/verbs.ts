/** The words that a command may begin with, one reader each. A new one is an entry here. */
import type { Ask } from "./command.ts";

export interface Verb {
  /** The form of the line, for people. */
  readonly usage: string;
  /** Beside `--environment` and `--namespace`, which every command takes. */
  readonly options: readonly ("component" | "service" | "for")[];
  /** `words`: what follows the verb, options left out. */
  readonly read: (words: readonly string[], component: string | undefined) => Reading;
}

type Reading = { readonly service: string | undefined; readonly ask: Ask } | { readonly message: string };

export const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    "rollback",
    {
      usage: "/remit rollback SERVICE [to VERSION|COMMIT]",
      options: ["for"],
      read(words) {
        const [service, to, value] = words;
        if (words.length === 1) return { service, ask: { action: "rollback", to: undefined } };
        return words.length === 3 && to === "to"
          ? { service, ask: { action: "rollback", to: value } }
          : { message: "rollback wants a service, and perhaps what to go back to" };
      },
    },
  ],
  [
    "scale",
    {
      usage: "/remit scale SERVICE REPLICAS [--component NAME] [--for 2h]",
      options: ["component", "for"],
      read(words, component) {
        const [service, count = ""] = words;
        if (words.length !== 2) return { message: "scale wants a service and a number of replicas" };
        const replicas = /^\d{1,4}$/.test(count) ? Number(count) : undefined;
        return replicas === undefined
          ? { message: `${JSON.stringify(count)} is no number of replicas from 0 to 9999` }
          : { service, ask: { action: "scale", replicas, component } };
      },
    },
  ],
  [
    "flag",
    {
      usage: "/remit flag NAME off|on|previous|VARIANT [--service SERVICE] [--for 2h]",
      options: ["service", "for"],
      read(words) {
        const [flag = "", state = ""] = words;
        return words.length === 2
          ? { service: undefined, ask: { action: "flag", flag, state } }
          : { message: "flag wants the name of a flag and what it is to be" };
      },
    },
  ],
  [
    "restart",
    {
      usage: "/remit restart SERVICE [--component NAME]",
      options: ["component"],
      read: (words, component) => alone(words, "restart", { action: "restart", component }),
    },
  ],
  [
    "resize",
    {
      usage: "/remit resize SERVICE memory|cpu 512Mi|1.5x [--component NAME] [--for 2h]",
      options: ["component", "for"],
      read(words, component) {
        const [service, resource, text = ""] = words;
        if (words.length !== 3 || (resource !== "memory" && resource !== "cpu"))
          return { message: "resize wants a service, memory or cpu, and how much" };
        const amount = readAmount(text);
        return amount === undefined
          ? { message: `${JSON.stringify(text)} is neither a quantity, such as 512Mi, nor a factor from 1.1x to 10x` }
          : { service, ask: { action: "resize", resource, amount, component } };
      },
    },
  ],
  [
    "suspend",
    {
      usage: "/remit suspend SERVICE [--component NAME] [--for 2h]",
      options: ["component", "for"],
      read: (words, component) => alone(words, "suspend", { action: "suspend", suspended: true, component }),
    },
  ],
  [
    "resume",
    {
      usage: "/remit resume SERVICE [--component NAME]",
      options: ["component"],
      read: (words, component) => alone(words, "resume", { action: "suspend", suspended: false, component }),
    },
  ],
  [
    "shift",
    {
      usage: "/remit shift SERVICE BACKEND PERCENT [--for 2h]",
      options: ["for"],
      read(words) {
        const [service, backend = "", share = ""] = words;
        if (words.length !== 3)
          return { message: "shift wants a service, a backend of it, and its share of the traffic" };
        const percent = /^(?:\d{1,2}|100)%?$/.test(share) ? Number.parseInt(share, 10) : undefined;
        return percent === undefined
          ? { message: `${JSON.stringify(share)} is no share from 0 to 100 percent` }
          : { service, ask: { action: "shift", backend, percent } };
      },
    },
  ],
  [
    "undo",
    {
      usage: "/remit undo COMMIT",
      options: [],
      read(words) {
        const [commit = ""] = words;
        return words.length === 1 && /^[0-9a-f]{7,64}$/.test(commit)
          ? { service: undefined, ask: { action: "undo", commit } }
          : { message: "undo wants a commit, by 7 to 64 hex digits" };
      },
    },
  ],
]);

function alone(words: readonly string[], verb: string, ask: Ask): Reading {
  const [service] = words;
  return words.length === 1 ? { service, ask } : { message: `${verb} wants a service, and nothing else` };
}

/** `1.5x`, `50%` more, or a quantity as Kubernetes writes it. */
function readAmount(text: string): { readonly quantity: string } | { readonly factor: number } | undefined {
  const [, times] = /^(\d{1,2}(?:\.\d{1,2})?)x$/.exec(text) ?? [];
  if (times !== undefined) return factor(Number(times));
  const [, percent] = /^\+(\d{1,3})%$/.exec(text) ?? [];
  if (percent !== undefined) return factor(1 + Number(percent) / 100);
  return /^(?:0\.\d{1,3}|[1-9]\d{0,8}(?:\.\d{1,3})?)(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.test(text)
    ? { quantity: text }
    : undefined;
}

function factor(value: number): { readonly factor: number } | undefined {
  return value >= 1.1 && value <= 10 ? { factor: value } : undefined;
}
