/**
 * The gate can't know which action a diff comes from, and guesses it by the roles of the fields. So each action of the catalogue makes
 * its plans in real repositories, the plans become heads, and no policy whatsoever lets the gate go further with them than it lets the
 * action itself.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Candidate } from "../../../src/actions/candidate.ts";
import { actionNames } from "../../../src/actions/catalogue.ts";
import { parseCommand } from "../../../src/actions/commands/parse-command.ts";
import { changeOperands } from "../../../src/authority/change-operands.ts";
import { type AuthorityState, type DecideInput, decide } from "../../../src/authority/decide.ts";
import { defaultLimits } from "../../../src/authority/defaults.ts";
import type { DiffClassification } from "../../../src/authority/diff/diff-change.ts";
import { judgeDiff } from "../../../src/authority/diff/judge-diff.ts";
import { type GatedFile, gate } from "../../../src/authority/gate.ts";
import { grantForAll } from "../../../src/authority/grant-for-all.ts";
import { targetsOf } from "../../../src/authority/limit-operands.ts";
import { matches } from "../../../src/authority/matches.ts";
import { matchingGrant } from "../../../src/authority/matching-grant.ts";
import { minimumTier } from "../../../src/authority/minimum-tier.ts";
import { modeTier } from "../../../src/authority/policy-operands.ts";
import { type OperandName, type Tier, tiers } from "../../../src/authority/verdict.ts";
import { gateRevisions } from "../../../src/remediation/gate-revisions.ts";
import { planFromCommand } from "../../../src/remediation/plan-from-command.ts";
import type { Target } from "../../../src/target.ts";
import { deployment } from "../../gitops/catalogue/catalogue-of.ts";
import { grant, incident, policy } from "../decision.ts";
import { type GateWorld, gateWorld } from "./gate-world.ts";

const directory = "apps/checkout/production";
const plain = deployment("checkout", "r.io/checkout:v1");
const environment = (name: string, value: string) =>
  `${plain}          env:\n            - {name: ${name}, value: "${value}"}\n`;
const hpa =
  "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: checkout}\nspec:\n" +
  "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: checkout}\n  minReplicas: 2\n  maxReplicas: 5\n";
const featureFlag =
  "apiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlag\nmetadata: {name: checkout-flags}\nspec:\n  flagSpec:\n    flags:\n" +
  '      new-cart:\n        state: "ENABLED"\n        variants: {"on": true, "off": false}\n        defaultVariant: "on"\n';
const route =
  "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: checkout}\nspec:\n  rules:\n    - backendRefs:\n" +
  "        - {name: checkout-stable, port: 80, weight: 80}\n        - {name: checkout-canary, port: 80, weight: 20}\n";
const cron = (rest: string) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: checkout}\nspec:\n  schedule: "0 * * * *"\n${rest}  jobTemplate:\n    spec: {}\n`;
const rollout = plain.replace("apps/v1", "argoproj.io/v1alpha1").replace("kind: Deployment", "kind: Rollout");

type Files = Readonly<Record<string, string>>;
const only = (text: string, name = "checkout.yaml"): Files => ({ [`${directory}/${name}`]: text });

/** What a person asks for, the repository as it stands, and how it stood before. */
const examples: readonly (readonly [string, Files, Files?])[] = [
  ["rollback checkout to v1", only(plain.replace(":v1", ":v2")), only(plain)],
  ["rollback checkout to FIRST", only(environment("MODE", "fast")), only(environment("MODE", "safe"))],
  ["rollback checkout to FIRST", only(plain.replace("replicas: 2", "replicas: 7")), only(plain)],
  ["scale checkout 4", only(plain)],
  ["scale checkout 4", only(plain.replace("  replicas: 2\n", ""))],
  ["scale checkout 4", { ...only(plain), ...only(hpa, "hpa.yaml") }],
  ["resize checkout memory 1.5x", only(`${plain}          resources:\n            limits: {memory: 512Mi}\n`)],
  ["flag NEW_CART off --service checkout", only(environment("NEW_CART", "true"))],
  ["flag NEW_CART off --service checkout", only(environment("NEW_CART", "1"))],
  ["flag new-cart off --service checkout", { ...only(plain), ...only(featureFlag, "flags.yaml") }],
  ["shift checkout checkout-canary 0", { ...only(plain), ...only(route, "route.yaml") }],
  ["restart checkout", only(plain)],
  ["restart checkout", only(environment("RESTART_ME", "003"))],
  ["restart checkout", only(rollout)],
  ["suspend checkout", only(cron("  suspend: false\n"))],
  ["suspend checkout", only(cron(""))],
];

