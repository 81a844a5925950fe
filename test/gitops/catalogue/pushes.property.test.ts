import fc from "fast-check";
import { expect, test } from "vitest";
import { buildCatalogue } from "../../../src/gitops/catalogue/build-catalogue.ts";
import { filesOf, first, pushed, pushes, told } from "./generated-pushes.ts";

test("after any pushes a catalogue is the one that a fresh index finds", () => {
  fc.assert(
    fc.property(first, pushes, (start, all) => {
      let content = start;
      let catalogue = buildCatalogue(filesOf(content));
      for (const edits of all) {
        content = pushed(content, edits);
        catalogue = buildCatalogue(filesOf(content), catalogue);
        expect(told(catalogue)).toBe(told(buildCatalogue(filesOf(content))));
      }
    }),
    { numRuns: 60 },
  );
});
