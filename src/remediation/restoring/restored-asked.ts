/** What people asked for in comments, as far as it still counts, by the records of it. Pure. */
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import type { Asked } from "../comments/asked.ts";
import { recordedCommand } from "../re-execution/recorded-command.ts";

/** undefined: nothing was asked for. */
export function restoredAsked(records: readonly LedgerRecord[]): Asked | undefined {
  const asked = records.reduce(after, {});
  return Object.keys(asked).length === 0 ? undefined : asked;
}

function after(asked: Asked, { kind, time, actor, decision, result }: LedgerRecord): Asked {
  if (decision?.by === "command") return { ...asked, ...requested(decision.inputs) };
  if (kind !== "commanded" || actor.login === undefined) return asked;
  const ask = { by: actor.login, at: Date.parse(time) };
  switch (result?.command) {
    case "hold":
    case "snooze":
      return { ...asked, held: { ...ask, until: result.until === undefined ? undefined : Date.parse(result.until) } };
    case "resume": {
      const { held: _, ...rest } = asked;
      return rest;
    }
    case "approve": {
      const others = (asked.approvals ?? []).filter(({ by }) => by !== ask.by);
      return result.head === undefined ? asked : { ...asked, approvals: [...others, { ...ask, head: result.head }] };
    }
    case "reject":
      return { ...asked, rejected: ask };
    case "undo":
      return { ...asked, undo: ask };
    case "escalate":
      return { ...asked, escalate: ask };
    default:
      return asked;
  }
}

function requested({ command, asked }: NonNullable<LedgerRecord["decision"]>["inputs"]): Pick<Asked, "request"> {
  const read = recordedCommand(command);
  return read === undefined || asked === undefined ? {} : { request: { ...asked, command: read } };
}
