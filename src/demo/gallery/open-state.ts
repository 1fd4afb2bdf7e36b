import type { SecondLook, SearchSession } from '../../element/index.js';
import { FIELDS, type Still, STATES } from './states.js';

/** What the built script exports, as far as it is used here. */
interface Script {
  SearchSession: typeof SearchSession;
}

/** Shows a state by the script as sites load it, with a search that asks nothing. */
export async function openState(name: string, main: Element): Promise<void> {
  const state = STATES[name];
  if (!state)
    throw new Error(`There is no state "${name}"; expected one of ${Object.keys(STATES).join(', ')}.`);
  const script = '/second-look/second-look.js';
  const { SearchSession } = (await import(/* @vite-ignore */ script)) as Script;
  const nothing = (): void => undefined;
  class StillSession extends SearchSession {
    override open = nothing;
    override preload = nothing;
    override ask = nothing;
    override loadFilters = (): Promise<void> => Promise.resolve();
  }
  localStorage.clear();
  const box = document.createElement('second-look');
  if (state.inline !== undefined) box.inline = state.inline;
  box.noBack = true;
  box.session = fill(new StillSession(), state);
  if (state.history)
    localStorage.setItem(
      `second-look:history:${new URL('/second-look/', location.href).href}`,
      JSON.stringify(state.history),
    );
  main.append(box);
  await box.updateComplete;
  if (!state.closed) await opened(box);
}

function fill(session: SearchSession, state: Still): SearchSession {
  const { pages, waiting, models } = state;
  for (const field of FIELDS) if (field in state) Object.assign(session, { [field]: state[field] });
  if (pages) session.list.take(pages, false, { active: undefined, inView: 0 });
  if (waiting) session.list.waiting = waiting;
  for (const status of models ?? []) session.models.set(status.model, status);
  return session;
}

async function opened(box: SecondLook): Promise<void> {
  box.open();
  // What is chosen is scrolled to when it can be seen.
  box.session.changed();
  // The history's code comes when the box is opened.
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await box.updateComplete;
  }
}
