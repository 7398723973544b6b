import { FathomError } from '../../../errors.ts';
import {
	formatReference,
	type ImageReference,
	parseReference,
	registryOf,
} from '../../../image/reference.ts';
import { shorten } from '../../../text/shorten.ts';
import type { RegistriesConfig } from './registries-config.ts';
import type { Endpoint, Mirror, RegistryRule } from './registries-file.ts';

/** A place in which to ask for an image. */
export interface PullSource {
	/** The name there. */
	readonly reference: ImageReference;
	/** Whether plain HTTP and untrusted certificates are allowed there. */
	readonly insecure: boolean;
	/** What led there: `a mirror of docker.io in /etc/containers/registries.conf`; null: the name itself. */
	readonly why: string | null;
	/** Why it must not be asked. */
	readonly blockedBy: RegistryRule | null;
}

/**
 * The places in which to ask for an image, in this order (containers-registries.conf(5), "Remapping and mirroring registries"): the mirrors
 * of the rule with the longest prefix, and then the location itself. A blocked registry may have mirrors that are not. Throws `settings`
 * for a location that leads to no valid name.
 */
export function pullSources(name: ImageReference, { rules }: RegistriesConfig): readonly PullSource[] {
	const rule = ruleFor(name, rules);
	if (rule === null) return [{ reference: name, insecure: false, why: null, blockedBy: null }];
	const { prefix, origin } = rule;
	const mirrors = rule.mirrors.filter((mirror) => isAsked(mirror, name));
	const places = mirrors.map((mirror) => {
		const reference = relocate(name, rule, mirror);
		const { insecure } = mirror;
		return {
			reference,
			insecure,
			why: `a mirror of ${prefix} in ${origin}`,
			blockedBy: blocking(reference, rules),
		};
	});
	return [...places, ownPlace(name, rule, rules)];
}

function ownPlace(name: ImageReference, rule: RegistryRule, rules: readonly RegistryRule[]): PullSource {
	const reference = relocate(name, rule, rule);
	const isSame = formatReference(reference) === formatReference(name);
	return {
		reference,
		insecure: rule.insecure,
		why: isSame ? null : `the location of ${rule.prefix} in ${rule.origin}`,
		blockedBy: rule.blocked ? rule : blocking(reference, rules),
	};
}

function blocking(reference: ImageReference, rules: readonly RegistryRule[]): RegistryRule | null {
	const rule = ruleFor(reference, rules);
	return rule?.blocked ? rule : null;
}

/** Throws `denied` for a place that must not be asked. */
export function requireAllowed({ reference, blockedBy }: PullSource): void {
	if (blockedBy === null) return;
	const { prefix, origin } = blockedBy;
	throw new FathomError({
		code: 'denied',
		message: `${formatReference(reference)}: ${origin} blocks the registry ${prefix}.`,
		hint: `Remove "blocked" for ${prefix} from ${origin}, or open the image from an engine or an archive.`,
	});
}

function isAsked({ pulls }: Mirror, { digest }: ImageReference): boolean {
	return pulls === 'all' || (pulls === 'digest-only') === (digest !== null);
}

function ruleFor(name: ImageReference, rules: readonly RegistryRule[]): RegistryRule | null {
	const repository = formatReference({ ...name, tag: null, digest: null });
	const fitting = rules.filter(({ prefix }) => matchedLength(repository, prefix) !== null);
	return fitting.reduce<RegistryRule | null>(
		(longest, rule) => (longest !== null && longest.prefix.length >= rule.prefix.length ? longest : rule),
		null,
	);
}

/** How many characters of a name a prefix stands for; null where it does not match. A prefix ends where a part of the name ends. */
function matchedLength(name: string, prefix: string): number | null {
	let end = prefix.length;
	if (prefix.startsWith('*.')) {
		const start = name.indexOf(prefix.slice(1));
		if (start < 0 || name.slice(0, start).includes('/')) return null;
		end = start + prefix.length - 1;
	} else if (!name.startsWith(prefix)) return null;
	return end === name.length || ':/@'.includes(name[end]) ? end : null;
}

function relocate(name: ImageReference, rule: RegistryRule, { location }: Endpoint): ImageReference {
	if (location === '') return name;
	const full = formatReference(name);
	const text = location + full.slice(matchedLength(full, rule.prefix) ?? 0);
	try {
		if (registryOf(text) !== null) return parseReference(text);
	} catch (cause) {
		throw wrongLocation(rule, location, cause);
	}
	throw wrongLocation(rule, location);
}

function wrongLocation({ prefix, origin }: RegistryRule, location: string, cause?: unknown): FathomError {
	return new FathomError({
		code: 'settings',
		message: `${origin}: the location "${shorten(location)}" for ${prefix} does not lead to the name of an image.`,
		hint: `Correct it in ${origin}: HOST[:PORT][/PATH].`,
		cause,
	});
}
