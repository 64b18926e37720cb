import * as E from 'fp-ts/lib/Either.js';
import { Blas, Native } from 'nabla-ts/native';
import { describe, expect, it } from 'vitest';
import { runLaws } from '../run.ts';
import { nativeLaws } from './engine.ts';

const opened = await Blas.open()();
if (E.isRight(opened)) runLaws(nativeLaws(opened.right));
else {
  const { expected, received } = opened.left;
  describe.skip(`native engine: left out, for there is no BLAS here. Install ${expected}. ${received}`, () => {
    it('trains', () => undefined);
  });
}

describe('making a native engine', () => {
  it('has its name', async () => {
    const made = await Native.create()();
    if (E.isRight(opened)) expect(made).toMatchObject(E.right({ name: 'native' }));
    else expect(made).toEqual(opened);
  });

  it('fails where the library that is asked for is missing, and names it', async () => {
    expect(await Native.create({ library: 'no-such-library.so' })()).toMatchObject(
      E.left({ where: 'native engine', received: expect.stringContaining('no-such-library.so') }),
    );
  });
});
