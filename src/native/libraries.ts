/** Where systems keep a BLAS, and how to get one. */

/** Names that the system's loader is asked for, the likely fastest first. */
export const librariesOf = (platform: string): readonly string[] =>
  platform === 'darwin'
    ? [
        '/System/Library/Frameworks/Accelerate.framework/Accelerate',
        '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
        '/usr/local/opt/openblas/lib/libopenblas.dylib',
        'libmkl_rt.2.dylib',
      ]
    : platform === 'win32'
      ? ['libopenblas.dll', 'openblas.dll', 'mkl_rt.2.dll', 'mkl_rt.1.dll', 'libblis.dll']
      : [
          'libopenblas.so.0',
          'libopenblas.so',
          'libmkl_rt.so.2',
          'libmkl_rt.so',
          'libblis.so.4',
          'libblis.so',
          'libflexiblas.so.3',
        ];

/** What to install, in words. */
export const adviceOf = (platform: string): string =>
  platform === 'darwin'
    ? 'Accelerate, which macOS brings, or OpenBLAS (brew install openblas)'
    : platform === 'win32'
      ? 'OpenBLAS (libopenblas.dll in a folder of PATH)'
      : 'OpenBLAS (Debian, Ubuntu: apt-get install libopenblas0-pthread; Fedora: dnf install openblas)';

/** Functions that set how many threads a library uses, each called with 1 where it is there. */
export const threadSetters: readonly string[] = [
  'void openblas_set_num_threads(int)',
  'void MKL_Set_Num_Threads(int)',
  'void bli_thread_set_num_threads(int64_t)',
  'int flexiblas_set_num_threads(int)',
  // Accelerate since macOS 15, where 1 is BLAS_THREADING_SINGLE_THREADED.
  'int BLASSetThreading(unsigned int)',
];
