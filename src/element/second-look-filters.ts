import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { filterIcon } from './icons.js';
import { SearchPart } from './search-part.js';
import { filtersStyles } from './second-look-filters.styles.js';

/** Values of a key shown at once; the others are a click away. */
const SHOWN = 8;

/**
 * What the results can be narrowed to: a group of boxes to tick for each filter key of the site, with how many pages
 * have each value. Nothing where the site has no filters.
 *
 * @summary The filters of a search.
 *
 * @csspart filters - The groups.
 * @csspart filter - A group.
 * @csspart value - A value with its box.
 */
@customElement('second-look-filters')
export class SecondLookFilters extends SearchPart {
  static override readonly partStyles = filtersStyles;

  /** Keys to show, in this order, with spaces between; all of the site's unless given. */
  @property() keys = '';

  /** Folds the groups away behind a button. */
  @property({ type: Boolean }) folded = false;

  /** Keys whose values are all shown. */
  @state() private unfolded: readonly string[] = [];
  @state() private open = false;
  #loaded: unknown;

  get #shownKeys(): string[] {
    const known = this.search.info?.filters ?? [];
    const wanted = this.keys.split(/\s+/).filter(Boolean);
    return wanted.length > 0 ? wanted.filter((key) => known.includes(key)) : known;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { info } = this.search;
    if ((this.folded && !this.open) || this.#shownKeys.length === 0 || this.#loaded === info) return;
    // Once for an open index.
    this.#loaded = info;
    void this.search.loadFilters();
  }

  protected override render(): TemplateResult | typeof nothing {
    const keys = this.#shownKeys;
    if (keys.length === 0) return nothing;
    const { messages, filters, id } = this.search;
    const count = Object.values(filters).flat().length;
    return html`
      ${
        this.folded
          ? html`<button
              class="fold"
              type="button"
              aria-expanded=${this.open}
              aria-controls="${id}-filters"
              @click=${() => (this.open = !this.open)}
            >
              ${filterIcon} ${messages.filters}
              ${
                count > 0
                  ? html`<span class="count" aria-hidden="true">${count}</span
                      ><span class="unseen">${messages.chosen(count)}</span>`
                  : nothing
              }
            </button>`
          : nothing
      }
      <div class="groups" id="${id}-filters" part="filters" ?hidden=${this.folded && !this.open}>
        ${keys.map((key) => this.#group(key))}
      </div>
    `;
  }

  #group(key: string): TemplateResult {
    const { filters, counts, messages } = this.search;
    const chosen = filters[key] ?? [];
    const known = Object.entries(counts[key] ?? {}).sort(
      ([one, many], [other, few]) => few - many || one.localeCompare(other),
    );
    const values = [
      ...chosen
        .filter((value) => !known.some(([other]) => other === value))
        .map((value) => [value, 0] as const),
      ...known,
    ];
    const all = this.unfolded.includes(key) || values.length <= SHOWN;
    return html`<fieldset part="filter">
      <legend>${key}</legend>
      ${(all ? values : values.slice(0, SHOWN)).map(
        ([value, pages]) =>
          html`<label part="value">
            <input
              type="checkbox"
              .checked=${chosen.includes(value)}
              @change=${() => this.search.choose(key, toggled(chosen, value))}
            />
            <bdi>${value}</bdi>
            ${
              pages > 0
                ? html`<span class="pages"
                    ><span aria-hidden="true">${pages}</span
                    ><span class="unseen">${messages.pages(pages)}</span></span
                  >`
                : nothing
            }
          </label>`,
      )}
      ${
        all
          ? nothing
          : html`<button class="all" type="button" @click=${() => (this.unfolded = [...this.unfolded, key])}>
              ${messages.more}<span class="unseen">: ${key}</span>
            </button>`
      }
    </fieldset>`;
  }
}

function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

declare global {
  interface HTMLElementTagNameMap {
    'second-look-filters': SecondLookFilters;
  }
}
