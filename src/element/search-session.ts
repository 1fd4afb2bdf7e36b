import { createSearch, type Search } from '../client/create-search.js';
import { savesData } from '../client/saves-data.js';
import {
  type FacetCounts,
  type ModelStatus,
  RUNTIME,
  SearchError,
  type SearchUpdate,
  type SectionResult,
} from '../protocol.js';
import { Announcer } from './announcer.js';
import { type Attention, CalmList, pagesTo } from './calm-list.js';
import {
  ModelsReadyEvent,
  NoResultsEvent,
  OpenResultEvent,
  SearchedEvent,
  SearchErrorEvent,
} from './events.js';
import { ENGLISH, type Messages } from './messages.js';
import type { OpenedResult } from './search-history.js';
import { decideOnModels, type ModelChoice, rememberConsent } from './model-consent.js';

/** Pages shown at first, and added by "show more". */
const PAGES = 10;
/** The engine lists no more. */
const MOST_PAGES = 100;
/** A query counts as a search once nothing has been typed for so long, in ms. */
const PAUSE = 1000;
/** How long the order by words and vectors waits for the second look to begin, in ms, before rows in view move by it. */
const PATIENCE = 1500;
/** A search has an embedder and a reranker at most. */
const MODELS = 2;

export interface SessionOptions {
  /** URL of the index folder, or of several with spaces between. */
  index: string;
  models: ModelChoice;
  /** The language to search in, BCP 47; that of the page where undefined. */
  language: string | undefined;
}

/** In place of a row's URL: the one that asks for more. */
export const MORE = 'more:';

/** The element that shows the rows, as the session needs it. */
export interface ResultsSurface {
  /** How many pages, from the first, the visitor can see, and whether they have scrolled to them. */
  view(): Pick<Attention, 'inView' | 'hasScrolled'>;
  /** Follows a row's link as a click with these modifier keys would. */
  follow(url: string, keys: KeyboardEvent): void;
  /** Moves the focus to the first row. */
  focusFirst(): void;
}

/** Values chosen, by filter key. */
export type ChosenFilters = Readonly<Record<string, readonly string[]>>;

let sessions = 0;

/**
 * One search, which several elements show parts of: what is asked, what is answered, and what the visitor has chosen.
 * Elements read it, call what is to happen, and are told when it changes.
 */
export class SearchSession {
  /** Beginning of the DOM ids of its elements. */
  readonly id = `second-look-${(sessions += 1)}`;
  readonly list = new CalmList();
  readonly announcer = new Announcer(() => this.changed());
  messages: Messages = ENGLISH;

  text = '';
  filters: ChosenFilters = {};
  /** URL of the row that the visitor has moved to; none until they move. */
  active: string | undefined;
  update: SearchUpdate | undefined;
  error: SearchError | undefined;
  /** What the index holds; undefined until it is open. */
  info: Search['info'] | undefined;
  readonly models = new Map<ModelStatus['model'], ModelStatus>();
  /** Whether the visitor is asked if models may be fetched. */
  offersModels = false;
  /** Pages by filter key and value: of the whole site, and of the query where nothing of the key is chosen. */
  counts: FacetCounts = {};
  #ofSite: FacetCounts = {};

  /** Whether a result's link highlights the words that it was found by. */
  highlightsTarget = true;
  /** Called when a result is opened, here or elsewhere. */
  onOpen: ((result: OpenedResult) => void) | undefined;
  /** Called when a result is opened here, with its link unless the site sees to that; says whether it follows it itself. */
  onLeave: ((href: string | undefined) => boolean) | undefined;

  /** Where events are dispatched. */
  owner: EventTarget | undefined;
  results: ResultsSurface | undefined;

