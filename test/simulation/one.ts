import { check } from './check.js';
import { play } from './play.js';
import type { World } from './world.js';

const w = JSON.parse(process.argv[2] ?? '') as World;
const p = await play(w);
console.log(JSON.stringify(check(w, p).problems).slice(0, 300), p.queries, p.time);
