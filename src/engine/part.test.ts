import { describe, expect, it, vi } from 'vitest';
import { SearchError } from './errors.js';
import { Part } from './part.js';

describe('Part', () => {
  it('opens when first needed, and once', async () => {
    const start = vi.fn(() => Promise.resolve('model'));
    const part = new Part(start);
    expect(start).not.toHaveBeenCalled();
    expect(await Promise.all([part.open(), part.open(), part.use((model) => model.length)])).toEqual([
      'model',
      'model',
      5,
    ]);
    expect(start).toHaveBeenCalledOnce();
    expect(part.failure).toBeUndefined();
  });

  it('gives undefined and keeps the reason when it cannot open, and does not try again', async () => {
    const start = vi.fn(() => Promise.reject<string>(new Error('The file is missing.')));
    const work = vi.fn((model: string) => model);
    const part = new Part(start);
    expect(await part.open()).toBeUndefined();
    expect(await part.use(work)).toBeUndefined();
    expect(part.failure).toBe('The file is missing.');
    expect(work).not.toHaveBeenCalled();
    expect(start).toHaveBeenCalledOnce();
  });

  it('tries a missing file again, but not at once: the network may be back', async () => {
    vi.useFakeTimers();
    try {
      const start = vi.fn(() => Promise.resolve('model'));
      start.mockRejectedValueOnce(new SearchError('missing-file', 'HTTP 503'));
      const part = new Part(start);
      expect(await part.open()).toBeUndefined();
      expect(await part.open()).toBeUndefined();
      expect(start).toHaveBeenCalledOnce();
      vi.advanceTimersByTime(10_000);
      expect(await part.open()).toBe('model');
      expect(part.failure).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets go of what nobody has used for long, and opens it anew when it is needed', async () => {
    vi.useFakeTimers();
    try {
      const start = vi.fn(() => Promise.resolve('model'));
      const ended: string[] = [];
      const part = new Part(start, 1000, (model) => ended.push(model));
      await part.use(async () => vi.advanceTimersByTimeAsync(5000));
      expect(ended).toEqual([]);
      await vi.advanceTimersByTimeAsync(900);
      await part.use(() => undefined);
      await vi.advanceTimersByTimeAsync(900);
      expect(ended).toEqual([]);
      await vi.advanceTimersByTimeAsync(200);
      expect(ended).toEqual(['model']);
      expect(await part.use((model) => model)).toBe('model');
      expect(start).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is used again after a file was missing for its work, without being opened again', async () => {
    vi.useFakeTimers();
    try {
      const start = vi.fn(() => Promise.resolve('model'));
      const part = new Part(start);
      const missing = (): Promise<string> => Promise.reject(new SearchError('missing-file', 'HTTP 503'));
      expect(await part.use(missing)).toBeUndefined();
      expect(part.failure).toBe('HTTP 503');
      expect(await part.use((model) => model)).toBeUndefined();
      vi.advanceTimersByTime(10_000);
      expect(await part.use((model) => model)).toBe('model');
      expect(part.failure).toBeUndefined();
      expect(start).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it('counts as failed from then on when its work fails', async () => {
    const part = new Part(() => Promise.resolve('model'));
    expect(await part.use(() => Promise.reject<string>(new Error('Out of memory.')))).toBeUndefined();
    expect(part.failure).toBe('Out of memory.');
    expect(await part.use((model) => model)).toBeUndefined();
  });

  it('is used again after its work failed, once it has been let go and is opened anew', async () => {
    vi.useFakeTimers();
    try {
      const start = vi.fn(() => Promise.resolve('model'));
      const part = new Part(start, 1000);
      await part.use(() => Promise.reject<string>(new Error('Out of memory.')));
      expect(await part.use((model) => model)).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1100);
      expect(await part.use((model) => model)).toBe('model');
      expect(part.failure).toBeUndefined();
      expect(start).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps a reason that is no Error', async () => {
    const part = new Part(() => Promise.reject<string>('refused'));
    await part.open();
    expect(part.failure).toBe('refused');
  });

  it('throws the reason for an abort, and does not count as failed for it', async () => {
    const part = new Part(() => Promise.resolve('model'));
    const controller = new AbortController();
    const read = (): Promise<never> => {
      controller.abort(new Error('newer query'));
      return Promise.reject(new Error('stopped in the middle'));
    };
    const work = part.use(read, controller.signal);
    await expect(work).rejects.toThrow('newer query');
    expect(part.failure).toBeUndefined();
    expect(await part.use((model) => model)).toBe('model');
  });

  it('says at once why it is absent, and is not opened', async () => {
    const part = Part.absent<string>('Models are switched off.');
    expect(part.failure).toBe('Models are switched off.');
    expect(await part.use((model) => model)).toBeUndefined();
    expect(part.failure).toBe('Models are switched off.');
  });

  it('is let go after a time without use, and opens anew when it is needed', async () => {
    vi.useFakeTimers();
    try {
      let opened = 0;
      const part = new Part(() => Promise.resolve(++opened), 1000);
      expect(await part.open()).toBe(1);
      await vi.advanceTimersByTimeAsync(900);
      expect(await part.use((model) => model)).toBe(1);
      await vi.advanceTimersByTimeAsync(900);
      let end = (): void => undefined;
      const used = part.use((model) => new Promise<number>((resolve) => (end = () => resolve(model))));
      await vi.advanceTimersByTimeAsync(5000);
      expect(await part.use((model) => model)).toBe(1);
      end();
      expect(await used).toBe(1);
      await vi.advanceTimersByTimeAsync(1100);
      expect(await part.use((model) => model)).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
