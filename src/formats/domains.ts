/** A domain in a reason, such as `.com`; not where its name is what matters, as in "there is no top-level domain .com". */
const domain = /(?<=\s)(?<!domain )\.[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*(?=[\s,;:]|$)/gu;

/**
 * Replaces the domains in a reason, so that reasons that differ by nothing else become the same one.
 *
 * @param other what stands for each, such as `its domain`.
 */
export const replaceDomains = (reason: string, other: string): string => reason.replace(domain, other);
