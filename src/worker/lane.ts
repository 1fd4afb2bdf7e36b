import * as Comlink from 'comlink';
import { layOut } from '../engine/encoder/encoder-layout.js';
import type { EncoderShape } from '../engine/encoder/encoder-shape.js';
import { startEncoder } from '../engine/encoder/start-encoder.js';
import type { Output, Session } from '../engine/model/session.js';
import type { ModelInput } from '../engine/model/tokenizer.js';

/** What the search worker asks of a worker that reads beside it. */
export interface LaneApi {
  /** @param parts of the encoder's file, as its layout has them */
  open(shape: EncoderShape, parts: Uint8Array, name: string): Promise<void>;
  run(batch: readonly ModelInput[]): Promise<Output>;
}

let session: Session | undefined;

const api: LaneApi = {
  async open(shape, parts, name) {
    session = await startEncoder({ shape, layout: layOut(shape), parts }, name);
  },
  async run(batch) {
    if (!session) throw new Error('The encoder is not open.');
    return session.run(batch);
  },
};

Comlink.expose(api);
