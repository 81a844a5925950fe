/** `npm run simulate -- --seeds 1000 [--from N] [--seed N --trace]` */
import { runScenario, sharedParts } from "./run-seed.ts";
import { scenarioOf } from "./scenario.ts";

const [first] = process.argv.slice(2);
const shared = await sharedParts();
const began = performance.now();
if (first !== undefined && first !== "--seeds") {
  const o = await runScenario(scenarioOf(Number(first)), shared);
  console.log(o.lines.join("\n"), o.failure, o.outcomes, o.struck.length, o.fingerprint);
} else {
  const count = Number(process.argv[3] ?? 20);
  const from = Number(process.argv[4] ?? 1);
  for (let seed = from; seed < from + count; seed++) {
    const t = process.cpuUsage().user / 1000;
    const o = await runScenario(scenarioOf(seed), shared);
    console.log(
      seed,
      Math.round(process.cpuUsage().user / 1000 - t),
      o.lines.length,
      o.outcomes.join(","),
      o.failure ? `${o.failure.invariant}: ${o.failure.what.slice(0, 200)}` : "",
    );
  }
  console.log((process.cpuUsage().user / 1000 / count).toFixed(1), "ms/seed");
}
