/** Prints how often proposals were right, per confidence band: `node bench/calibration.ts --result score.json`. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { result: { type: "string" } } });
if (values.result === undefined) throw new Error("--result FILE is missing");
const { results }: { results: readonly { verdict: string; confidence?: number }[] } = JSON.parse(
  readFileSync(values.result, "utf8"),
);
const proposed = results.filter(({ verdict }) => ["exact", "near", "wrong", "intervened"].includes(verdict));
for (const [from, to] of [
  [0.9, 1.01],
  [0.8, 0.9],
  [0.7, 0.8],
  [0.6, 0.7],
  [0, 0.6],
] as const) {
  const band = proposed.filter(({ confidence = 0 }) => confidence >= from && confidence < to);
  const exact = band.filter(({ verdict }) => verdict === "exact").length;
  const share = band.length === 0 ? "-" : `${((100 * exact) / band.length).toFixed(1)} %`;
  console.log(`${from.toFixed(1)} to ${Math.min(1, to).toFixed(1)}: ${exact} of ${band.length} exact (${share})`);
}
