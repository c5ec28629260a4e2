import { afterAll } from 'vitest';
import { closeAll } from './closing.js';

// Vitest runs this file before each test file, even if test files share their modules.
afterAll(closeAll);
