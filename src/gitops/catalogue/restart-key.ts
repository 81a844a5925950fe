/** Keys whose value means nothing, and that people change so that pods are made anew. */

/** Kubernetes' annotation, Argo Rollouts' field, and what charts and people call such values. */
const known =
  /(?:^|[/._-])restart(?:ed)?[-_]?at$|^roll[-_]?me$|^restart[-_]?(?:me|now|trigger|nonce)$|^(?:force|trigger)[-_]?(?:roll(?:out)?|restart|redeploy|update)$|^redeploy(?:ed)?(?:[-_]?at)?$|^(?:dummy|temp|empty)_?var(?:iable)?$/i;
/** An environment variable: `RESTART`, `RESTART_PROD`, but not a setting such as `RESTART_POLICY`. */
const variable = /^(?:[A-Z0-9]+_)*RESTART(?:_[A-Z0-9]+)*$/;
const setting = /_(?:POLICY|DELAY|TIMEOUT|LIMIT|INTERVAL|MAX|SECONDS|ENABLED|ON|ATTEMPTS|COUNT|THRESHOLD)(?:_|$)/;

export function isRestartKey(key: string): boolean {
  return known.test(key) || (variable.test(key) && !setting.test(key));
}
