/** Reads request bodies up to a cap, counting while they stream, and never holds more than a budget of them at once. */
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

export class BodyReader {
  readonly #budgetBytes: number;
  #heldBytes = 0;

  /** `budgetBytes`: of all bodies that are being read, since whoever sends them isn't known yet. */
  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  /** The bytes as they were sent. Nothing is read of a body that is declared too large. */
  async read(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | Refusal> {
    const tooLarge = new Refusal("too-large", `the body may have ${maxBytes} bytes`);
    if (Number(incoming.headers["content-length"] ?? 0) > maxBytes) return tooLarge;
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      // The stream must stay open, or the answer could not be sent.
      for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
        const bytes: Buffer = chunk;
        length += bytes.length;
        this.#heldBytes += bytes.length;
        if (length > maxBytes) return tooLarge;
        if (this.#heldBytes > this.#budgetBytes) return new Refusal("busy", "too much at once, try again");
        chunks.push(bytes);
      }
      return Buffer.concat(chunks);
    } catch {
      return new Refusal("body-incomplete", "the body ended early");
    } finally {
      this.#heldBytes -= length;
    }
  }
}
