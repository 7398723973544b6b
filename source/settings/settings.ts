import { forEachRule, type RuleKey, type RuleLimits } from '../gate/rules.ts';
import type { Platform } from '../image/platform.ts';
import type { SourceName } from '../sources/image-source.ts';

/** What to do with an image, wherever it was said: flags over environment over fathom.yaml over defaults. */
export interface Settings {
	/** How many of the lowest layers are the base; null: find out from the image. */
	readonly baseLayerCount: number | null;
	readonly platform: Platform | null;
	/** Which of several images, by its name. */
	readonly imageName: string | null;
	/** Whether every layer is checked against its diff ID, however large. */
	readonly verify: boolean;
	/** The one place where images are looked for; null: wherever the reference leads. */
	readonly source: SourceName | null;
	/** Who one is for the registry; null: what the credential files say. */
	readonly username: string | null;
	/** Whether plain HTTP and certificates of unknown origin will do for a registry. */
	readonly insecure: boolean;
	/** containerd's namespace; null: containerd's own default. */
	readonly namespace: string | null;
	/** Whether what was read is kept for the next time, and taken from there. */
	readonly cache: boolean;
	/** How large the cache may grow, bytes; null: without bound. */
	readonly cacheBytes: number | null;
	/** For how long something is kept that is not used, seconds; null: without bound. */
	readonly cacheSeconds: number | null;
	readonly limits: RuleLimits;
}

/** What one place says; a setting that is not there is left to the next place. */
export type PartialSettings = Partial<Omit<Settings, 'limits'>> & {
	readonly limits: Partial<Record<RuleKey, number | null>>;
};

export const defaultSettings: Settings = {
	baseLayerCount: null,
	platform: null,
	imageName: null,
	verify: false,
	source: null,
	username: null,
	insecure: false,
	namespace: null,
	cache: true,
	cacheBytes: 1_000_000_000,
	cacheSeconds: 30 * 24 * 60 * 60,
	limits: forEachRule(({ defaultLimit }): number | null => defaultLimit),
};

/** The settings that follow when each place overrides those after it. */
export function mergeSettings(strongestFirst: readonly PartialSettings[]): Settings {
	const weakestFirst = strongestFirst.toReversed();
	const merged: Settings = Object.assign({}, defaultSettings, ...weakestFirst);
	const limits: RuleLimits = Object.assign(
		{},
		defaultSettings.limits,
		...weakestFirst.map((each) => each.limits),
	);
	return { ...merged, limits };
}
