/** What JSON can say. Descriptions and configurations are of this type, so that every value of them can be saved. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
