import type { Check } from "../check.ts";
import { readable } from "../ledger.ts";
import { otherClockMs } from "../slack.ts";

/** For some minutes after a new policy, another worker may not have seen it. */
export const policyVersions: Check = {
  name: "policy-versions",
  title: "the policy's version never goes back from one decision to the next",
  run({ ledger }, seen) {
    let newest = { version: 0, since: 0, sequence: 0 };
    for (const stored of readable(ledger)) {
      const { decision, time } = stored.record;
      const version = decision?.policy.version;
      if (version === undefined) continue;
      const at = Date.parse(time);
      if (version > newest.version) newest = { version, since: at, sequence: stored.sequence };
      const isOld = version < newest.version && at > newest.since + otherClockMs;
      const message = `it was decided by version ${version} of the policy, after record ${newest.sequence} by version ${newest.version}`;
      seen.record(stored, isOld ? message : undefined);
    }
  },
};
