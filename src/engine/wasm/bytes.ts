/** How the binary format of WebAssembly writes numbers, names and vectors (core specification 2.0, sections 5.1 and 5.2). */

export type Bytes = number[];

export const unsigned = (to: Bytes, value: number): void => {
  let rest = value;
  while (rest >= 128) {
    to.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  to.push(rest);
};

export const signed = (to: Bytes, value: number): void => {
  let rest = value | 0;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)) {
      to.push(low);
      return;
    }
    to.push(low | 128);
  }
};

/** A NaN is written with the bits of the canonical one: which bits a NaN of JavaScript has, nothing says. */
export const float = (to: Bytes, type: 'f32' | 'f64', value: number): void => {
  const view = new DataView(new ArrayBuffer(8));
  if (type === 'f32') {
    if (Number.isNaN(value)) view.setUint32(0, 0x7fc00000, true);
    else view.setFloat32(0, value, true);
  } else if (Number.isNaN(value)) view.setUint32(4, 0x7ff80000, true);
  else view.setFloat64(0, value, true);
  for (let i = 0; i < (type === 'f32' ? 4 : 8); i++) to.push(view.getUint8(i));
};

export const append = (to: Bytes, from: readonly number[]): void => {
  for (const byte of from) to.push(byte);
};

export const sized = (to: Bytes, from: readonly number[]): void => {
  unsigned(to, from.length);
  append(to, from);
};

export const name = (to: Bytes, text: string): void => sized(to, [...new TextEncoder().encode(text)]);
