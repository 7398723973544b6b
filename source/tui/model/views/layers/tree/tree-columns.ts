import type { FileTree } from '../../../../../filetree/file-tree.ts';
import { padStart } from '../../../cells.ts';
import type { Sorting, SortOrder } from '../../../rows/child-order.ts';

/** The columns that fit. The name comes last and takes the remaining cells. */
export interface TreeColumns {
	readonly after: boolean;
	/** Cells of the bar; 0 leaves it out. */
	readonly bar: number;
	readonly permissions: boolean;
	/** Cells for uid:gid; 0 leaves the column out. */
	readonly owner: number;
	readonly name: number;
}

export const SIZE_WIDTH = 7;
export const PERMISSIONS_WIDTH = 10;
const BAR_WIDTH = 4;
/** The cursor's mark, the letter, and both sizes, with their blanks. */
const FIXED = 1 + 2 + 2 * (SIZE_WIDTH + 1);
/** Where names would get fewer cells than this, other columns give way. */
const MINIMUM_NAME = 24;

/** Columns give way in this order: bar, mode, owner, after. */
export function treeColumns(tree: FileTree, width: number): TreeColumns {
	const room = Math.max(1, width - FIXED);
	const owner = ownerWidth(tree);
	const cells = {
		after: SIZE_WIDTH + 1,
		owner: owner + 1,
		permissions: PERMISSIONS_WIDTH + 1,
		bar: BAR_WIDTH + 1,
	};
	const none: TreeColumns = { after: false, bar: 0, permissions: false, owner: 0, name: room };
	const withAfter = { ...none, after: true, name: room - cells.after };
	const withOwner = { ...withAfter, owner, name: withAfter.name - cells.owner };
	const withMode = { ...withOwner, permissions: true, name: withOwner.name - cells.permissions };
	const withBar = { ...withMode, bar: BAR_WIDTH, name: withMode.name - cells.bar };
	return [withBar, withMode, withOwner, withAfter].find(({ name }) => name >= MINIMUM_NAME) ?? none;
}

const ownerWidths = new WeakMap<FileTree['changesets'], number>();

/** Of the whole image, so that the column stays where it is. */
function ownerWidth({ changesets }: FileTree): number {
	let width = ownerWidths.get(changesets);
	if (width === undefined) {
		const digits = (column: 'uids' | 'gids') =>
			String(Math.max(0, ...changesets.map((each) => greatest(each[column])))).length;
		width = digits('uids') + 1 + digits('gids');
		ownerWidths.set(changesets, width);
	}
	return width;
}

function greatest(column: Uint32Array): number {
	let most = 0;
	for (let index = 0; index < column.length; index++) if (column[index] > most) most = column[index];
	return most;
}

/** What the columns are called, with an arrow at the one that rows are sorted by. */
export function treeHead(columns: TreeColumns, { order, isReversed }: Sorting): string {
	const arrow = (each: SortOrder) => (order !== each ? '' : isReversed ? '↑' : '↓');
	return [
		'   ',
		columns.bar === 0 ? '' : ' '.repeat(columns.bar + 1),
		`${padStart(`ships${arrow('change')}`, SIZE_WIDTH)} ${padStart('lost', SIZE_WIDTH)} `,
		columns.after ? `${padStart(`after${arrow('new-size')}`, SIZE_WIDTH)} ` : '',
		columns.permissions ? 'mode       ' : '',
		columns.owner === 0
			? ''
			: `${padStart(columns.owner < 5 ? 'own' : 'owner', columns.owner)} `.slice(-columns.owner - 1),
		`name${arrow('name')}`,
	].join('');
}
