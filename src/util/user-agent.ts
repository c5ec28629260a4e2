import packageJson from '../../package.json' with { type: 'json' };

const { name, version, homepage }: { name: string; version: string; homepage?: string } = packageJson;

/** Says who asks (RFC 9110 section 10.1.5): `blogdom/1.0.0`, with the address of the project if the package has one. */
export const userAgent: string =
  homepage === undefined ? `${name}/${version}` : `${name}/${version} (+${homepage})`;
