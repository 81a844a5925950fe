/** An answer that GitHub gives instead of doing what was asked, in both of its forms. */

/** `type` of an error in a GraphQL answer. */
export type RefusalType =
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "STALE_DATA"
  | "UNPROCESSABLE"
  | "INSUFFICIENT_SCOPES"
  | "SERVICE_UNAVAILABLE";

export interface RefusalOptions {
  /** Entries of `errors` in a REST answer. */
  readonly errors?: readonly (Readonly<Record<string, unknown>> | string)[];
  /** The GraphQL message, where it differs from the REST one. */
  readonly graphql?: string;
  readonly type?: RefusalType;
}

export class Refusal extends Error {
  readonly status: number;
  readonly type: RefusalType;
  readonly graphqlMessage: string;
  readonly errors: RefusalOptions["errors"];

  constructor(status: number, message: string, options: RefusalOptions = {}) {
    super(message);
    this.status = status;
    this.type = options.type ?? typeFor(status);
    this.graphqlMessage = options.graphql ?? message;
    this.errors = options.errors;
  }

  static suspended(): Refusal {
    return new Refusal(403, "This installation has been suspended");
  }

  static invalid(resource: string, message: string): Refusal {
    return new Refusal(422, "Validation Failed", {
      errors: [{ resource, code: "custom", message }],
      graphql: message,
    });
  }

  static archived(): Refusal {
    return new Refusal(403, "Repository was archived so is read-only.");
  }

  static notFound(graphql?: string): Refusal {
    return new Refusal(404, "Not Found", graphql === undefined ? {} : { graphql });
  }
}

function typeFor(status: number): RefusalType {
  if (status === 404) return "NOT_FOUND";
  return status === 403 ? "FORBIDDEN" : "UNPROCESSABLE";
}
