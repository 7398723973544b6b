/**
 * What an image may not tell of itself, because only a report of an older fathom is left of it: the extended attributes of its paths, and
 * fields of its config. It is compared with nothing then.
 */
export const unknownFacts = ['xattrs', 'healthcheck', 'shell', 'onBuild', 'osVersion', 'osFeatures'] as const;
export type UnknownFact = (typeof unknownFacts)[number];

export const nothingUnknown: ReadonlySet<UnknownFact> = new Set();
