import * as E from 'fp-ts/lib/Either.js';
import { Blas } from 'nabla-ts/native';
import { describe, expect, it } from 'vitest';
import { runLaws } from '../run.ts';
import { blasLaws } from './blas.ts';

const opened = await Blas.open()();
if (E.isRight(opened)) runLaws(blasLaws(opened.right));
else {
  const { expected, received } = opened.left;
  describe.skip(`BLAS: left out, for there is none here. Install ${expected}. ${received}`, () => {
    it('multiplies', () => undefined);
  });
}

const missing = (names: readonly string[]): Blas.Loader => ({
  load: (path) => {
    if (!names.includes(path)) throw new Error(`no ${path}`);
    return {
      func: (definition) => {
        if (!definition.includes('gemm')) throw new Error(`no ${definition}`);
        return () => undefined;
      },
    };
  },
});

describe('opening a BLAS', () => {
  it('sets OpenBLAS to one thread', () => {
    if (E.isRight(opened) && opened.right.library.includes('openblas')) expect(opened.right.oneThread).toBe(true);
  });

  it('says what to install where there is no koffi', async () => {
    const none = () => Promise.reject(new Error("Cannot find package 'koffi'"));
    expect(await Blas.openWith(none, 'linux')()()).toMatchObject(
      E.left({ expected: expect.stringContaining('npm install koffi'), received: "Cannot find package 'koffi'" }),
    );
  });

  it.each([
    ['linux', 'libopenblas0-pthread', 'no libopenblas.so.0'],
    ['darwin', 'Accelerate', 'no /System/Library'],
    ['win32', 'libopenblas.dll', 'no mkl_rt.2.dll'],
    ['freebsd', 'OpenBLAS', 'no libopenblas.so'],
  ])('says what to install on %s', async (platform, expected, received) => {
    expect(await Blas.openWith(async () => missing([]), platform)()()).toMatchObject(
      E.left({ expected: expect.stringContaining(expected), received: expect.stringContaining(received) }),
    );
  });

  it('takes the first that is there, and says that it could not set its threads', async () => {
    const found = await Blas.openWith(async () => missing(['libblis.so.4', 'libmkl_rt.so']), 'linux')()();
    expect(found).toMatchObject(E.right({ library: 'libmkl_rt.so', oneThread: false }));
  });

  it('takes the one that is asked for, or none', async () => {
    const open = Blas.openWith(async () => missing(['libopenblas.so.0', 'mine.so']), 'linux');
    expect(await open('mine.so')()).toMatchObject(E.right({ library: 'mine.so' }));
    expect(await open('yours.so')()).toMatchObject(E.left({ received: 'yours.so: no yours.so' }));
  });
});
