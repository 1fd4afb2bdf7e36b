import { expect } from '@playwright/test';
import { type BoxSeen, seeBox } from './box-seen.js';
import type { Visit } from './engine.js';

/** What a test expects to be seen; Jest's matchers have no type. */
type Expected = { [Key in keyof BoxSeen]?: unknown };

/** Waits until the visitor sees this. On the way to another page there is nothing to look at for a while. */
export async function sees(visit: Visit, expected: Expected, timeout = 20_000): Promise<void> {
  await expect(async () => {
    expect(await visit.run(seeBox)).toMatchObject(expected);
  }).toPass({ timeout, intervals: [50, 100, 200] });
}
