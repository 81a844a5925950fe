/** A webhook receiver over real HTTP that keeps what it got and answers as told. */
import { createServer } from "node:http";

export interface Received {
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface TestReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Status of the following answers. */
  answer(status: number): void;
  /** Resolves when so many requests have arrived. */
  count(n: number): Promise<void>;
  close(): Promise<void>;
}

export async function testReceiver(): Promise<TestReceiver> {
  const received: Received[] = [];
  const waiting: { n: number; resolve: () => void }[] = [];
  let status = 202;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ authorization: request.headers.authorization, body });
      response.statusCode = status;
      response.end();
      for (const one of waiting) if (received.length >= one.n) one.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hooks/test`,
    received,
    answer(value) {
      status = value;
    },
    count: (n) => (received.length >= n ? Promise.resolve() : new Promise((resolve) => waiting.push({ n, resolve }))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
