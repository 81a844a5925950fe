/** Tests that need a renderer. Where there is none they are skipped, and the name of the skipped says what to install. */
import { describe } from "vitest";
import type { RenderTool } from "../../../src/remediation/rendering/renderer.ts";
import { findTools } from "../../../src/server/rendering/find-tools.ts";
import { localRenderer } from "../../../src/server/rendering/local-renderer.ts";

export const tools = await findTools(process.env.PATH ?? "");
export const renderer = localRenderer(tools);

const wanted = {
  kustomize: "kustomize 5 or later, or a kubectl that brings it along",
  helm: "helm 3.16 or later",
} as const;

/** `needed`: one tool, or several with `+` between them. */
export function describeRenderer(needed: RenderTool | "kustomize+helm", name: string, define: () => void): void {
  const missing = (["kustomize", "helm"] as const).filter((tool) => needed.includes(tool) && tools[tool] === undefined);
  if (missing.length === 0) describe(name, define);
  else describe.skip(`${name} (needs ${missing.map((tool) => wanted[tool]).join(" and ")} in PATH)`, define);
}
