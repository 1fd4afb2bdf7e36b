/**
 * A request as it can cross to the worker: without what its options carry besides, functions say, and without the proxies
 * that frameworks watch objects through.
 */
export const plain = <T>(request: T): T => JSON.parse(JSON.stringify(request)) as T;
