import type { WriterKind } from "./catalogue.ts";

/** What people call them. */
export const writerNames: Readonly<Record<WriterKind, string>> = {
  hpa: "a HorizontalPodAutoscaler",
  keda: "KEDA",
  vpa: "a VerticalPodAutoscaler",
  "image-updater": "Argo CD Image Updater",
  "flux-automation": "Flux image automation",
  applicationset: "an ApplicationSet",
  kargo: "Kargo",
  flagger: "Flagger",
  renovate: "Renovate or Dependabot",
};
