import type { ModelPolicy } from '../protocol.js';
import { recall, remember } from './browser-storage.js';

/**
 * Whether a box loads models: `auto` where the visitor does not ask to save data, who is asked otherwise; `ask` asks
 * every visitor, once; `on` and `off` say it for all.
 */
export type ModelChoice = ModelPolicy | 'ask';

const KEY = 'models';

/** What to open an index with, and whether the visitor is to be asked. */
export interface ModelDecision {
  policy: 'on' | 'off';
  offer: boolean;
}

/** Decides by what the page says, and by what the visitor has said before. */
export function decideOnModels(choice: ModelChoice, savesData: boolean): ModelDecision {
  const asks = choice === 'ask' || (choice === 'auto' && savesData);
  if (!asks) return { policy: choice === 'off' ? 'off' : 'on', offer: false };
  const answer = recall(KEY);
  return { policy: answer === 'yes' ? 'on' : 'off', offer: answer !== 'yes' && answer !== 'no' };
}

/** Keeps the visitor's answer for the next time. */
export function rememberConsent(answer: 'yes' | 'no'): void {
  remember(KEY, answer);
}
