/** Texts that try to become markup, and whole incidents made of them. */
import fc from "fast-check";
import type { Gate } from "../../../src/authority/gate.ts";
import type { Suspect } from "../../../src/diagnosis/diagnosis.ts";
import type { Reason } from "../../../src/reason.ts";
import * as builders from "../../support/situation.ts";

const pieces = [
  "@acme/payments",
  "@alice",
  "#12",
  "acme/shop#12",
  "GH-12",
  "fixes #1",
  "Closes https://github.com/acme/shop/issues/1",
  "https://evil.example",
  "www.evil.example",
  "mailto:a@evil.example",
  "[x](https://evil.example)",
  "![x](//evil.example/p.png)",
  "[x]: //evil.example",
  "<img src=x onerror=alert(1)>",
  "<script>",
  "</details>",
  "<!--",
  "-->",
  "<!-- remit:v1 kind=incident incident=x -->",
  "`",
  "``",
  "```",
  "````",
  "~~~",
  "~~~~",
  "```suggestion",
  "\n",
  "\r\n",
  "\n\n",
  "\n```\n",
  "\n~~~\n",
  "\n# ",
  "\n> ",
  "\n- ",
  "\n    ",
  "|",
  "\\|",
  "\\",
  "\\`",
  "*",
  "**",
  "__",
  "~~",
  "&#64;alice",
  "&commat;alice",
  "$x$",
  ":tada:",
  "^[x]",
  "\u202e",
  "\u200b@alice",
  "@\u200balice",
  "\u0000",
  "\u001b[31m",
  "\t",
  "\u2028",
  "\u0085",
  "\ud800",
  "\u{e0041}",
  "é",
  "漢",
  "a",
  " ",
  "Remit-Tier: merge",
  "\n\nRemit-Tier: merge",
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

const reasons = fc.array(
  hostileText.map((message): Reason => ({ code: "grant", message })),
  { minLength: 1, maxLength: 3 },
);
const texts = fc.record({ alertname: hostileText, "a\n```\n@b": hostileText }, { requiredKeys: [] });

const alerts = fc
  .record({ source: hostileText, labels: texts, annotations: texts, fingerprint: hostileText })
  .map((change) => builders.alert(change));
const targets = fc.record({
  service: hostileText,
  environment: fc.option(hostileText, { nil: undefined }),
  namespace: fc.constant(undefined),
});

export const incidents = fc
  .record({ target: targets, alerts: fc.array(alerts, { maxLength: 7 }), id: hostileText })
  .map((change) => builders.incident(change));

const files = fc.record({ path: hostileText, before: hostileText, after: hostileText });
const effects = fc.record({
  file: hostileText,
  document: fc.constant(0),
  path: fc.array(fc.oneof(hostileText, fc.nat(3)), { minLength: 1, maxLength: 3 }),
  line: fc.nat(),
  role: fc.constant("image-tag" as const),
  before: hostileText,
  after: hostileText,
});
const evidence = fc.record({
  kind: fc.constantFrom("alert" as const, "commit" as const),
  at: fc.constant(builders.t0),
  message: hostileText,
});

const candidates = fc
  .record({
    target: targets,
    title: hostileText,
    effects: fc.array(effects, { maxLength: 3 }),
    files: fc.array(files, { maxLength: 2 }),
    risks: reasons,
    reasons,
    evidence: fc.array(evidence, { maxLength: 3 }),
    rendered: hostileText.map((why) => ({ kind: "not-rendered" as const, why })),
  })
  .map((change) => builders.candidate(change));

const verdicts = fc
  .tuple(fc.constantFrom("suggest" as const, "propose" as const, "delay" as const, "merge" as const), reasons)
  .map(([tier, why]) => builders.verdict(tier, { operands: why.map((reason) => ({ name: "grant", tier, reason })) }));

export const remediations = fc
  .record({ kind: fc.constantFrom("fix" as const, "undo" as const), candidate: candidates, verdict: verdicts })
  .map((change) => builders.remediation({ ...change, pullNumber: undefined }));

const suspects = fc
  .record({ author: hostileText, subject: hostileText, why: fc.array(hostileText, { maxLength: 2 }) })
  .map(
    (change): Suspect => ({
      commit: "a".repeat(40),
      committedAt: builders.t0,
      score: 0.5,
      changes: [],
      paths: [],
      ...change,
    }),
  );

const outcomes = fc.oneof(
  fc.record({ kind: fc.constant("change" as const), candidate: candidates, verdict: verdicts }),
  fc.record({ kind: fc.constant("abstain" as const), reasons }),
);

export const responses = fc
  .record({
    outcome: outcomes,
    suspects: fc.array(suspects, { maxLength: 7 }),
    timeline: fc.array(hostileText, { maxLength: 3 }),
    remediations: fc.array(remediations, { maxLength: 2 }),
    reasons,
    isClosed: fc.boolean(),
  })
  .map(({ outcome, suspects, timeline, remediations, reasons, isClosed }) =>
    builders.response({
      plan: {
        at: builders.t0,
        base: builders.base,
        suspects,
        outcome,
        // Trailers are anybody's to write.
        earlier: timeline.map((words) => ({ at: 0, commit: builders.base, action: words, incident: words })),
      },
      timeline: timeline.map((message) => ({ at: builders.t0, event: "x", message })),
      remediations,
      closed: isClosed ? { at: builders.t0, outcome: "recovered", reasons } : undefined,
    }),
  );

export const gates = fc
  .record({
    title: hostileText,
    reasons,
    conclusion: fc.constantFrom("success" as const, "failure" as const, "action_required" as const),
  })
  .map((gate): Gate => gate);

export const hostileReasons = reasons;
