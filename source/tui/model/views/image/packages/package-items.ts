import type { OwnedPackage, Packages, UnownedGroup } from '../../../../../analysis/packages/packages.ts';
import type { ItemSource } from '../../list/item-source.ts';

/** A package, or what nobody owns of a folder of the root. */
export type PackageItem =
	| { readonly kind: 'package'; readonly index: number; readonly package: OwnedPackage }
	| { readonly kind: 'nobody'; readonly group: UnownedGroup };

/** Packages and what nobody owns together, most bytes first. Hostile images have a hundred thousand of each. */
export class PackageItems implements ItemSource<PackageItem> {
	readonly #packages: Packages;
	/** Positions of packages, and of groups behind the last package. */
	readonly #order: Uint32Array;

	constructor(packages: Packages) {
		this.#packages = packages;
		this.#order = mergedOrder(packages);
	}

	get length(): number {
		return this.#order.length;
	}

	slice(start: number, end: number): readonly PackageItem[] {
		const { packages, unowned } = this.#packages;
		return Array.from(this.#order.subarray(start, end), (place) =>
			place < packages.length
				? { kind: 'package', index: place, package: packages[place] }
				: { kind: 'nobody', group: unowned[place - packages.length] },
		);
	}
}

function mergedOrder({ packages, unowned }: Packages): Uint32Array {
	const order = new Uint32Array(packages.length + unowned.length);
	let [owned, free] = [0, 0];
	for (let rank = 0; rank < order.length; rank++) {
		const isOwned =
			free === unowned.length || (owned < packages.length && packages[owned].bytes >= unowned[free].bytes);
		order[rank] = isOwned ? owned++ : packages.length + free++;
	}
	return order;
}