  readonly #listeners = new Set<() => void>();
  #options: SessionOptions | undefined;
  #search: Promise<Search> | undefined;
  /** What the index was opened with. */
  #opened: string | undefined;
  /** What the visitor has said on this page of models. */
  #withModels: boolean | undefined;
  #limit = PAGES;
  #asked = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #modelsWanted: number | undefined;
  #areReady = false;
  #enterWaits: KeyboardEvent | undefined;

  /** Calls back after every change, until the function that it returns is called; the last listener's end frees the worker. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  /** Tells the elements. */
  changed(): void {
    // A row that was chosen may be gone, with the query before or with a better order.
    if (this.active && !this.#stops.includes(this.active)) this.active = undefined;
    for (const listener of this.#listeners) listener();
  }

  /** Says what to search. An index that is open already is left for the other one when there is something to ask. */
  configure(options: SessionOptions): void {
    this.#options = options;
  }

  get isConfigured(): boolean {
    return this.#options !== undefined;
  }

  /** Opens the index, which costs kilobytes; done once for the same options, and again after an error. */
  open(): void {
    const { index, models, language } = this.#options ?? { index: '/second-look/', models: 'auto' };
    const { policy, offer } = decideOnModels(models, savesData());
    const withModels = this.#withModels ?? policy === 'on';
    const key = JSON.stringify([index, withModels, language]);
    if (this.#search && key === this.#opened && !this.error) return;
    this.#close();
    this.#opened = key;
    this.offersModels = offer && this.#withModels === undefined;
    const isCurrent = (): boolean => this.#search === opening;
    const opening = createSearch({
      index: index.trim().split(/\s+/),
      models: withModels ? 'on' : 'off',
      ...(language !== undefined && { language }),
      onStatus: (status) => {
        if (isCurrent()) this.#onStatus(status);
      },
    });
    this.#search = opening;
    opening.then(
      ({ info }) => {
        if (!isCurrent()) return;
        this.info = info;
        this.offersModels &&= info.modelBytes > 0;
        this.#tellReady();
        this.changed();
      },
      (error: unknown) => {
        if (isCurrent()) this.#fail(error);
      },
    );
    // What was asked of the one before is asked of this one.
    if (this.asks) void this.#run();
  }

  /** Begins to load the models, which costs megabytes. */
  preload(): void {
    this.open();
    this.#onceOpen((search) => search.preload());
  }

  /** An index that cannot be opened is told of elsewhere. */
  #onceOpen(use: (search: Search) => void): void {
    this.#search?.then(use, () => undefined);
  }

  /** The visitor's answer to whether models may be fetched. */
  answerOffer(answer: 'yes' | 'no'): void {
    rememberConsent(answer);
    this.offersModels = false;
    if (answer === 'yes') this.reopen(true);
    else this.changed();
  }

  /** Stops a download of models; the search goes on without, until the page is loaded again. */
  cancelModels(): void {
    this.reopen(false);
  }

  /** Opens the index where something has changed: with models or without, or after an error. */
  reopen(withModels = this.#withModels): void {
    this.#withModels = withModels;
    this.open();
    if (withModels) this.preload();
    this.changed();
  }

  /** Whether there is anything to ask. */
  get asks(): boolean {
    return this.text.trim() !== '' || Object.keys(this.filters).length > 0;
  }

  /** Whether an answer is on its way. */
  get isBusy(): boolean {
    return this.asks && this.update?.stage !== 'done' && !this.error;
  }

  /** Every row in the order shown. */
  get rows(): SectionResult[] {
    return this.error ? [] : this.list.shown.flatMap((page) => page.sections);
  }

  /** The DOM id of a row; rows are known by their URL, wherever they stand. */
  rowId(url: string): string {
    return this.idAt(this.#stops.indexOf(url));
  }

  /** The DOM id of the row at a place. */
  idAt(place: number): string {
    return `${this.id}-row-${place}`;
  }

  /** What one moves to: the rows by their URL, and the one for more. */
  get #stops(): string[] {
    const urls = this.rows.map(({ url }) => url);
    return this.hasMore && urls.length > 0 ? [...urls, MORE] : urls;
  }

  /** Asks; the answer to an earlier question is dropped at once. */
  ask(text: string): void {
    if (text !== this.text) this.#limit = PAGES;
    this.text = text;
    this.#begin();
  }

  /** Asks only of pages that have any of the values chosen of each key. */
  choose(key: string, values: readonly string[]): void {
    const others = Object.entries(this.filters).filter(([other]) => other !== key);
    this.filters = Object.fromEntries(values.length > 0 ? [...others, [key, values]] : others);
    this.#begin();
  }

  /** Asks of all pages again. */
  clearFilters(): void {
    this.filters = {};
    this.#begin();
  }

  #begin(): void {
    this.active = undefined;
    this.stay();
    this.#rest();
    if (this.asks) {
      this.open();
      this.list.begin();
      void this.#run();
    } else {
      this.#asked++;
      this.update = undefined;
      this.list.clear();
      this.counts = this.#ofSite;
    }
    this.changed();
  }

  /** Whether the list may be longer. */
  get hasMore(): boolean {
    return this.list.shown.length >= this.#limit && this.#limit < MOST_PAGES;
  }

  /** Lists more pages; those shown stay, and so does the visitor's place among them. */
  more(): void {
    this.#limit = Math.min(MOST_PAGES, this.#limit + PAGES);
    if (this.active === MORE) this.active = this.rows.at(-1)?.url;
    this.list.extend();
    void this.#run();
    this.changed();
  }

  /** Moves to a row. */
  moveTo(url: string | undefined): void {
    if (this.active === url) return;
    this.active = url;
    this.changed();
  }

  /** Moves so many rows on, round at the ends. */
  move(step: number): void {
    const stops = this.#stops;
    const at = stops.indexOf(this.active ?? '');
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
    this.moveTo(stops[next]);
  }

  /** Shows the better order that waits; the row that the visitor has moved to stays chosen, wherever it goes. */
  reveal(): void {
    this.list.reveal();
    this.changed();
  }

  /**
   * Follows the active row, or the first; with a modifier key, elsewhere as the browser would. Rows of an earlier query
   * are never followed: Enter waits for the first ones of this query.
   */
  follow(keys: KeyboardEvent): void {
    const url = this.active ?? this.rows[0]?.url;
    if (url === MORE) {
      this.more();
      return;
    }
    const follows = url !== undefined && this.update?.query === this.text.trim();
    this.#enterWaits = follows ? undefined : keys;
    if (follows) this.results?.follow(url, keys);
  }

  /**
   * A row is being opened.
   * @param href where its link leads
   * @param elsewhere in a new tab, say; this list is still wanted then
   * @returns whether the browser is to follow the link
   */
  opens({ url, trail }: Pick<OpenedResult, 'url' | 'trail'>, href: string, elsewhere: boolean): boolean {
    const rank = this.rows.findIndex((row) => row.url === url) + 1;
    const query = this.text.trim();
    const follows = this.emit(new OpenResultEvent(query, url, rank, this.update?.stage, elsewhere));
    const { title = '' } = this.list.shown[pagesTo(this.list.shown, url) - 1] ?? {};
    this.onOpen?.({ url, trail, title });
    if (elsewhere) return true;
    // A site that routes by itself has the box closed all the same.
    const isFollowed = this.onLeave?.(follows ? href : undefined) ?? false;
    return follows && !isFollowed;
  }

  /** Forgets an Enter that waits for rows. */
  stay(): void {
    this.#enterWaits = undefined;
  }

  /** Reads which filters the site has, and how many pages there are of each value. */
  async loadFilters(): Promise<void> {
    try {
      const search = await this.#search;
      const counts = await search?.filters();
      if (!counts) return;
      this.#ofSite = counts;
      this.counts = { ...counts, ...this.counts };
      this.changed();
    } catch (error) {
      // Pages are found all the same.
      console.error(error);
    }
  }

  async #run(): Promise<void> {
    const asked = ++this.#asked;
    this.update = undefined;
    try {
      const search = await this.#search;
      if (!search || asked !== this.#asked) return;
      const { filters } = this;
      const facets = search.info.filters.length > 0 || undefined;
      for await (const update of search.query(this.text, { limit: this.#limit, filters, facets })) {
        if (asked !== this.#asked) return;
        this.#take(update);
      }
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    }
  }

  #take(update: SearchUpdate): void {
    this.update = update;
    clearTimeout(this.#patience);
    const { read, of = -1 } = update.progress ?? {};
    // What comes with the end are excerpts.
    this.#show(update, update.stage === 'done' || read === of);
    if (update.stage === 'hybrid') this.#patience = setTimeout(() => this.#show(update, true), PATIENCE);
    this.#count(update.facets);
    const { messages, announcer } = this;
    const found = update.results.length;
    if (found > 0) announcer.say(messages.found(found));
    if (update.stage === 'done') {
      if (found === 0) announcer.say(messages.noResults(update.query));
      else if (this.list.waiting) announcer.say(`${messages.found(found)}. ${messages.waiting}`);
      else if (this.list.hasMoved) announcer.say(`${messages.found(found)}. ${messages.reordered}`);
      // More rows of a query are no other search.
      this.#pause ??= setTimeout(() => {
        this.emit(new SearchedEvent(update.query, found));
        if (found === 0) this.emit(new NoResultsEvent(update.query));
      }, PAUSE);
    }
    if (this.#enterWaits) this.follow(this.#enterWaits);
    // Rows that come later are not what Enter was pressed for.
    if (update.stage === 'done') this.stay();
  }

  #show({ results }: SearchUpdate, isFinal: boolean): void {
    const view = this.results?.view() ?? { inView: 0 };
    this.list.take(results, isFinal, { active: this.active, ...view });
    this.changed();
  }

  /** Of a key with chosen values the engine counts only pages that have these: the counts from before are kept. */
  #count(facets: FacetCounts = {}): void {
    const open = Object.entries(facets).filter(([key]) => !(key in this.filters));
    this.counts = { ...this.counts, ...Object.fromEntries(open) };
  }

  /** Dispatches an event; false where a listener has prevented what would follow. */
  emit(event: Event): boolean {
    return this.owner?.dispatchEvent(event) ?? true;
  }

  #rest(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#patience);
    this.#pause = undefined;
    this.announcer.hush();
  }

