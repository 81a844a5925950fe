/** Every shape that a well-formed authority file may have, as plain data. */
import fc from "fast-check";

export const name = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/);
const exact = fc.oneof(
  fc.constantFrom("checkout", "cart", "production", "prd-rh02"),
  fc.stringMatching(/^[A-Za-z0-9._/-]{1,12}$/),
);
const names = fc.uniqueArray(exact, { minLength: 1, maxLength: 3 });
const selector = fc.oneof(fc.constant(["*"]), names);
export const duration = fc.oneof(
  fc.integer({ min: 1, max: 7 }).map((count) => `${count}d`),
  fc.integer({ min: 1, max: 168 }).map((count) => `${count}h`),
  fc.integer({ min: 1, max: 9999 }).map((count) => `${count}m`),
  fc.integer({ min: 1, max: 99_999 }).map((count) => `${count}s`),
);
const optional = { requiredKeys: [] };

const selectors = {
  environments: selector,
  services: selector,
  namespaces: selector,
  actions: fc.constantFrom(["*"], ["rollback"]),
};
const rate = fc.tuple(fc.integer({ min: 1, max: 999 }), duration).map(([count, window]) => `${count}/${window}`);
const rates = fc.oneof(rate, fc.array(rate, { minLength: 1, maxLength: 3 }));
const expression = fc.constantFrom(
  "incident.firingFor >= 120 && evidence.sources >= 2",
  "target.service.startsWith('check')",
  "time.now.getHours('Europe/Amsterdam') < 16",
  "has(incident.correlatedServices) && incident.correlatedServices < 3",
);
export const conditions = fc.array(
  fc.oneof(
    expression,
    fc.record({ expression, message: fc.constant("two signals") }, { requiredKeys: ["expression"] }),
  ),
  { minLength: 1, maxLength: 2 },
);

const match = fc.record(selectors, optional).filter((selectors) => Object.keys(selectors).length > 0);

const limits = fc.record(
  {
    cooldown: fc.oneof(duration, fc.constant("0s")),
    perTarget: rates,
    perService: rates,
    perRepository: rates,
    perInstallation: rates,
    attempts: fc.integer({ min: 1, max: 2 }),
    targets: fc.integer({ min: 1, max: 10 }),
    replicas: fc.constantFrom("1%", "50%", "900%"),
    resources: fc.constantFrom("10%", "100%", "899%"),
    rendering: fc.constantFrom("required", "optional"),
    files: fc.integer({ min: 1, max: 100 }),
    lines: fc.integer({ min: 1, max: 1000 }),
  },
  optional,
);

const requires = fc.record(
  {
    approvals: fc.integer({ min: 1, max: 10 }),
    permission: fc.constantFrom("write", "maintain", "admin"),
    maxAge: fc.constantFrom("1m", "60s", "30m", "7d"),
  },
  optional,
);

const grant = fc.record(
  {
    name,
    match,
    tier: fc.constantFrom("observe", "suggest", "propose", "delay", "merge"),
    vetoWindow: duration,
    mode: fc.constantFrom("audit", "warn", "enforce"),
    limits,
    requires,
    when: conditions,
  },
  { requiredKeys: ["name", "match", "tier"] },
);

const barrier = fc
  .record(
    {
      services: names,
      values: fc.array(fc.constantFrom("v1.4.1", "1.10"), { minLength: 1, maxLength: 2 }),
      commits: fc.array(fc.stringMatching(/^[0-9a-f]{12,40}$/), { minLength: 1, maxLength: 2 }),
      reason: fc.constantFrom("fixes a vulnerability", "x"),
    },
    { requiredKeys: ["reason"] },
  )
  .filter((bars) => bars.values !== undefined || bars.commits !== undefined);

const freeze = fc.record(
  {
    kind: fc.constantFrom("deny", "allow"),
    schedule: fc.constantFrom("0 16 * * 5", "*/15 0-6 1,15 * MON-FRI", "30 2 * 12 *"),
    duration,
    timeZone: fc.constantFrom("Europe/Amsterdam", "UTC", "America/New_York"),
    ...selectors,
    reason: fc.constant("Black Friday"),
  },
  { requiredKeys: ["kind", "schedule", "duration"] },
);

export const anyAuthority = fc.record({
  apiVersion: fc.constant("remit.dev/v1alpha1"),
  kind: fc.constant("Authority"),
  metadata: fc.record({ name }),
  spec: fc.record(
    {
      version: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constant(Number.MAX_SAFE_INTEGER)),
      grants: fc.array(grant, { maxLength: 4 }),
      barriers: fc.array(barrier, { maxLength: 2 }),
      gate: fc.constantFrom("informative", "required"),
      freeze: fc.array(freeze, { maxLength: 2 }),
    },
    { requiredKeys: ["version", "grants"] },
  ),
});
