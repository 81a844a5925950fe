/** Writes src/server/config/remit.schema.json from the schema that the parser uses. Run it after changing file-schema.ts. */
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { fileSchema } from "../src/server/config/file-schema.ts";

const file = new URL("../src/server/config/remit.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(z.toJSONSchema(fileSchema, { io: "input" }), null, 2)}\n`);
