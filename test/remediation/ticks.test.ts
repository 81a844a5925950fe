import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedTicks, renderTick, renderTicked, stopTick } from "../../src/remediation/dashboard/ticks.ts";

describe("checkboxes", () => {
  const ids = ["stop", "checkout-production-3f2a9c1b40de", "a b%2D--c"];
  const text = (ticked: readonly string[], shown: readonly string[] = ticked) =>
    [renderTicked("acme/shop", ticked), ...ids.map((id) => renderTick(id, shown.includes(id), `\`${id}\``))].join("\n");

  it("that stand as Remit wrote them say nothing; every other one says what became of it", () => {
    fc.assert(
      fc.property(fc.subarray(ids), fc.subarray(ids), (written, shown) => {
        const changed = changedTicks(text(written, shown), new Set(ids));
        const expected = ids.filter((id) => written.includes(id) !== shown.includes(id));
        expect(changed.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        for (const { id, to } of changed) expect(to).toBe(shown.includes(id));
      }),
    );
  });

  it("are read from what GitHub makes of a tick in the browser", () => {
    const body = text([]).replaceAll("\n", "\r\n").replace("- [ ] `stop`", "- [X] `stop`");
    expect(changedTicks(body, new Set(ids))).toEqual([{ id: "stop", to: true }]);
  });

  it.each([
    ["without the marker", () => text([], ids).split("\n").slice(1).join("\n")],
    ["with somebody's text before it", () => `Hello\n${text([], ids)}`],
    ["of an incident that isn't open", () => `${text([])}\n${renderTick("nobody", true, "nobody")}`],
    ["in a quote", () => `${text([])}\n> ${renderTick("stop", true, "stop")}`],
    ["with somebody's text behind them", () => `${text([])}\n${renderTick("stop", true, "stop")} or so`],
  ])("%s name nothing", (_, body) => {
    expect(changedTicks(body(), new Set(ids))).toEqual([]);
  });

  it("count behind blanks, and where the marker names none", () => {
    const stop = [{ id: "stop", to: true }];
    expect(changedTicks(`${text([])}\n${renderTick("stop", true, "stop")}  `, new Set(ids))).toEqual(stop);
    const marker = "<!-- remit:v1 kind=dashboard incident=acme%2Fshop -->";
    expect(changedTicks(`${marker}\n${renderTick("stop", true, "stop")}`, new Set(ids))).toEqual(stop);
  });
});

it("the id of the stop box is no incident's", () => {
  expect(stopTick).not.toMatch(/-[0-9a-f]{12}$/);
});
