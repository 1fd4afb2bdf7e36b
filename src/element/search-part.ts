import { type CSSResult, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { adoptStyles } from './adopt-styles.js';
import type { SearchSession } from './search-session.js';
import { sessionNamed } from './session-registry.js';
import { tokenStyles } from './tokens.styles.js';

/**
 * An element that shows part of a search. It renders into itself, not into a shadow root: the input names the list and
 * the active row by id, and ids do not reach across shadow roots. Its styles go to the root that it is in, the page or the
 * shadow root of `<second-look>`, and select by its name.
 */
export abstract class SearchPart extends LitElement {
  /** The styles of this kind of element. */
  static readonly partStyles: CSSResult;

  /** Elements of the same name show one search. */
  @property() name = '';

  /** The search that it shows; that of its name, unless given. */
  @property({ attribute: false }) session: SearchSession | undefined;

  #stopListening: () => void = () => undefined;

  protected get search(): SearchSession {
    return this.session ?? sessionNamed(this.name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { partStyles } = this.constructor as typeof SearchPart;
    adoptStyles(this.getRootNode(), [tokenStyles, partStyles]);
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session') || changed.has('name')) this.#listen();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #listen(): void {
    // The new before the old: a session without a listener closes its index.
    const stopListening = this.#stopListening;
    this.#stopListening = this.search.listen(() => this.requestUpdate());
    stopListening();
  }
}
