import type { Instant } from "../../clock.ts";
import { formatTime } from "../../remediation/prose/format-time.ts";
import { inlineCode } from "../../remediation/prose/untrusted.ts";
import type { CheckResult, Finding } from "../check.ts";
import type { Ledger } from "../ledger.ts";
import type { PopulationRow } from "./population.ts";

interface Told {
  readonly input: {
    readonly ledger: Pick<Ledger, "tip">;
    readonly base: string | undefined;
    readonly software: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly sample: { readonly size: number; readonly seed: string } | undefined;
  };
  readonly rows: readonly PopulationRow[];
  readonly folders: number;
  readonly results: readonly CheckResult[];
  readonly others: readonly (Finding & Pick<CheckResult, "name">)[];
}

/** Of findings that belong to no change. */
const shown = 20;

export function exportReadme({ input, rows, folders, results, others }: Told): string {
  const { ledger, base, software, from, to, sample } = input;
  const how =
    sample === undefined
      ? "each of them has a folder"
      : `${folders} of them have a folder, drawn with the seed ${inlineCode(sample.seed)}: the same seed draws the same again`;
  const more = others.length - shown;
  return [
    "# Changes by Remit",
    "",
    `Merged from ${formatTime(from)} to ${formatTime(to)} (the end is outside). Read from commit ${ledger.tip} of the ledger and ${base ?? "no"} of the base branch, by Remit ${software}.`,
    "",
    `\`population.csv\` and \`population.json\` hold all ${rows.length}; ${how}, \`changes/<id>/\`, whose README says by which git command each file can be had again.`,
    "",
    "## What was checked",
    "",
    "| check | outcome | looked at | found | left out |",
    "|---|---|---|---|---|",
    ...results.map(rowOf),
    "",
    ...(others.length === 0 ? [] : ["## Found, and of none of these changes", ""]),
    ...others.slice(0, shown).map(({ name, message, sequence, commit }) => {
      const where = [
        sequence === undefined ? "" : ` record ${sequence}`,
        commit === undefined ? "" : ` commit ${commit}`,
      ];
      return `- \`${name}\`${where.join("")}: ${inlineCode(message)}`;
    }),
    ...(more > 0 ? [`- and ${more} more: \`remit audit verify\``] : []),
    "",
  ].join("\n");
}

function rowOf({ name, outcome, checked, found, skipped }: CheckResult): string {
  const left = skipped.map(({ why, count }) => `${count}: ${why}`).join("; ");
  return `| \`${name}\` | ${outcome} | ${checked} | ${found} | ${left === "" ? "-" : left} |`;
}
