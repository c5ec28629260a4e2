import { describe, expect, it } from 'vitest';
import { userFolder } from '../../src/util/user-folders.js';

describe('userFolder', () => {
  it.each([
    [{ HOME: '/home/me' }, '/home/me/.cache/blogdom'],
    [{ USERPROFILE: '/home/me' }, '/home/me/.cache/blogdom'],
    [{ HOME: '/home/me', XDG_CACHE_HOME: '' }, '/home/me/.cache/blogdom'],
    [{ HOME: '/home/me', XDG_CACHE_HOME: '/cache' }, '/cache/blogdom'],
    [{ HOME: '/home/me', XDG_CACHE_HOME: './cache' }, '/home/me/.cache/blogdom'],
    [{ HOME: 'home' }, undefined],
    [{}, undefined],
  ])('with %j is %s', (env, folder) => {
    expect(userFolder(env, 'XDG_CACHE_HOME')).toBe(folder);
  });

  it('has another name for configuration', () => {
    expect(userFolder({ HOME: '/home/me' }, 'XDG_CONFIG_HOME')).toBe('/home/me/.config/blogdom');
  });
});
