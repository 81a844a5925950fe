/** A Deployment whose image an overlay for production names. */
import { deployment, kustomization } from "../../gitops/catalogue/catalogue-of.ts";

export const overlay = "apps/checkout/overlays/production/kustomization.yaml";
export const shop = {
  "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
  "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:v0"),
};
export const tagged = (tag: string, more = "") => ({
  [overlay]: kustomization(`resources: [../../base]\nimages:\n- name: r.io/checkout\n  newTag: ${tag}\n${more}`),
});
