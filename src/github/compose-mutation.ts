/** One GraphQL document from the parts that are wanted. GitHub runs them one after the other, and goes on after one that fails. */
export interface MutationPart {
  /** Alias of the field, and name of its variable. */
  readonly alias: string;
  readonly field: string;
  readonly inputType: string;
  /** Selection within the payload. */
  readonly select: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface ComposedMutation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function composeMutation(name: string, parts: readonly MutationPart[]): ComposedMutation {
  const head = parts.map((part) => `$${part.alias}: ${part.inputType}!`).join(", ");
  const body = parts
    .map((part) => `  ${part.alias}: ${part.field}(input: $${part.alias}) { ${part.select} }`)
    .join("\n");
  return {
    document: `mutation ${name}(${head}) {\n${body}\n}`,
    variables: Object.fromEntries(parts.map((part) => [part.alias, part.input])),
  };
}
