/** Path of the browser that the tests run in; undefined where there is none. */
export function findBrowser(): string | undefined;
