/** What a person asked for, as the ledger keeps it. What isn't there is undefined again. */
import { z } from "zod";
import type { Ask, Command } from "../../actions/commands/command.ts";

/** undefined where the record holds none that can be read. */
export function recordedCommand(value: unknown): Command | undefined {
  const parsed = command.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

const name = z.string().optional();
const withComponent = <T extends { component?: string | undefined }>({ component, ...rest }: T) => ({
  ...rest,
  component,
});

const ask = z.union([
  z.object({ action: z.literal("rollback"), to: name }).transform(({ action, to }) => ({ action, to })),
  z.object({ action: z.literal("scale"), replicas: z.number(), component: name }).transform(withComponent),
  z.object({ action: z.literal("flag"), flag: z.string(), state: z.string() }),
  z.object({ action: z.literal("restart"), component: name }).transform(withComponent),
  z
    .object({
      action: z.literal("resize"),
      resource: z.enum(["cpu", "memory"]),
      amount: z.union([z.object({ quantity: z.string() }), z.object({ factor: z.number() })]),
      component: name,
    })
    .transform(withComponent),
  z.object({ action: z.literal("suspend"), suspended: z.boolean(), component: name }).transform(withComponent),
  z.object({ action: z.literal("shift"), backend: z.string(), percent: z.number() }),
  z.object({ action: z.literal("undo"), commit: z.string() }),
]) satisfies z.ZodType<Ask>;

const command = z
  .object({ service: name, environment: name, namespace: name, leaseMs: z.number().optional(), ask })
  .transform(({ service, environment, namespace, leaseMs, ...rest }) => ({
    service,
    environment,
    namespace,
    leaseMs,
    ask: rest.ask,
  })) satisfies z.ZodType<Command>;
