import type { Shard } from '../../../names/shard.js';
import type { Environment } from '../../../util/environment.js';
import { quoted } from '../../../util/printable.js';
import { refuse } from '../../shared/parse.js';

/**
 * Reads from the environment which part of a job this machine does: in an indexed job of Kubernetes
 * (kubernetes.io/docs/concepts/workloads/controllers/job) or an array of Slurm (slurm.schedmd.com/job_array.html).
 * Refuses an environment without such a job.
 */
export function shardOfJob(env: Environment): Shard {
  const { JOB_COMPLETION_INDEX, SLURM_ARRAY_TASK_ID, SLURM_ARRAY_TASK_MIN } = env;
  if (JOB_COMPLETION_INDEX) return kubernetesShard(env);
  if (!SLURM_ARRAY_TASK_ID) {
    refuse('--shard auto requires JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID in the environment');
  }
  const count = readNumber(env, 'SLURM_ARRAY_TASK_COUNT', 1);
  const task = readNumber(env, 'SLURM_ARRAY_TASK_ID', 0);
  if (!SLURM_ARRAY_TASK_MIN) {
    // Tasks that are numbered without gaps have different remainders.
    return { index: (task % count) + 1, count };
  }
  const first = readNumber(env, 'SLURM_ARRAY_TASK_MIN', 0);
  if (task < first || task >= first + count) {
    refuse(
      `--shard auto: expected tasks numbered without gaps, from ${first} to ${first + count - 1}, got task ${task}`,
    );
  }
  return { index: task - first + 1, count };
}

/** Kubernetes does not tell its containers how many there are: the manifest sets JOB_COMPLETIONS. */
function kubernetesShard(env: Environment): Shard {
  const count = readNumber(env, 'JOB_COMPLETIONS', 1);
  const index = readNumber(env, 'JOB_COMPLETION_INDEX', 0);
  if (index >= count) {
    refuse(
      `--shard auto: expected JOB_COMPLETION_INDEX to be below JOB_COMPLETIONS, got ${index} and ${count}`,
    );
  }
  return { index: index + 1, count };
}

function readNumber(env: Environment, variable: string, minimum: number): number {
  const { [variable]: value = '' } = env;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= minimum) return number;
  const got = value === '' ? 'none' : quoted(value);
  return refuse(`--shard auto: expected ${variable} to be a whole number from ${minimum}, got ${got}`);
}
