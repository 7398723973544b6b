import { FathomError } from '../errors.ts';

/** The platform of an image (OCI image specification, image-index.md, "platform"). */
export interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant: string | null;
}

/** `linux/arm64/v8`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
	return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

/** Parses `os/arch[/variant]`. Throws `usage` for anything else. */
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
 * Whether an image for `offered` runs on `wanted`. Without a wanted variant every variant matches, and the default variant of an
 * architecture (arm64: v8, arm: v7) may be left out of `offered`.
 */
export function platformMatches(wanted: Platform, offered: Platform): boolean {
	return (
		wanted.os === offered.os &&
		canonical(wanted.architecture) === canonical(offered.architecture) &&
		(wanted.variant === null || wanted.variant === (offered.variant ?? defaultVariant(offered)))
	);
}

/** The kernel's names for architectures, and Go's, which container tools use. */
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

/** The platform of containers on this machine: always Linux, because other systems run them in a virtual machine. */
export function hostPlatform(architecture: NodeJS.Architecture = process.arch): Platform {
	return { os: 'linux', architecture: architectures[architecture] ?? architecture, variant: null };
}
