/** The version in package.json, which a test compares with this one. */
export const version = '0.1.0';
