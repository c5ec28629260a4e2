import { env } from 'node:process';
import type { Environment } from '../util/environment.js';

/** Returns the environment variables of the process as they are now. */
export const environment = (): Environment => env;
