/** Returns the code of an error of the system, such as `ENOENT`; undefined if it has none. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EROFS: 'its file system is read-only',
  ENXIO: 'nobody reads from it',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EFBIG: 'the file would be too large',
  ERR_UTF_16: 'it is in UTF-16 without a byte order mark; expected UTF-8',
};

/** Says in words why a file cannot be read or written. */
export function whyUnusable(error: unknown, use: 'read' | 'write'): string {
  const code = codeOf(error) ?? (error instanceof Error ? error.message : String(error));
  if (code === 'ENOENT') return `there is no such ${use === 'read' ? 'file' : 'folder'}`;
  if (code === 'EACCES' || code === 'EPERM') return `you do not have permission to ${use} it`;
  return reasons[code] ?? `it cannot be ${use === 'read' ? 'read' : 'written'} (${code})`;
}
