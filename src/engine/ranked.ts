/** A passage's id and its score in one ranking; higher is better. */
export interface Ranked {
  passage: number;
  score: number;
}
