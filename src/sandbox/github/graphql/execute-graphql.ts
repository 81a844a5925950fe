/** Runs a GraphQL document as GitHub does: validated against its schema, mutations in series, each failing on its own. */
import { readFileSync } from "node:fs";
import { buildSchema, type DocumentNode, execute, GraphQLError, getOperationAST, Kind, parse, validate } from "graphql";
import { Fields } from "../fields.ts";
import { sees } from "../world/actor.ts";
import { Refusal } from "../world/refusal.ts";
import { demand, type GraphqlContext } from "./graphql-context.ts";
import { mutations } from "./mutations/mutations.ts";
import { query } from "./query.ts";

export interface GraphqlDocument {
  /** `mutation createRef,createPullRequest`, for the log; `invalid` when it doesn't parse. */
  readonly name: string;
  readonly kind: "query" | "mutation" | "invalid";
  readonly fields: readonly string[];
  readonly document: DocumentNode | undefined;
  /** Against GitHub's schema. */
  readonly problems: readonly GraphQLError[];
}

export interface GraphqlOutcome {
  readonly body: { readonly data?: unknown; readonly errors?: readonly unknown[] };
  /** Variables that don't fit, and faults of the stand-in itself. */
  readonly problems: readonly string[];
}

const schema = buildSchema(readFileSync(new URL("../schema/schema.graphql", import.meta.url), "utf8"), {
  assumeValidSDL: true,
});

export function readDocument(source: string, operationName: string | undefined): GraphqlDocument {
  try {
    const document = parse(source);
    const operation = getOperationAST(document, operationName ?? null);
    const kind = operation?.operation === "mutation" ? "mutation" : operation == null ? "invalid" : "query";
    const fields = (operation?.selectionSet.selections ?? []).flatMap((item) =>
      item.kind === Kind.FIELD ? [item.name.value] : [],
    );
    return { name: `${kind} ${fields.join(",")}`, kind, fields, document, problems: validate(schema, document) };
  } catch (cause) {
    const problem = cause instanceof GraphQLError ? cause : new GraphQLError(String(cause));
    return { name: "invalid", kind: "invalid", fields: [], document: undefined, problems: [problem] };
  }
}

/** `beforeField` may throw a Refusal to fail one field of the root. */
export async function executeGraphql(
  context: GraphqlContext,
  { document, kind }: GraphqlDocument,
  variables: Readonly<Record<string, unknown>>,
  operationName: string | undefined,
  beforeField: (field: string) => void,
): Promise<GraphqlOutcome> {
  if (document === undefined) return { body: {}, problems: [] };
  const result = await execute({
    schema,
    document,
    rootValue: guarded(kind === "mutation" ? mutationRoot(context) : query(context), beforeField),
    contextValue: context,
    variableValues: variables,
    operationName: operationName ?? null,
  });
  const errors = (result.errors ?? []).map((error) => ({ error, shown: present(error) }));
  return {
    body: {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(errors.length > 0 ? { errors: errors.map(({ shown }) => shown) } : {}),
    },
    problems: errors.filter(({ error }) => !(error.originalError instanceof Refusal)).map(({ error }) => error.message),
  };
}

/** Errors of validation, as GitHub lists them. */
export function presentProblems(problems: readonly GraphQLError[]): readonly unknown[] {
  return problems.map((problem) => ({ message: problem.message, locations: problem.locations ?? [] }));
}

function mutationRoot(context: GraphqlContext): Record<string, unknown> {
  const resolvers = Object.entries(mutations).map(([name, mutation]) => {
    const resolver = async (args: unknown) => {
      const input = new Fields(new Fields(args).raw("input"));
      if (!sees(context.actor)) throw Refusal.notFound("Could not resolve to a node with the global id given.");
      demand(context, mutation.need);
      if (context.world.archived) throw Refusal.archived();
      return { clientMutationId: input.string("clientMutationId") ?? null, ...(await mutation.run(context, input)) };
    };
    return [name, resolver] as const;
  });
  return Object.fromEntries(resolvers);
}

function guarded(
  root: Readonly<Record<string, unknown>>,
  beforeField: (field: string) => void,
): Record<string, unknown> {
  const entries = Object.entries(root).map(([name, resolver]) => {
    const guard = (args: unknown) => {
      beforeField(name);
      return typeof resolver === "function" ? resolver(args) : resolver;
    };
    return [name, guard] as const;
  });
  return Object.fromEntries(entries);
}

function present(error: GraphQLError) {
  const cause = error.originalError;
  const place = { path: error.path ?? [], locations: error.locations ?? [] };
  if (cause instanceof Refusal) return { type: cause.type, ...place, message: cause.graphqlMessage };
  return { ...place, message: error.message };
}
