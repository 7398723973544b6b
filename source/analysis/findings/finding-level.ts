/** `waste`: bytes that nobody can see; `risk`: something that may harm; `hint`: visible bytes that may be of no use. */
export const findingLevels = ['waste', 'risk', 'hint'] as const;

export type FindingLevel = (typeof findingLevels)[number];