  #close(): void {
    this.#asked++;
    this.#rest();
    this.#onceOpen((search) => search.dispose());
    this.#search = undefined;
    this.update = undefined;
    this.error = undefined;
    this.info = undefined;
    this.models.clear();
    this.#modelsWanted = undefined;
    this.#areReady = false;
    this.counts = this.#ofSite = {};
  }

  #onStatus(status: ModelStatus): void {
    this.models.set(status.model, status);
    this.#modelsWanted ??= performance.now();
    this.#tellReady();
    this.changed();
  }

  /** Tells once that all models are ready: they are loaded one after another. */
  #tellReady(): void {
    if (this.#areReady || !this.info) return;
    const files = Object.keys(this.info.modelFiles).filter((file) => file !== RUNTIME);
    const ready = [...this.models.values()].filter(({ state }) => state === 'ready').length;
    if (ready === 0 || ready < Math.min(MODELS, files.length)) return;
    this.#areReady = true;
    this.emit(new ModelsReadyEvent(performance.now() - this.#modelsWanted!));
  }

  #fail(error: unknown): void {
    // A query hears of the index's error too.
    if (error === this.error) return;
    this.error =
      error instanceof SearchError
        ? error
        : new SearchError('worker-failed', `${String(error)}. Reload the page.`);
    console.error(this.error.message);
    this.emit(new SearchErrorEvent(this.error.code, this.error.message));
    this.changed();
  }
}