/** After the commits of a gate world. */
const anHourLater = 1_700_003_600_000;

interface Planned {
  readonly line: string;
  /** What `decide` was asked about the plan. */
  readonly asked: DecideInput;
  readonly classification: DiffClassification;
  /** What git says of the head with the plan's files. */
  readonly changed: readonly GatedFile[];
}

let plans: readonly Planned[];
beforeAll(async () => {
  plans = await Promise.all(examples.map(planOf));
}, 120_000);

async function planOf([line, files, before = files]: (typeof examples)[number]): Promise<Planned> {
  const world = await gateWorld(before);
  try {
    const revision = world.commit(files);
    const asked = await askedBy(world, revision, line.replace("FIRST", world.base.slice(0, 12)));
    const head = world.commit(
      Object.fromEntries(asked.candidate.files.map(({ path, after }) => [path, after])),
      revision,
    );
    const { classification } = await gateRevisions(world.reader, revision, head);
    const changed = asked.candidate.files.map((file) => ({ ...file, modeBefore: "100644", modeAfter: "100644" }));
    return { line, asked, classification, changed };
  } finally {
    await world.close();
  }
}

async function askedBy({ reader }: GateWorld, revision: string, line: string): Promise<DecideInput> {
  const parsed = parseCommand(line);
  if (parsed.outcome === "mistake") throw new Error(parsed.mistake.message);
  let asked: DecideInput | undefined;
  const watched = (input: DecideInput) => {
    asked = input;
    return decide(input);
  };
  const { reasons } = await planFromCommand({
    reader,
    revision,
    command: parsed.command,
    now: anHourLater,
    decide: watched,
  });
  if (asked === undefined) throw new Error(`${line}: ${reasons.map(({ message }) => message).join("; ")}`);
  return asked;
}

test("every action of the catalogue has its plans here", () => {
  expect([...new Set(plans.map(({ asked }) => asked.candidate.action))].toSorted()).toEqual(actionNames.toSorted());
});

const names = (...known: readonly string[]) => fc.oneof(fc.constant(["*"]), fc.subarray([...known], { minLength: 1 }));
/** One that holds for every plan, and one that holds for none. */
const condition = fc
  .constantFrom("change.files >= 1", "change.files > 100")
  .map((expression) => ({ expression, message: "why" }));
const anyGrant = fc
  .record({
    tier: fc.constantFrom(...tiers),
    mode: fc.constantFrom("enforce" as const, "warn" as const, "audit" as const),
    environments: names("production", "staging"),
    services: names("checkout", "cart"),
    actions: names(...actionNames),
    when: fc.array(condition, { maxLength: 1 }),
    replicas: fc.constantFrom(10, 300),
    resources: fc.constantFrom(10, 300),
    lines: fc.constantFrom(1, 20),
    rendering: fc.constantFrom("optional" as const, "required" as const),
  })
  .map(({ tier, mode, when, replicas, resources, lines, rendering, ...match }) => {
    const limits = { ...defaultLimits, replicas, resources, lines, rendering };
    return grant({ tier, mode, when, limits, match: { ...match, namespaces: ["*"] } });
  });
const anyPolicy = fc
  .array(anyGrant, { maxLength: 5 })
  .map((grants) => policy(grants.map((each, at) => ({ ...each, name: `grant-${at}` }))));
const anyPlan = fc.nat({ max: examples.length - 1 }).map((at): Planned => plans[at] ?? unreachable());

const rank = (tier: Tier) => tiers.indexOf(tier);

