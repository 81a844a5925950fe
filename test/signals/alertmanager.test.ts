import fc from "fast-check";
import { expect, it } from "vitest";
import { alertmanager } from "../../src/signals/alertmanager.ts";
import { alertFixture, alertmanagerFixture } from "./alertmanager-payload.ts";

const context = { source: "prom", repository: "acme/shop", observedAt: 1_000 };
const parse = (body: unknown) => alertmanager.parse(body, context);

it("a firing alert becomes a signal, with its times to the millisecond and no end", () => {
  expect(parse(alertmanagerFixture())).toEqual([
    {
      kind: "alert",
      ...context,
      fingerprint: "0f1e2d3c4b5a6978",
      status: "firing",
      labels: alertFixture().labels,
      annotations: alertFixture().annotations,
      startsAt: Date.parse("2026-03-05T10:11:12.123Z"),
      endsAt: undefined,
    },
  ]);
});

it("one group may hold alerts that fire and alerts that resolved", () => {
  const resolved = alertFixture({ status: "resolved", endsAt: "2026-03-05T10:15:00Z", fingerprint: "b" });
  const [first, second] = parse(alertmanagerFixture([alertFixture(), resolved], { status: "firing" }));
  expect(first).toMatchObject({ status: "firing", endsAt: undefined });
  expect(second).toMatchObject({ status: "resolved", endsAt: Date.parse("2026-03-05T10:15:00Z"), fingerprint: "b" });
});

it.each<[string, object]>([
  ["without truncatedAlerts", alertmanagerFixture(undefined, { truncatedAlerts: undefined })],
  ["with keys that nobody knows yet", alertmanagerFixture([{ ...alertFixture(), future: { a: [1] } }], { future: 1 })],
  ["without annotations", alertmanagerFixture([{ ...alertFixture(), annotations: undefined }])],
  ["with null annotations", alertmanagerFixture([{ ...alertFixture(), annotations: null }])],
  ["without an end", alertmanagerFixture([{ ...alertFixture(), endsAt: undefined }])],
  ["without a fingerprint", alertmanagerFixture([{ ...alertFixture(), fingerprint: undefined }])],
  ["with a time of another zone", alertmanagerFixture([alertFixture({ startsAt: "2026-03-05T12:11:12+02:00" })])],
])("a payload %s is read", (_, body) => {
  expect(parse(body)).toHaveLength(1);
});

it("field note S2: no alert is too old", () => {
  expect(parse(alertmanagerFixture([alertFixture({ startsAt: "2020-01-01T00:00:00Z" })]))).toHaveLength(1);
});

it.each<[unknown, string]>([
  [undefined, "the payload: missing, expected object"],
  ["text", "the payload: expected object"],
  [{}, "version: expected one of 4"],
  [alertmanagerFixture(undefined, { version: "3" }), "version: expected one of 4"],
  [{ version: "4" }, "alerts: missing, expected array"],
  [alertmanagerFixture([{}]), "alerts[0].status: expected one of firing, resolved"],
  [alertmanagerFixture([alertFixture({ status: "pending" })]), "alerts[0].status: expected one of firing, resolved"],
  [alertmanagerFixture([alertFixture({ startsAt: "yesterday" })]), "alerts[0].startsAt: expected an RFC 3339 time"],
  [
    alertmanagerFixture([alertFixture({ startsAt: "2026-13-01T00:00:00Z" })]),
    "alerts[0].startsAt: expected an RFC 3339 time",
  ],
  [alertmanagerFixture([alertFixture({ labels: { a: 1 } })]), "alerts[0].labels.a: expected a string"],
  [alertmanagerFixture([alertFixture({ labels: { "<script>": 1 } })]), "alerts[0].labels.?: expected a string"],
  [alertmanagerFixture([{ ...alertFixture(), labels: ["a"] }]), "alerts[0].labels: expected an object of strings"],
])("field note 34: %j is refused by its key, without its text", (body, message) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ code: "payload-invalid", message }));
});

it("field note S9: a label named __proto__ reaches no prototype", () => {
  const body: unknown = JSON.parse(
    JSON.stringify(alertmanagerFixture()).replace('"labels":{', '"labels":{"__proto__":"x","constructor":"y",'),
  );
  const [signal] = parse(body);
  if (signal?.kind !== "alert") throw new Error("expected an alert");
  expect(Object.getPrototypeOf(signal.labels)).toBe(Object.prototype);
  expect(Object.keys(signal.labels)).not.toContain("__proto__");
  expect(Object.hasOwn(signal.labels, "constructor")).toBe(true);
  expect(Object.hasOwn({}, "x")).toBe(false);
});

const fingerprint = fc.constantFrom("a", "b", "c", "d");
const startsAt = fc.constantFrom("2026-03-05T10:11:12Z", "2026-03-05T10:11:13Z");
const status = fc.constantFrom("firing", "resolved");
const alert = fc.record({ fingerprint, startsAt, status }).map((changes) => alertFixture(changes));

it("the dedupe key is a function of the set of (fingerprint, startsAt, status) and of nothing else", () => {
  const identity = (alerts: readonly { fingerprint: string; startsAt: string; status: string }[]) =>
    [...new Set(alerts.map((item) => `${item.fingerprint} ${item.startsAt} ${item.status}`))].sort().join();
  fc.assert(
    fc.property(fc.array(alert, { minLength: 1, maxLength: 5 }), fc.array(alert, { maxLength: 5 }), (one, other) => {
      const same = identity(one) === identity(other);
      const key = alertmanager.dedupeKey(alertmanagerFixture(one));
      expect(alertmanager.dedupeKey(alertmanagerFixture(other)) === key).toBe(same);
      const changed = one
        .toReversed()
        .map((item) => ({ ...item, annotations: { summary: "other" }, generatorURL: "" }));
      expect(alertmanager.dedupeKey(alertmanagerFixture(changed, { groupKey: "x" }))).toBe(key);
    }),
  );
});

it("an alert that is in a notification twice counts once", () => {
  const once = alertmanager.dedupeKey(alertmanagerFixture());
  expect(alertmanager.dedupeKey(alertmanagerFixture([alertFixture(), alertFixture()]))).toBe(once);
});

it("any JSON is read or refused as an invalid payload, never another way", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.json().map((text) => `{"version":"4","alerts":[${text}]}`),
      ),
      (text) => {
        try {
          parse(JSON.parse(text));
        } catch (error) {
          expect(error).toMatchObject({ code: "payload-invalid" });
        }
      },
    ),
  );
});
