import { constants } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { messageOf, SearchError } from '../../engine/errors.js';
import type { Labels, Query } from '../../evaluate/collection.js';
import { readQrels, readQueries } from '../../evaluate/beir.js';
import {
  formatQrels,
  formatQueries,
  type LabelFiles,
  labelFiles,
  writeLabels,
} from '../../evaluate/write-labels.js';
import type { LabelledQuery, QueryDraft } from '../protocol.js';
import { HttpError } from './http-error.js';

interface Contents {
  queries: readonly Query[];
  labels: Labels;
}

/** What a file may hold without anyone else having changed it. */
type KnownTexts = Record<keyof LabelFiles, readonly string[]>;

const FILES = ['queries', 'qrels'] as const;

/**
 * The labelled queries of a folder. Every change is on disk before it counts as made, and none is made on top of what
 * something else has written.
 */
export class LabelStore {
  #contents: Contents;
  /** As last read or written; after a write that broke off half-way, also what that one would have written. */
  #known: KnownTexts;
  #lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly files: LabelFiles,
    contents: Contents,
    read: Record<keyof LabelFiles, string>,
  ) {
    this.#contents = contents;
    this.#known = { queries: [read.queries], qrels: [read.qrels] };
  }

  /**
   * Reads what a folder has already; it may have nothing, or not exist yet.
   * @throws SearchError `bad-option` that names the file and line that is not as expected
   */
  static async open(folder: string): Promise<LabelStore> {
    const files = labelFiles(folder);
    const written = { queries: await textOf(files.queries), qrels: await textOf(files.qrels) };
    const contents = {
      queries: written.queries.trim() === '' ? [] : await readQueries(files.queries),
      labels:
        written.qrels.trim() === '' ? new Map<string, Map<string, number>>() : await readQrels(files.qrels),
    };
    // What the reader passes over (metadata, scores of 0) would be lost when the file is written again.
    if (written.queries !== formatQueries(contents.queries)) await keepOriginal(files.queries);
    if (written.qrels !== formatQrels(contents.labels)) await keepOriginal(files.qrels);
    return new LabelStore(files, contents, written);
  }

  get queries(): LabelledQuery[] {
    return this.#contents.queries.map(({ id, text }) => this.#labelled(id, text));
  }

  /** @throws HttpError 409, as `update` and `remove` do, when something else has changed the files */
  async add({ text, relevant }: QueryDraft): Promise<LabelledQuery> {
    let id = '';
    await this.#change(({ queries, labels }) => {
      id = nextId(queries, labels);
      return { queries: [...queries, { id, text }], labels: withRelevant(labels, id, relevant) };
    });
    return this.#labelled(id, text);
  }

  /** Undefined when there is no such query. */
  async update(id: string, { text, relevant }: QueryDraft): Promise<LabelledQuery | undefined> {
    if (!this.#has(id)) return undefined;
    await this.#change((before) => {
      // A removal may have come first.
      if (!this.#has(id)) return before;
      return {
        queries: before.queries.map((query) => (query.id === id ? { id, text } : query)),
        labels: withRelevant(before.labels, id, relevant),
      };
    });
    return this.#has(id) ? this.#labelled(id, text) : undefined;
  }

  /** False when there is no such query. */
  async remove(id: string): Promise<boolean> {
    if (!this.#has(id)) return false;
    await this.#change(({ queries, labels }) => ({
      queries: queries.filter((query) => query.id !== id),
      labels: withRelevant(labels, id, []),
    }));
    return true;
  }

  /** Waits until no write is under way. */
  async settled(): Promise<void> {
    await this.#lastWrite.catch(() => undefined);
  }

  #has(id: string): boolean {
    return this.#contents.queries.some((query) => query.id === id);
  }

  #labelled(id: string, text: string): LabelledQuery {
    return { id, text, relevant: [...(this.#contents.labels.get(id)?.keys() ?? [])] };
  }

  /** One change after the other; one that cannot be written is not made. */
  async #change(change: (contents: Contents) => Contents): Promise<void> {
    const write = this.#lastWrite
      .catch(() => undefined)
      .then(async () => {
        const changed = change(this.#contents);
        const texts = { queries: formatQueries(changed.queries), qrels: formatQrels(changed.labels) };
        const found = await this.#unchanged();
        this.#known = {
          queries: [...found.queries, texts.queries],
          qrels: [...found.qrels, texts.qrels],
        };
        await writeLabels(this.files, changed);
        this.#known = { queries: [texts.queries], qrels: [texts.qrels] };
        this.#contents = changed;
      });
    this.#lastWrite = write;
    await write;
  }

  /** What the files hold, all of it known. One that is gone leaves nothing to lose, and may come back as it was. */
  async #unchanged(): Promise<KnownTexts> {
    const found: KnownTexts = { ...this.#known };
    for (const file of FILES) {
      const path = this.files[file];
      const text = await presentText(path);
      if (text === undefined) continue;
      if (!this.#known[file].includes(text))
        throw new HttpError(
          409,
          `Something else has changed ${path}: another "second-look label", an editor, git. Nothing was overwritten. ` +
            'Restart "second-look label" with the same port, reload this page, and make the change again.',
        );
      found[file] = [text];
    }
    return found;
  }
}

/** Labels with other documents for one query. Documents that it had keep their grades. */
function withRelevant(labels: Labels, id: string, relevant: readonly string[]): Labels {
  const before = labels.get(id);
  const changed = new Map(labels);
  if (relevant.length === 0) changed.delete(id);
  else changed.set(id, new Map(relevant.map((document) => [document, before?.get(document) ?? 1])));
  return changed;
}

/** `q1`, `q2` …, above all that are in use. */
function nextId(queries: readonly Query[], labels: Labels): string {
  const used = [...queries.map(({ id }) => id), ...labels.keys()].map((id) =>
    Number(/^q(\d{1,9})$/.exec(id)?.[1] ?? 0),
  );
  return `q${used.reduce((most, number) => Math.max(most, number), 0) + 1}`;
}

async function textOf(path: string): Promise<string> {
  // Any other failure shows when the file is read in earnest.
  return readFile(path, 'utf8').catch((error: unknown) =>
    codeOf(error) === 'ENOENT' ? '' : messageOf(error),
  );
}

/** Undefined where there is no such file. */
async function presentText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // A file in place of its folder, or a folder in its own place: the write says so.
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw new SearchError(
      'bad-option',
      `${path} could not be read, so nothing was written: ${messageOf(error)}.`,
      { cause: error },
    );
  }
}

/** Copies a file to `<file>.orig`, or to `<file>.orig.2` and so on where that is of an earlier time; once. */
async function keepOriginal(path: string, number = 1): Promise<void> {
  const copy = `${path}.orig${number === 1 ? '' : `.${number}`}`;
  try {
    await copyFile(path, copy, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    if (codeOf(error) !== 'EEXIST') throw error;
    if ((await readFile(copy, 'utf8')) !== (await readFile(path, 'utf8')))
      await keepOriginal(path, number + 1);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
