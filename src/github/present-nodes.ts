/** The items of a GraphQL connection that are there. */
export function presentNodes<Item>(
  connection: { readonly nodes: readonly (Item | null)[] | null } | null | undefined,
): Item[] {
  return (connection?.nodes ?? []).filter((node) => node !== null);
}
