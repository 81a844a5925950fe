import { format, inspect } from "node:util";
import fc from "fast-check";
import { pino } from "pino";
import { expect, it } from "vitest";
import { Secret } from "../../../src/server/config/secret.ts";

it("a secret is printed by nothing, and revealed only when asked", () => {
  fc.assert(
    fc.property(fc.uuid(), (value) => {
      const secret = new Secret(value);
      const nested = { deep: [{ secret }], map: new Map([["secret", secret]]) };
      const logged: string[] = [];
      const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
      log.info({ secret, nested }, String(secret));
      const outputs = [
        `${secret}`,
        String(secret),
        `${secret}`.concat(secret.toString()),
        JSON.stringify(nested),
        inspect(nested, { depth: null, showHidden: true }),
        format("%s %o %O %j", secret, secret, secret, secret),
        JSON.stringify({ ...secret }),
        JSON.stringify(structuredClone(Object.entries(secret))),
        ...logged,
      ];
      expect(outputs.join("\n")).not.toContain(value);
      expect(secret.reveal()).toBe(value);
    }),
  );
});
