import { SearchSession } from './search-session.js';

const named = new Map<string, SearchSession>();

/** The session that elements of one name share; made when the first of them asks. */
export function sessionNamed(name: string): SearchSession {
  let session = named.get(name);
  if (!session) named.set(name, (session = new SearchSession()));
  return session;
}
