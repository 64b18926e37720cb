/** Lets a thread read TypeScript, which Node 20 does not by itself: for `--import`. In a thread `tsx` alone reads no modules. */
import { register } from 'tsx/esm/api';

register();
