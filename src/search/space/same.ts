/** When two values that JSON can say are the same. */
import type { Json } from '../../tensor/json.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether something can be said in JSON and read again: no NaN, no infinity, nothing undefined. */
export const isJson = (value: unknown): value is Json =>
  value === null ||
  typeof value === 'boolean' ||
  typeof value === 'string' ||
  Number.isFinite(value) ||
  (Array.isArray(value) && value.every(isJson)) ||
  (isRecord(value) && Object.values(value).every(isJson));

/** A text that two values share where they say the same, and no others do: for what is to be found among many. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

/** Whether two values say the same in JSON, fields in any order; 0 and −0 are the same there. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((entry, i) => sameJson(entry, b[i]));
  if (isRecord(a))
    return (
      isRecord(b) &&
      Object.keys(a).length === Object.keys(b).length &&
      Object.entries(a).every(([name, entry]) => Object.hasOwn(b, name) && sameJson(entry, b[name]))
    );
  return a === b;
};
