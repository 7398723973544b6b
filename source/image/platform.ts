import { FathomError } from '../errors.ts';

/** What an image runs on (OCI image specification, image-index.md, "platform"). */
export interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant: string | null;
}

/** `linux/arm64/v8`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
	return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

/** Reads `os/arch[/variant]`. Throws `usage` when it is anything else. */
export function parsePlatform(text: string): Platform {
	const [os, architecture, variant, ...rest] = text.split('/');
	if (!os || !architecture || variant === '' || rest.length > 0) {
		throw new FathomError({
			code: 'usage',
			message: `--platform ${text}: expected os/arch or os/arch/variant.`,
			hint: 'For example: --platform linux/arm64',
		});
	}
	return { os, architecture, variant: variant ?? null };
}

/**
 * Whether an image for `offered` is what was asked for. A variant that was not asked for does not matter, and one that an
 * architecture has by default (arm64: v8, arm: v7) may be left out of the offer.
 */
export function platformMatches(wanted: Platform, offered: Platform): boolean {
	return (
		wanted.os === offered.os &&
		canonical(wanted.architecture) === canonical(offered.architecture) &&
		(wanted.variant === null || wanted.variant === (offered.variant ?? defaultVariant(offered)))
	);
}

/** The kernel's names for what container tools name as Go does. */
const aliases: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

function canonical(architecture: string): string {
	return Object.hasOwn(aliases, architecture) ? aliases[architecture] : architecture;
}

const defaultVariants: Readonly<Record<string, string>> = { arm64: 'v8', arm: 'v7', amd64: 'v1' };

function defaultVariant({ architecture }: Platform): string | null {
	const name = canonical(architecture);
	return Object.hasOwn(defaultVariants, name) ? defaultVariants[name] : null;
}

const architectures: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
	x64: 'amd64',
	ia32: '386',
	ppc64: 'ppc64le',
};

/** The platform that containers have on this machine: Linux also where a virtual machine runs them. */
export function hostPlatform(architecture: NodeJS.Architecture = process.arch): Platform {
	return { os: 'linux', architecture: architectures[architecture] ?? architecture, variant: null };
}
