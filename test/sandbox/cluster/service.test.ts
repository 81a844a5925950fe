import { afterEach, describe, expect, test } from "vitest";
import { readCounters } from "../../../src/sandbox/cluster/scrape.ts";
import { type Service, startService } from "../../../src/sandbox/cluster/service.ts";

let service: Service | undefined;
afterEach(() => service?.close());

const start = async () => {
  service = await startService({
    name: "checkout",
    namespace: "shop",
    environment: "production",
    errorRate: (version) => (version === "v2" ? 0.6 : 0),
  });
  return service;
};

async function statuses(url: string, n: number): Promise<number[]> {
  const codes: number[] = [];
  for (let i = 0; i < n; i++) {
    const response = await fetch(url);
    await response.arrayBuffer();
    codes.push(response.status);
  }
  return codes;
}

describe("the sandbox's service", () => {
  test("has nothing to answer with before a version is deployed", async () => {
    const { url } = await start();
    expect(await statuses(url, 2)).toEqual([503, 503]);
  });

  test("fails exactly the share of requests that its version is known for", async () => {
    const { url, deploy } = await start();
    deploy("v1");
    expect(new Set(await statuses(url, 5))).toEqual(new Set([200]));
    deploy("v2");
    const codes = await statuses(url, 10);
    expect(codes.filter((code) => code === 500)).toHaveLength(6);
  });

  test("counts what it answered, with the labels that a scrape needs to name it", async () => {
    const { url, deploy } = await start();
    deploy("v2");
    await statuses(url, 10);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(readCounters(metrics)).toMatchObject({ total: 10, failed: 6 });
    expect(metrics).toMatch(
      /http_requests_total\{.*service="checkout",namespace="shop",environment="production".*\} 6/,
    );
    expect(await (await fetch(`${url}/version`)).text()).toBe("v2\n");
  });
});
