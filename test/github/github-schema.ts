/** GitHub's published GraphQL schema: validates what Remit sends, and answers it as GitHub would shape it. */
import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, execute, type GraphQLError, getOperationAST, getVariableValues, parse, validate } from "graphql";
import { z } from "zod";

const schema = buildSchema(published.idl, { assumeValid: true });

const requestSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

/** Every mistake in the document or its variables. */
export function violations(body: unknown): string[] {
  const { query, variables } = requestSchema.parse(body);
  const document = parse(query);
  const errors = validate(schema, document).map((error) => error.message);
  const operation = getOperationAST(document);
  const coerced = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
  return [...errors, ...(coerced.errors ?? []).map((error) => error.message)];
}

/** The answer's body: `root` holds values or functions of the arguments, by field. Throws where Remit broke the schema. */
export async function answer(body: unknown, root: object): Promise<object> {
  const mistakes = violations(body);
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  const { query, variables } = requestSchema.parse(body);
  const { data, errors } = await execute({
    schema,
    document: parse(query),
    variableValues: variables,
    rootValue: root,
  });
  return errors === undefined ? { data } : { data, errors: errors.map(asGitHubDoes) };
}

/** GitHub puts the kind of error beside its message. */
function asGitHubDoes({ message, path, extensions }: GraphQLError): object {
  return { type: extensions.type, path, message };
}
