/** Sends one GraphQL document. What fails as a whole is thrown; what fails in part is returned, since the other parts were done. */
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { RemitError } from "../errors.ts";
import { faultSchema } from "./fault.ts";
import { faultsToError } from "./faults-to-error.ts";
import { toRemitError } from "./to-remit-error.ts";

export interface Answer {
  /** Never parsed further than this here: each caller has its schema. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Why a field at the top is null; undefined where it isn't at fault. */
  fault(field: string): RemitError | undefined;
  /** The first of all faults. */
  readonly anyFault: RemitError | undefined;
  /** The `date` that GitHub put on it. */
  readonly date: string | undefined;
  /** Paths that are at fault, such as `repository.issue`. */
  readonly faultyPaths: readonly string[];
}

export interface GraphqlClient {
  readonly octokit: Octokit;
  /** `https://api.github.com`, or `https://host/api` for an Enterprise Server. */
  readonly graphqlBaseUrl: string;
  readonly clock: Clock;
}

const bodySchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(faultSchema).optional(),
});

export async function runDocument(
  client: GraphqlClient,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  doing: string,
): Promise<Answer> {
  const now = () => client.clock.now();
  try {
    const response = await client.octokit.request("POST /graphql", {
      baseUrl: client.graphqlBaseUrl,
      query: document,
      variables,
    });
    const { data, errors = [] } = bodySchema.parse(response.data);
    const general = errors.filter((error) => error.path === undefined || error.path.length === 0);
    const { headers } = response;
    if (data === undefined || data === null || general.length > 0) {
      throw faultsToError(general.length > 0 ? general : errors, doing, headers, now());
    }
    const toError = (faults: typeof errors) =>
      faults.length === 0 ? undefined : faultsToError(faults, doing, headers, now());
    return {
      data,
      fault: (field) => toError(errors.filter((error) => error.path?.[0] === field)),
      anyFault: toError(errors),
      date: headers.date,
      faultyPaths: errors.map((error) => (error.path ?? []).join(".")),
    };
  } catch (error) {
    throw toRemitError(error, doing, now());
  }
}