/** What the policy lets an action do on its target where every condition holds that can: written without the code that decides. */
function mostGranted(authority: AuthorityState, { candidate }: DecideInput): Tier {
  const grants = authority.kind === "present" ? authority.authority.grants : [];
  const mostFor = (target: Target) => {
    const granted = grants.filter(({ match }) => matches(match, candidate.action, target));
    const reach = granted.map(({ tier, mode }) => minimumTier([tier, modeTier[mode]]));
    return tiers.findLast((tier) => reach.includes(tier)) ?? "suggest";
  };
  return minimumTier(targetsOf(candidate).map(mostFor));
}

/** What the limits ask of a change, as far as a diff tells it. */
const asksTheGate: ReadonlySet<OperandName> = new Set(["path", "size", "step", "render"]);

const presentIn = (authority: AuthorityState) => (authority.kind === "present" ? authority.authority : undefined);

/** The same by the code that decides, for these conditions. */
function granted(authority: AuthorityState, { candidate }: DecideInput, holds: boolean): Tier {
  if (authority.kind !== "present") return "suggest";
  const { authority: present } = authority;
  return minimumTier(
    targetsOf(candidate).flatMap((target) => {
      const found = matchingGrant(present, candidate.action, target, () => holds);
      return found === undefined ? ["suggest"] : [found.tier, modeTier[found.mode]];
    }),
  );
}

describe("for any policy whatsoever", () => {
  test("the gate goes no further with a plan than the policy lets the action go that made it", () => {
    const seen = new Set<Tier>();
    fc.assert(
      fc.property(anyPlan, anyPolicy, ({ asked, classification }, authority) => {
        const { tier } = judgeDiff({ classification, authority, doubts: [] });
        seen.add(tier);
        expect(rank(tier)).toBeLessThanOrEqual(rank(mostGranted(authority, asked)));
        const { terms } = grantForAll(
          presentIn(authority),
          asked.candidate.action,
          targetsOf(asked.candidate),
          () => false,
        );
        for (const operand of changeOperands(asked.candidate, terms.limits).filter(({ name }) => asksTheGate.has(name)))
          expect(rank(tier)).toBeLessThanOrEqual(rank(operand.tier));
        for (const holds of [true, false])
          expect(rank(tier)).toBeLessThanOrEqual(rank(granted(authority, asked, holds)));
      }),
      { numRuns: 5_000 },
    );
    // A gate that never lets anything pass would hold, too.
    expect([...seen].toSorted()).toEqual([...tiers].toSorted());
  });

  test("the check on Remit's own pull request passes for exactly its plan, and only where its action is granted as much", () => {
    const anyFile = fc.record({
      path: fc.constantFrom(`${directory}/checkout.yaml`, "README.md", ".github/remit/authority.yaml"),
      before: fc.constantFrom(plain, undefined),
      after: fc.constantFrom("x: 1\n", undefined),
      modeBefore: fc.constantFrom("100644", "000000"),
      modeAfter: fc.constantFrom("100644", "100755", "120000", "000000"),
    });
    const strangers = fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(anyFile, { minLength: 1, maxLength: 2 }),
    );
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyPlan, anyPolicy, strangers, fc.boolean(), ({ asked, changed }, authority, added, whole) => {
        const verdict = decide({ ...asked, authority, incident: incident(asked.now), now: asked.now });
        const diff = [...(whole ? changed : changed.slice(1)), ...added];
        const { conclusion } = gate({
          changed: diff,
          candidate: asked.candidate as Candidate,
          verdict,
          tierAtPlan: "merge",
        });
        seen.add(conclusion);
        if (conclusion !== "success") return;
        expect([whole, added]).toEqual([true, []]);
        expect(rank(verdict.tier)).toBeLessThanOrEqual(rank(mostGranted(authority, asked)));
        expect(rank(mostGranted(authority, asked))).toBeGreaterThanOrEqual(rank("propose"));
      }),
      { numRuns: 5_000 },
    );
    expect(seen).toContain("success");
    expect(seen).toContain("failure");
  });
});

function unreachable(): never {
  throw new Error("there is a plan for each example");
}
