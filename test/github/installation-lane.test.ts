import fc from "fast-check";
import { expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import { InstallationLane, type LaneRequest } from "../../src/github/installation-lane.ts";
import { memoryLanes } from "../../src/github/memory-lanes.ts";
import { requestKind } from "../../src/github/request-kind.ts";

/** Replicas that share a store, in a time of which each sleep takes as much as it asks for. */
function replicas(count: number) {
  let now = 1_000_000;
  const store = memoryLanes();
  const lanes = Array.from({ length: count }, () => {
    const sleep = async (ms: number) => {
      const until = now + ms;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, until);
    };
    return new InstallationLane({ name: "1/acme", store, clock: { now: () => now }, sleep });
  });
  return {
    lanes,
    store,
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

const one = (count = 1) => {
  const { lanes, ...world } = replicas(count);
  const [lane] = lanes;
  if (lane === undefined) throw new Error("no lane");
  return { lane, lanes, ...world };
};

let asked = 0;
/** Of a body that was never asked before, unless one is given. */
function request(change: Partial<LaneRequest> = {}): LaneRequest {
  asked += 1;
  return { write: false, notifies: false, mitigates: true, body: asked, ...change };
}
const write = (change: Partial<LaneRequest> = {}) => request({ write: true, ...change });

const refusal = (status: number, headers: Record<string, string> = {}, message = "no") =>
  Object.assign(new Error(message), { status, response: { headers, data: {} } });

it("writes of any number of replicas begin a second apart, and three after one that notifies", async () => {
  const { lanes, now } = replicas(3);
  const first = now();
  let begun = 0;
  const turns = Array.from({ length: 4 }, () => lanes).flat();
  const writes = turns.map((lane, index) =>
    lane.run(write({ notifies: index % 4 === 0 }), async () => {
      begun += 1;
      return now();
    }),
  );
  const times = await Promise.all(writes);
  expect(begun).toBe(12);
  // Three of them notify, one of which may be the last: the sum of what lay between the first and the last.
  expect(Math.max(...times) - first).toBeGreaterThanOrEqual(2 * 3_000 + 9 * 1_000);
});

it("of one process no two writes are on their way at once, and what undoes damage overtakes what keeps books", async () => {
  const { lane } = one();
  const order: string[] = [];
  let atWork = 0;
  const send = (name: string) => async () => {
    atWork += 1;
    expect(atWork).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(name);
    atWork -= 1;
  };
  await Promise.all([
    lane.run(write({ mitigates: false }), send("begun before")),
    lane.run(write({ mitigates: false }), send("issue")),
    lane.run(write({ mitigates: false }), send("comment")),
    lane.run(write(), send("commit")),
    lane.run(write(), send("merge")),
  ]);
  expect(order).toEqual(["begun before", "commit", "merge", "issue", "comment"]);
});

it("case 13: a secondary limit without headers pauses the whole lane for a minute, then longer, in every replica", async () => {
  const { lanes, lane, advance } = one(2);
  const limit = () =>
    lane.run(request(), () => Promise.reject(refusal(403, {}, "You have exceeded a secondary rate limit")));
  for (const pauseMs of [60_000, 120_000, 240_000]) {
    await expect(limit()).rejects.toMatchObject({ status: 403 });
    let reached = 0;
    for (const other of lanes) {
      const attempt = other.run(request(), async () => {
        reached += 1;
      });
      await expect(attempt).rejects.toMatchObject({ code: "github-rate-limited", retryAfterMs: pauseMs });
    }
    expect(reached).toBe(0);
    advance(pauseMs);
  }
  await lane.run(request(), async () => "good");
  await expect(limit()).rejects.toMatchObject({ status: 403 });
  await expect(lane.run(request(), async () => "")).rejects.toMatchObject({ retryAfterMs: 60_000 });
});

it.each([
  ["retry-after", refusal(429, { "retry-after": "17" }), 17_000],
  ["x-ratelimit-reset", refusal(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1090" }), 91_000],
])("%s says how long the lane pauses", async (_, error, ms) => {
  const { lane } = one();
  await expect(lane.run(write(), () => Promise.reject(error))).rejects.toBe(error);
  await expect(lane.run(write(), async () => "")).rejects.toMatchObject({ retryAfterMs: ms });
});

it("a limit that GraphQL tells with status 200 pauses the lane too", async () => {
  const { lane } = one();
  const answer = { status: 200, headers: {}, data: { errors: [{ type: "RATE_LIMITED", message: "limit" }] } };
  expect(await lane.run(request(), async () => answer)).toBe(answer);
  await expect(lane.run(request(), async () => "")).rejects.toBeInstanceOf(RemitError);
});

it("a write that waits while another one meets a limit isn't sent", async () => {
  const { lane } = one();
  let sent = 0;
  const answers = await Promise.allSettled([
    lane.run(write(), () => Promise.reject(refusal(429))),
    lane.run(write(), async () => {
      sent += 1;
    }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(sent).toBe(0);
});

it("whatever fails and however often it is asked again, at most a tenth of the requests are retries, but for one in ten seconds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ body: fc.nat(4), fresh: fc.boolean(), fails: fc.boolean(), ms: fc.nat(3_000) }), {
        maxLength: 120,
      }),
      async (tries) => {
        const { lane, advance, now } = one();
        const begun = now();
        for (const { body, fresh, fails, ms } of tries) {
          advance(ms);
          const send = () => (fails ? Promise.reject(refusal(502)) : Promise.resolve("good"));
          await lane.run(request(fresh ? {} : { body: `again ${body}` }), send).catch(() => undefined);
        }
        const { requests, retries } = lane.budget;
        const probes = Math.floor((now() - begun) / 10_000) + 1;
        expect(retries).toBeLessThanOrEqual(requests * 0.1 + 1 + probes);
      },
    ),
  );
});

it("a request that GitHub refuses as wrong isn't counted as to be repeated", async () => {
  const { lane } = one();
  for (let count = 0; count < 5; count += 1) {
    await expect(lane.run(request({ body: "same" }), () => Promise.reject(refusal(404)))).rejects.toMatchObject({
      status: 404,
    });
  }
  expect(lane.budget.retries).toBe(0);
});

it.each([
  ["query Remit { viewer { login } }", { write: false, notifies: false, mitigates: true }],
  [
    "mutation RemitPropose { createCommitOnBranch createPullRequest }",
    { write: true, notifies: true, mitigates: true },
  ],
  ["mutation RemitGate { createCheckRun updateIssue }", { write: true, notifies: false, mitigates: true }],
  ["mutation RemitOpenIssue { createIssue }", { write: true, notifies: true, mitigates: false }],
  ["mutation RemitUpdate { updateIssue }", { write: true, notifies: false, mitigates: false }],
])("%s is what it says", (query, kind) => {
  expect(requestKind({ method: "POST", url: "/graphql", query })).toEqual(kind);
});

it("a merge is a write that notifies and undoes damage; a look is none", () => {
  const url = "/repos/{owner}/{repo}/pulls/{pull_number}/merge";
  expect(requestKind({ method: "PUT", url })).toEqual({ write: true, notifies: true, mitigates: true });
  expect(requestKind({ method: "GET", url }).write).toBe(false);
});
