import type { LabelSession } from './label-session.js';

/** How things stand, shown and said. */
export function statusText({ sheet, looking, work, saver, failure }: LabelSession): string {
  if (!sheet) return failure ? '' : 'Opening the index';
  if (saver.failure !== undefined) return 'Not saved';
  if (looking) return work.text === '' ? 'Choosing a section' : 'Looking for sections';
  if (saver.saving) return 'Saving';
  if (work.id === undefined) return '';
  const found = work.pool ? ` · ${work.pool.sections.length} sections to judge` : '';
  return (work.relevant.length > 0 ? `Saved, ${work.relevant.length} right` : 'Saved as a draft') + found;
}
