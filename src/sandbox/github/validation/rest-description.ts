/** GitHub's published REST description, as far as it was extracted: finds operations, and judges requests and answers. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { allowedKeys, type Schema } from "./allowed-keys.ts";
import { coerceQuery } from "./coerce-query.ts";

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly body: Schema | null;
  readonly bodyRequired: boolean;
  readonly responses: Readonly<Record<string, Schema | null>>;
}

interface Description {
  readonly operations: readonly Operation[];
  readonly webhooks: Readonly<Record<string, Schema>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Errors that any operation may answer with, whether or not its description lists them. */
const COMMON_ERRORS = new Set([400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503]);

export class RestDescription {
  readonly operations: readonly Operation[];
  readonly #description: Description;
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    this.#description = JSON.parse(readFileSync(new URL("../schema/rest.json", import.meta.url), "utf8"));
    this.operations = this.#description.operations;
    this.#ajv.addSchema(this.#description, "github");
  }

  /** What is wrong with a request; nothing when the list is empty. */
  requestProblems(operation: Operation, query: ReadonlyMap<string, string>, body: unknown): string[] {
    const index = this.operations.indexOf(operation);
    const problems: string[] = [];
    const known = new Map(
      operation.parameters.filter(({ in: where }) => where === "query").map((item) => [item.name, item]),
    );
    for (const [name, value] of query) {
      const parameter = known.get(name);
      if (parameter === undefined) {
        problems.push(`query has unknown parameter ${name}`);
        continue;
      }
      const pointer = `operations/${index}/parameters/${operation.parameters.indexOf(parameter)}/schema`;
      problems.push(...this.#problems(pointer, coerceQuery(parameter.schema, value), `query.${name}`));
    }
    for (const [name, { required }] of known) {
      if (required && !query.has(name)) problems.push(`query lacks ${name}`);
    }
    if (body === undefined) return operation.bodyRequired ? [...problems, "body is missing"] : problems;
    if (operation.body === null) return [...problems, "body is not expected"];
    problems.push(...this.#problems(`operations/${index}/body`, body, "body"));
    return [...problems, ...this.#unknownKeys(operation.body, body, "body")];
  }

  responseProblems(operation: Operation, status: number, body: unknown): string[] {
    const index = this.operations.indexOf(operation);
    const schema = operation.responses[String(status)];
    if (schema === undefined) {
      if (!COMMON_ERRORS.has(status)) return [`status ${status} is not described`];
      return this.#problems("schemas/basic-error", body, "response");
    }
    if (schema === null) return body === undefined || status >= 400 ? [] : ["response has a body"];
    const problems = this.#problems(`operations/${index}/responses/${status}`, body, "response");
    return [...problems, ...this.#unknownKeys(schema, body, "response")];
  }

  /** Undefined when the event isn't described under that name. */
  webhookProblems(name: string, payload: unknown): string[] | undefined {
    if (this.#description.webhooks[name] === undefined) return undefined;
    return this.#problems(`webhooks/${name}`, payload, "payload");
  }

  #problems(pointer: string, value: unknown, what: string): string[] {
    let validate = this.#validators.get(pointer);
    if (validate === undefined) {
      const escaped = pointer.split("/").map((part) => encodeURIComponent(part));
      validate = this.#ajv.getSchema(`github#/${escaped.join("/")}`);
      if (validate === undefined) throw new Error(`no schema at ${pointer}`);
      this.#validators.set(pointer, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, 8).map((error) => `${what}${error.instancePath} ${error.message}`);
  }

  #unknownKeys(schema: Schema, value: unknown, what: string): string[] {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    const allowed = allowedKeys(schema, this.#description.schemas);
    if (allowed === undefined) return [];
    return Object.keys(value).flatMap((key) => (allowed.has(key) ? [] : [`${what} has unknown key ${key}`]));
  }
}
