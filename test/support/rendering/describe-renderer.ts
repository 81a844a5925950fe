/** Tests that need a renderer. Where there is none they are skipped, and the name of the skipped says what to install. */
import { describe } from "vitest";
import type { RenderTool } from "../../../src/remediation/rendering/renderer.ts";
import { findTools } from "../../../src/server/rendering/find-tools.ts";
import { localRenderer } from "../../../src/server/rendering/local-renderer.ts";

export const tools = await findTools(process.env.PATH ?? "");
export const renderer = localRenderer(tools);

const wanted = {
  kustomize: "kustomize 5, or a kubectl that brings it along",
  helm: "helm 3.16",
} as const;

export function describeRenderer(tool: RenderTool, name: string, define: () => void): void {
  if (tools[tool] === undefined) describe.skip(`${name} (needs ${wanted[tool]} or later in PATH)`, define);
  else describe(name, define);
}
