import type { SearchErrorCode, Stage } from '../protocol.js';

/**
 * What happens in a search box, as events of the element; they bubble, out of shadow roots too, so one listener on the
 * document hears them all. Nothing is sent anywhere: a site's own analytics may listen.
 */
abstract class SearchBoxEvent extends Event {
  constructor(type: string, options: EventInit = {}) {
    super(type, { bubbles: true, composed: true, ...options });
  }
}

/** A query has been answered in full, and the visitor has paused: not every keystroke is a search. */
export class SearchedEvent extends SearchBoxEvent {
  constructor(
    readonly query: string,
    /** Pages found, up to the number shown. */
    readonly pages: number,
  ) {
    super('second-look-searched');
  }
}

/** A query has no answer; comes after `second-look-searched`. */
export class NoResultsEvent extends SearchBoxEvent {
  constructor(readonly query: string) {
    super('second-look-no-results');
  }
}

/**
 * A result is about to be opened. `preventDefault()` keeps the browser from following the link, for sites that route by
 * themselves; the box closes all the same.
 */
export class OpenResultEvent extends SearchBoxEvent {
  constructor(
    readonly query: string,
    readonly url: string,
    /** Its place among the rows shown, from 1; 0 for one from the visitor's history. */
    readonly rank: number,
    /** How far the search had come. */
    readonly stage: Stage | undefined,
    /** Whether it opens elsewhere, in a new tab say, and the box stays. */
    readonly elsewhere: boolean,
  ) {
    super('second-look-open-result', { cancelable: true });
  }
}

/** All models of the index are ready. */
export class ModelsReadyEvent extends SearchBoxEvent {
  constructor(
    /** From when they were asked for, in ms. */
    readonly duration: number,
  ) {
    super('second-look-models-ready');
  }
}

/** The search does not work. */
export class SearchErrorEvent extends SearchBoxEvent {
  constructor(
    readonly code: SearchErrorCode,
    readonly message: string,
  ) {
    super('second-look-error');
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'second-look-searched': SearchedEvent;
    'second-look-no-results': NoResultsEvent;
    'second-look-open-result': OpenResultEvent;
    'second-look-models-ready': ModelsReadyEvent;
    'second-look-error': SearchErrorEvent;
  }
}
