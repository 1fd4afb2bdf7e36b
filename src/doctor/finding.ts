/** What was looked at. */
export type Check =
  | 'address'
  | 'html'
  | 'policy'
  | 'cross-origin'
  | 'manifest'
  | 'files'
  | 'script'
  | 'types'
  | 'ranges'
  | 'compression'
  | 'caching';

/** What a check came to: a failure breaks the search, a warning makes it slower or leaves something of it out. */
export interface Finding {
  check: Check;
  status: 'ok' | 'warning' | 'failure';
  what: string;
  /** What to do, where something is to be done. */
  advice?: string;
}

/** All is well. */
export function ok(check: Check, what: string): Finding {
  return { check, status: 'ok', what };
}

/** The search works, but worse than it could. */
export function warning(check: Check, what: string, advice: string): Finding {
  return { check, status: 'warning', what, advice };
}

/** The search does not work, or not whole. */
export function failure(check: Check, what: string, advice: string): Finding {
  return { check, status: 'failure', what, advice };
}
