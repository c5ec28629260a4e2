import { describe, expect, it } from 'vitest';
import { blogdom, sortedLines } from '../../../helpers/command.js';

const list = (shard: string, env = {}) => blogdom(['--list', '--shard', shard], { env });

/** The names of a shard of the default list. */
async function namesOf(shard: string, env = {}): Promise<string[]> {
  const { stdout, status, stderr } = await list(shard, env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return sortedLines(stdout);
}

describe('--shard', () => {
  it('divides the names into parts that together hold each name once', async () => {
    const parts = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => namesOf(shard)));
    const { stdout } = await blogdom(['--list']);
    expect(parts.flat().toSorted()).toEqual(sortedLines(stdout));
  });

  it('gives a whole name to the same part, however it is written', async () => {
    const args = ['--list', 'Bücher.DEV', 'xn--bcher-kva.dev.'];
    const outputs = await Promise.all(['1/2', '2/2'].map((shard) => blogdom([...args, '--shard', shard])));
    expect(outputs.map(({ stdout }) => stdout).join('')).toBe('xn--bcher-kva.dev\n');
  });

  it.each([['0/2'], ['3/2'], ['x']])('refuses %s', async (shard) => {
    expect(await list(shard)).toMatchObject({
      status: 2,
      stderr: `blogdom: --shard: expected I/N with I from 1 to N, such as 2/3, or auto, got "${shard}"\n`,
    });
  });
});

describe('--shard auto', () => {
  it.each([
    ['the first Kubernetes pod', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '3' }, '1/3'],
    ['the last Kubernetes pod', { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '3' }, '3/3'],
    [
      'a task of a Slurm array from 1',
      { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '3', SLURM_ARRAY_TASK_MIN: '1' },
      '3/3',
    ],
    [
      'a task of a Slurm array from 0',
      { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_COUNT: '3', SLURM_ARRAY_TASK_MIN: '0' },
      '1/3',
    ],
    [
      'a Slurm array of which the first task is not known',
      { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '3' },
      '1/3',
    ],
  ])('takes the part of %s', async (_job, env, shard) => {
    expect(await namesOf('auto', env)).toEqual(await namesOf(shard));
  });

  it.each([
    [{}, ' requires JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID in the environment'],
    [{ JOB_COMPLETION_INDEX: '0' }, ': expected JOB_COMPLETIONS to be a whole number from 1, got none'],
    [
      { JOB_COMPLETION_INDEX: 'x', JOB_COMPLETIONS: '3' },
      ': expected JOB_COMPLETION_INDEX to be a whole number from 0, got "x"',
    ],
    [
      { JOB_COMPLETION_INDEX: '3', JOB_COMPLETIONS: '3' },
      ': expected JOB_COMPLETION_INDEX to be below JOB_COMPLETIONS, got 3 and 3',
    ],
    [{ SLURM_ARRAY_TASK_ID: '1' }, ': expected SLURM_ARRAY_TASK_COUNT to be a whole number from 1, got none'],
    [
      { SLURM_ARRAY_TASK_ID: '4', SLURM_ARRAY_TASK_COUNT: '3', SLURM_ARRAY_TASK_MIN: '0' },
      ': expected tasks numbered without gaps, from 0 to 2, got task 4',
    ],
  ])('explains what is wrong with %j', async (env, problem) => {
    expect(await list('auto', env)).toMatchObject({
      status: 2,
      stderr: `blogdom: --shard auto${problem}\n`,
    });
  });
});
