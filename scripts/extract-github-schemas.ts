/**
 * Extracts the parts of GitHub's published descriptions that the sandbox's stand-in speaks.
 *
 *     npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
 *     node scripts/extract-github-schemas.ts ./package
 *
 * The GraphQL schema is read from the development dependency @octokit/graphql-schema.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fields } from "./github-schemas/fields.ts";
import { graphqlSubset } from "./github-schemas/graphql-subset.ts";
import { operations, webhooks } from "./github-schemas/operations.ts";
import { type RestSubset, restSubset } from "./github-schemas/rest-subset.ts";
import { shareRepeated } from "./github-schemas/share-repeated.ts";

const openapi = process.argv[2];
if (openapi === undefined) {
  console.error("usage: node scripts/extract-github-schemas.ts <unpacked @octokit/openapi>");
  process.exit(2);
}

const root = join(import.meta.dirname, "..");
const target = join(root, "src/sandbox/github/schema");
const graphqlPackage = join(root, "node_modules/@octokit/graphql-schema");

const description = JSON.parse(readFileSync(join(openapi, "generated/api.github.com.json"), "utf8"));
const rest = restSubset(description, `@octokit/openapi ${versionOf(openapi)}, api.github.com`, operations, webhooks);
write("rest.json", `${printRest(shareRepeated(rest))}\n`);

const sdl = readFileSync(join(graphqlPackage, "schema.graphql"), "utf8");
const header = `# From @octokit/graphql-schema ${versionOf(graphqlPackage)}, cut by scripts/extract-github-schemas.ts\n\n`;
write("schema.graphql", header + graphqlSubset(sdl, fields));

/** One operation, webhook or schema per line, so that a new version of the description makes a diff worth reading. */
function printRest(subset: RestSubset): string {
  const lines = (items: readonly string[]) => items.map((item) => `  ${item}`).join(",\n");
  const object = (items: object) =>
    lines(Object.entries(items).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`));
  return [
    `{"source": ${JSON.stringify(subset.source)},`,
    `"operations": [\n${lines(subset.operations.map((operation) => JSON.stringify(operation)))}\n],`,
    `"webhooks": {\n${object(subset.webhooks)}\n},`,
    `"schemas": {\n${object(subset.schemas)}\n}}`,
  ].join("\n");
}

function write(name: string, text: string): void {
  writeFileSync(join(target, name), text);
  console.log(`${name}: ${Math.round(text.length / 1024)} KiB`);
}

function versionOf(directory: string): string {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")).version;
}
