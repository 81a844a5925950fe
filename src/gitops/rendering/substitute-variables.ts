/** Puts values in the place of Flux's variables, as its `postBuild` does. Pure. */

const name = "[_a-zA-Z][_a-zA-Z0-9]*";
const form = new RegExp(`\\$?\\$\\{(?:(${name})(?::?([-=])((?:(?![{}$]).)*))?|[^}]*)\\}?`, "g");

/**
 * `${NAME}`, `${NAME:=default}` and `${NAME:-default}`; `$${` is a dollar. undefined where a text holds any other form, such as a
 * function, or a variable that isn't known.
 */
export function substituteVariables(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  let unclear = false;
  const result = text.replace(form, (all: string, variable: string | undefined, sign?: string, fallback = "") => {
    if (all.startsWith("$$")) return all.slice(1);
    const value = variable === undefined ? undefined : variables.get(variable);
    if (variable !== undefined && all.endsWith("}")) {
      if (value !== undefined && (value !== "" || sign === undefined)) return value;
      if (sign !== undefined) return fallback;
    }
    unclear = true;
    return all;
  });
  return unclear ? undefined : result;
}
