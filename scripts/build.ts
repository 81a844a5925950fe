/** Makes dist/ for the published package: Node refuses to strip types inside node_modules. Usage: `npm run build`. */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

rmSync(at("dist"), { recursive: true, force: true });
const { status } = spawnSync(at("node_modules/.bin/tsc"), ["-p", at("tsconfig.build.json")], { stdio: "inherit" });
// What the sources read beside themselves: schemas, pages, templates.
if (status === 0) cpSync(at("src"), at("dist"), { recursive: true, filter: (path) => extname(path) !== ".ts" });
else process.exitCode = 1;
