/** Does GitHub say that the App may not do this at all? Other refusals of the same status are of rules, limits or states. */
export function lacksPermission(message: string): boolean {
  return /resource not accessible by integration|permissions requested are not granted|installation has been suspended/i.test(
    message,
  );
}
