/** Vitest begins with the largest files. The longest of all is a small one, and everybody would wait for it in the end. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

const slow = ["test/remediation/crash.test.ts", "test/remediation/whole-incident.test.ts"];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = ({ moduleId }: TestSpecification) => slow.some((path) => moduleId.endsWith(path));
    return [...sorted.filter(first), ...sorted.filter((file) => !first(file))];
  }
}
