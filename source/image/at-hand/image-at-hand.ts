/** An image that can be opened without fetching it from elsewhere. All of it may be hostile text. */
export interface ImageAtHand {
	/** Opens it: `docker:nginx:1.27`, or a path. */
	readonly reference: string;
	/** What it is called. */
	readonly name: string;
	readonly place: Place | 'beside';
	/** Which of several images of the place that `reference` names; absent for the one that fathom takes by itself. */
	readonly pick?: ImagePick | undefined;
	/** Where the file or folder is, where the reference does not say that in every folder. */
	readonly path?: string;
	/** What is said of it in place of where it is, such as its platform; absent for nothing. */
	readonly detail?: string;
	/** Null where the place does not say. */
	readonly bytes: number | null;
	/** When it was made, or last opened; seconds since 1970, null where the place does not say. */
	readonly seconds: number | null;
}

/** Which image to open where a place holds several. */
export interface ImagePick {
	/** As `--image` takes it; null for any. */
	readonly imageName: string | null;
	/** As `--platform` takes it; null for any. */
	readonly platform: string | null;
}

/** Whether two images at hand are opened in the same way. */
export function isSameImage(
	left: Pick<ImageAtHand, 'reference' | 'pick'>,
	right: Pick<ImageAtHand, 'reference' | 'pick'>,
): boolean {
	return (
		left.reference === right.reference &&
		(left.pick?.imageName ?? null) === (right.pick?.imageName ?? null) &&
		(left.pick?.platform ?? null) === (right.pick?.platform ?? null)
	);
}

/** What tells an image apart, in words: `app.tar`, `app.tar (linux/arm64)`. Hostile text. */
export function labelOf({ reference, pick }: Pick<ImageAtHand, 'reference' | 'pick'>): string {
	const facts = [pick?.imageName ?? null, pick?.platform ?? null].filter((fact) => fact !== null);
	return facts.length === 0 ? reference : `${reference} (${facts.join(', ')})`;
}

/** Where images are looked for; those of one place are `beside` each other. */
export const places = ['recent', 'folder', 'docker', 'podman', 'containerd'] as const;

export type Place = (typeof places)[number];

/** More than anybody looks through. */
export const MOST_IMAGES = 2000;
