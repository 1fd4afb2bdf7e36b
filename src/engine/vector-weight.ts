/** One word that names something by its path or call: `Array.prototype.map`, `std::vector`, `node:fs`, `push()`. */
const IDENTIFIER = /^\S*[\p{L}\p{N}_$](?:\.|::?|->|[/#])[\p{L}_$]\S*$|^[\p{L}\p{N}_$]+\(\)?$/u;

/**
 * Share of the vectors in the fused score, by the kind of the query. Who types an identifier means its letters, which
 * embeddings blur. Measured on 250 identifiers of the Python docs: nDCG@10 .968 at a quarter, .935 at half; questions
 * and single words do best at about half.
 */
export function vectorWeightFor(text: string): number {
  return IDENTIFIER.test(text) ? 0.25 : 0.5;
}
